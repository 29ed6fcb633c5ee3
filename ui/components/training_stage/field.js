// From parameters to pixels: logits on the grid, softmax between its nodes, and where two classes are level.

/** Logits at the grid's nodes: basis (G², D) · W (D, K) + b (K,), written into `out` (G², K). */
function gridLogits(basis, weights, bias, nodes, columns, classes, out) {
  for (let node = 0, o = 0; node < nodes; node++) {
    const row = node * columns;
    for (let k = 0; k < classes; k++, o++) {
      let z = bias[k];
      for (let d = 0; d < columns; d++) z += basis[row + d] * weights[d * classes + k];
      out[o] = z;
    }
  }
}

/** For `count` pixel centres across a grid of `nodes` nodes: the node to the left and how far beyond it. */
function gridPositions(count, nodes) {
  const left = new Int32Array(count), beyond = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const at = ((i + 0.5) / count) * (nodes - 1);
    left[i] = Math.min(Math.floor(at), nodes - 2);
    beyond[i] = at - left[i];
  }
  return { left, beyond };
}

/** Bilinear logits at every pixel centre of a size × size raster, row 0 at the bottom, into `out` (size², K). */
function rasterLogits(nodeLogits, positions, nodes, classes, size, out) {
  const { left, beyond } = positions;
  const stride = nodes * classes;
  const line = new Float32Array(stride);
  for (let j = 0, o = 0; j < size; j++) {
    const below = left[j] * stride, up = beyond[j];
    for (let i = 0; i < stride; i++) {
      line[i] = nodeLogits[below + i] + up * (nodeLogits[below + stride + i] - nodeLogits[below + i]);
    }
    for (let i = 0; i < size; i++) {
      const at = left[i] * classes, across = beyond[i];
      for (let k = 0; k < classes; k++, o++) out[o] = line[at + k] + across * (line[at + classes + k] - line[at + k]);
    }
  }
}

/** Bilinear logits at (u, v) of the plane, both 0 … 1 from the lower left. */
function logitsAt(nodeLogits, nodes, classes, u, v) {
  const x = u * (nodes - 1), y = v * (nodes - 1);
  const i = Math.min(Math.floor(x), nodes - 2), j = Math.min(Math.floor(y), nodes - 2);
  const at = (row, column, k) => nodeLogits[(row * nodes + column) * classes + k];
  return Array.from({ length: classes }, (_, k) => {
    const below = at(j, i, k) + (x - i) * (at(j, i + 1, k) - at(j, i, k));
    const above = at(j + 1, i, k) + (x - i) * (at(j + 1, i + 1, k) - at(j + 1, i, k));
    return below + (y - j) * (above - below);
  });
}

/** What a head makes of `classes` logits from `offset` on. */
function outputsOf(head, logits, offset, classes) {
  if (head === "softmax") return softmaxAt(logits, offset, classes);
  return Array.from({ length: classes }, (_, k) => 1 / (1 + Math.exp(-logits[offset + k])));
}

/** Softmax of `classes` logits from `offset` on. */
function softmaxAt(logits, offset, classes) {
  let top = -Infinity, total = 0;
  for (let k = 0; k < classes; k++) top = Math.max(top, logits[offset + k]);
  const p = new Array(classes);
  for (let k = 0; k < classes; k++) total += p[k] = Math.exp(logits[offset + k] - top);
  return p.map((value) => value / total);
}

/** The largest probability of softmax, drawn out from 1/K … 1 to 0 … 1. */
function softmaxSureness(logits, at, best, classes) {
  let total = 0;
  for (let k = 0; k < classes; k++) total += Math.exp(logits[at + k] - logits[at + best]);
  return (1 / total - 1 / classes) / (1 - 1 / classes);
}

/**
 * Colour each pixel by its most probable class, the stronger the surer, into RGBA `pixels` with row 0 at the top.
 * How sure: softmax's largest probability, from 1/K up; or the largest of the sigmoids, which promise no sum. The
 * winner of each pixel, row 0 at the bottom, goes into `winners`.
 */
function shade(logits, classes, size, colours, background, pixels, winners, head) {
  for (let j = 0, at = 0; j < size; j++) {
    let out = (size - 1 - j) * size * 4;
    for (let i = 0; i < size; i++, at += classes, out += 4) {
      let best = 0;
      for (let k = 1; k < classes; k++) if (logits[at + k] > logits[at + best]) best = k;
      const sureness = head === "sigmoid" ? 1 / (1 + Math.exp(-logits[at + best])) : softmaxSureness(logits, at, best, classes);
      const strength = sureness > 1e-6 ? 0.06 + 0.42 * sureness : 0;
      const colour = colours[best];
      for (let c = 0; c < 3; c++) pixels[out + c] = background[c] + strength * (colour[c] - background[c]);
      pixels[out + 3] = 255;
      winners[j * size + i] = best;
    }
  }
}

/**
 * Line segments along which the two largest logits are equal, in raster coordinates (x, y from the bottom left,
 * pixel centres at halves), flat: [x1, y1, x2, y2, …]. Where three regions meet, lines run to their common point.
 */
function boundaries(logits, winners, classes, size) {
  const segments = [];
  const crossing = (a, b) => {
    const p = winners[a], q = winners[b];
    const here = logits[a * classes + p] - logits[a * classes + q];
    const there = logits[b * classes + p] - logits[b * classes + q];
    return here / (here - there || 1);
  };
  for (let j = 0; j < size - 1; j++) {
    for (let i = 0; i < size - 1; i++) {
      const a = j * size + i, b = a + 1, c = a + size, d = c + 1;
      if (winners[a] === winners[b] && winners[a] === winners[c] && winners[a] === winners[d]) continue;
      const ends = [];
      if (winners[a] !== winners[b]) ends.push([i + crossing(a, b), j]);
      if (winners[b] !== winners[d]) ends.push([i + 1, j + crossing(b, d)]);
      if (winners[c] !== winners[d]) ends.push([i + crossing(c, d), j + 1]);
      if (winners[a] !== winners[c]) ends.push([i, j + crossing(a, c)]);
      const middle = ends.length === 2 ? ends[1] : [0, 1].map((x) => ends.reduce((sum, e) => sum + e[x], 0) / ends.length);
      for (const end of ends.length === 2 ? [ends[0]] : ends) {
        segments.push(end[0] + 0.5, end[1] + 0.5, middle[0] + 0.5, middle[1] + 0.5);
      }
    }
  }
  return segments;
}
