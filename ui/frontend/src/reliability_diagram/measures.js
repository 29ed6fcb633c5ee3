// Calibration measures of softmax(Z/T) on samples. A test compares them with core.

/** @typedef {{count: number, confidence: number, accuracy: number}} Bin Number of samples, their mean confidence and accuracy */

/**
 * @typedef {Object} Measures
 * @property {Bin[]} bins The bins that have samples
 * @property {number} error Expected calibration error
 * @property {number} nll Mean cross-entropy, in nats
 * @property {number} confidence Mean over all samples
 * @property {number} accuracy
 */

/**
 * Compute the calibration measures of softmax(Z/T).
 * @param {ArrayLike<number>} logits (n, K)
 * @param {ArrayLike<number>} labels (n,)
 * @param {number} classes K
 * @param {number} temperature T
 * @param {number} bins Number of bins, all equally wide
 * @returns {Measures}
 */
export function measured(logits, labels, classes, temperature, bins) {
  const n = labels.length, counts = zeros(bins), confidences = zeros(bins), hits = zeros(bins);
  let nll = 0;
  for (let i = 0, offset = 0; i < n; i++, offset += classes) {
    let best = 0, total = 0; // total is 1 / the largest probability
    for (let k = 1; k < classes; k++) if (logits[offset + k] > logits[offset + best]) best = k;
    for (let k = 0; k < classes; k++) total += Math.exp((logits[offset + k] - logits[offset + best]) / temperature);
    nll += Math.log(total) + (logits[offset + best] - logits[offset + labels[i]]) / temperature;
    const bin = Math.min(Math.max(Math.ceil(bins / total) - 1, 0), bins - 1);
    counts[bin] += 1;
    confidences[bin] += 1 / total;
    hits[bin] += best === labels[i] ? 1 : 0;
  }
  const all = counts.map((count, bin) => ({ count, confidence: confidences[bin] / count, accuracy: hits[bin] / count }));
  return {
    bins: all.filter(({ count }) => count > 0),
    error: sum(confidences.map((confidence, bin) => Math.abs(hits[bin] - confidence))) / n,
    nll: nll / n,
    confidence: sum(confidences) / n,
    accuracy: sum(hits) / n,
  };
}

/** @param {number} length @returns {number[]} */
function zeros(length) {
  return new Array(length).fill(0);
}

/** @param {number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
