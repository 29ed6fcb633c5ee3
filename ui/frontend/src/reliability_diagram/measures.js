/**
 * What `core` measures of softmax(Z/T), Z flat (n, K), against the true classes: the bins of the reliability diagram
 * that hold samples, the expected calibration error, the cross-entropy, and the mean confidence and accuracy.
 */
export function measured(logits, labels, classes, temperature, bins) {
  const n = labels.length;
  const counts = new Array(bins).fill(0), sums = new Array(bins).fill(0), hits = new Array(bins).fill(0);
  let nll = 0;
  for (let i = 0, at = 0; i < n; i++, at += classes) {
    let best = 0, total = 0;
    for (let k = 1; k < classes; k++) if (logits[at + k] > logits[at + best]) best = k;
    for (let k = 0; k < classes; k++) total += Math.exp((logits[at + k] - logits[at + best]) / temperature);
    nll += Math.log(total) + (logits[at + best] - logits[at + labels[i]]) / temperature;
    const bin = Math.min(Math.max(Math.ceil(bins / total) - 1, 0), bins - 1);
    counts[bin] += 1;
    sums[bin] += 1 / total;
    hits[bin] += best === labels[i] ? 1 : 0;
  }
  const filled = counts.map((count, bin) => ({ count, confidence: sums[bin] / count, accuracy: hits[bin] / count }));
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  return {
    bins: filled.filter((bin) => bin.count > 0),
    error: sum(sums.map((confidence, bin) => Math.abs(hits[bin] - confidence))) / n,
    nll: nll / n,
    confidence: sum(sums) / n,
    accuracy: sum(hits) / n,
  };
}

/** Logits on a square grid (G², K), by bilinear interpolation `times` as fine. */
export function refined(grid, classes, times) {
  const nodes = Math.round(Math.sqrt(grid.length / classes)), size = (nodes - 1) * times;
  const fine = new Float32Array(size * size * classes);
  for (let j = 0, out = 0; j < size; j++) {
    const row = Math.floor(j / times), up = (j % times) / times;
    for (let i = 0; i < size; i++) {
      const column = Math.floor(i / times), across = (i % times) / times;
      for (let k = 0; k < classes; k++, out++) {
        const at = (row * nodes + column) * classes + k, above = at + nodes * classes;
        const low = grid[at] + across * (grid[at + classes] - grid[at]);
        fine[out] = low + up * (grid[above] + across * (grid[above + classes] - grid[above]) - low);
      }
    }
  }
  return { fine, size };
}

/** Colour each cell by its most probable class at temperature T, the surer the fuller, into RGBA `pixels`, top row first. */
export function tint({ fine, size }, classes, temperature, colours, ground, pixels) {
  for (let j = 0, at = 0; j < size; j++) {
    for (let i = 0, out = (size - 1 - j) * size * 4; i < size; i++, at += classes, out += 4) {
      let best = 0, total = 0;
      for (let k = 1; k < classes; k++) if (fine[at + k] > fine[at + best]) best = k;
      for (let k = 0; k < classes; k++) total += Math.exp((fine[at + k] - fine[at + best]) / temperature);
      const strength = 0.04 + (0.6 * (classes / total - 1)) / (classes - 1);
      for (let c = 0; c < 3; c++) pixels[out + c] = ground[c] + strength * (colours[best][c] - ground[c]);
      pixels[out + 3] = 255;
    }
  }
}
