// Converts points of the simplex plot and the sigmoid plot to probabilities and logits.

import { SIMPLEX_HEIGHT } from "../shared/simplex.js";

/** Limit, positive and negative, of z₁ and z₂ and of the difference (z₁ − z₂)/T in the sigmoid plot. */
export const LIMIT = 12;

/**
 * Return the probabilities at a point of the simplex. Probabilities below `min`, which also occur beside the simplex, are
 * raised to `min` before all are divided by their sum.
 * @param {number[]} point
 * @param {number} min
 */
export function simplexProbabilities([u, v], min) {
  const first = v / SIMPLEX_HEIGHT, third = u - first / 2;
  const p = [first, 1 - first - third, third].map((value) => Math.max(value, min));
  const total = p[0] + p[1] + p[2];
  return p.map((value) => value / total);
}

/**
 * Return logits z with softmax(z/T) = p and the same mean as the current logits.
 * @param {number[]} p
 * @param {number} temperature
 * @param {number[]} logits
 */
export function logitsFor(p, temperature, logits) {
  const raw = p.map((value) => temperature * Math.log(value));
  const shift = mean(logits) - mean(raw);
  return raw.map((value) => value + shift);
}

/**
 * Return logits with (z₁ − z₂)/T = `difference`, clipped to ±LIMIT. The mean of z₁ and z₂ is kept as far as both stay within
 * ±LIMIT.
 * @param {number} difference
 * @param {number} temperature
 * @param {number[]} logits
 */
export function logitsWithDifference(difference, temperature, logits) {
  const half = (Math.min(Math.max(difference, -LIMIT), LIMIT) * temperature) / 2;
  const maxMean = LIMIT - Math.abs(half), rest = logits.slice(2);
  if (maxMean < 0) return [LIMIT * Math.sign(half), -LIMIT * Math.sign(half), ...rest];
  const middle = Math.min(Math.max(mean(logits.slice(0, 2)), -maxMean), maxMean);
  return [middle + half, middle - half, ...rest];
}

/**
 * Return the two ends, as probabilities, of the line on which class k has the largest probability, equal to `level`.
 * @param {number} k
 * @param {number} level
 */
export function levelLine(k, level) {
  const second = Math.min(level, 1 - level);
  return [(k + 1) % 3, (k + 2) % 3].map((other) => {
    const p = [0, 0, 0];
    p[k] = level;
    p[other] = second;
    p[3 - k - other] = 1 - level - second;
    return p;
  });
}

/** @param {number[]} values */
function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
