// Probabilities of three classes as points of a triangle with side 1, whose corners are the certain predictions.

export const SIMPLEX_HEIGHT = Math.sqrt(3) / 2;

/** The point of (p₁, p₂, p₃): the first class at the top, the second left, the third right. @param {number[]} p */
export function simplexPoint(p) {
  return [p[2] + p[0] / 2, p[0] * SIMPLEX_HEIGHT];
}
