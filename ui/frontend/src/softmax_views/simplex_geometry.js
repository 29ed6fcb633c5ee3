// From points of the two plots to probabilities and logits.

import { SIMPLEX_HEIGHT } from "../shared/simplex.js";

/** Highest and lowest logit, and difference of two logits that is shown. */
export const LIMIT = 12;

/**
 * The probabilities at a point of the simplex; beside it, near those of the nearest point. None is below `min`.
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
 * Logits z with softmax(z/T) = p and the mean of the present logits.
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
 * Logits with this (z₁ − z₂)/T, at most ±12. The mean of z₁ and z₂ stays, if they are within ±12 then.
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
 * The two ends of the line on which class k has the probability `level`, the largest of three.
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
