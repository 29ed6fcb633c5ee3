// Probabilities of three classes as points of a triangle with side 1, whose corners are the certain predictions.

export const SIMPLEX_HEIGHT = Math.sqrt(3) / 2;

/** Return the point (u, v) of (p₁, p₂, p₃): class 1 is at the top, 2 at the left, 3 at the right. @param {number[]} p */
export function simplexPoint(p) {
  return [p[2] + p[0] / 2, p[0] * SIMPLEX_HEIGHT];
}
