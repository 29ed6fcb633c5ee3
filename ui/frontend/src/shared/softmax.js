// Softmax, sigmoid and cross-entropy; tests compare them with core.

/** @typedef {ArrayLike<number>} Numbers */

/** Softmax of z/T. The largest logit is subtracted first, so that nothing overflows. @param {number[]} logits */
export function softmax(logits, temperature = 1) {
  const scaled = logits.map((z) => z / temperature);
  return softmaxAt(scaled, 0, scaled.length);
}

/** Softmax of `classes` logits from `offset` on. @param {Numbers} logits @param {number} offset @param {number} classes */
export function softmaxAt(logits, offset, classes) {
  let max = -Infinity, total = 0;
  for (let k = 0; k < classes; k++) max = Math.max(max, logits[offset + k]);
  /** @type {number[]} */
  const p = new Array(classes);
  for (let k = 0; k < classes; k++) total += p[k] = Math.exp(logits[offset + k] - max);
  return p.map((value) => value / total);
}

/** 1 / (1 + e^−z), without overflow. @param {number} z */
export function sigmoidOf(z) {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}

/** @param {number[]} logits */
export function sigmoid(logits) {
  return logits.map(sigmoidOf);
}

/** −log softmax(z) of the true class, in nats. @param {number[]} logits @param {number} target */
export function crossEntropy(logits, target) {
  const max = Math.max(...logits);
  return max - logits[target] + Math.log(logits.reduce((sum, z) => sum + Math.exp(z - max), 0));
}

/**
 * Return the index, counted from `offset`, of the largest of the `count` numbers that begin at `offset`.
 * @param {Numbers} numbers
 * @param {number} offset
 * @param {number} count
 */
export function largestIndex(numbers, offset, count) {
  let best = 0;
  for (let k = 1; k < count; k++) if (numbers[offset + k] > numbers[offset + best]) best = k;
  return best;
}
