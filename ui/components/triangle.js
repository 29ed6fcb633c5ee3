// Probabilities of three classes as places in a triangle, whose corners are certainty.

const HEIGHT = Math.sqrt(3) / 2;

/** Where (p₁, p₂, p₃) lies in a triangle of side 1: the first class on top, the second left, the third right. */
function simplexPoint(p) {
  return [p[2] + p[0] / 2, p[0] * HEIGHT];
}
