// The gradient of three logits' loss, and the steps down.

import { crossEntropy, softmax } from "../shared/softmax.js";

/** ŷ − y. */
export function gradientOf(z, target) {
  return softmax(z).map((p, k) => p - (k === target ? 1 : 0));
}

/** z − α(ŷ − y). */
export function stepped(z, target, rate) {
  const gradient = gradientOf(z, target);
  return z.map((value, k) => value - rate * gradient[k]);
}

/** Where logits lie on the plane: z₁ − z₃ and z₂ − z₃. */
export function differences([z1, z2, z3]) {
  return [z1 - z3, z2 - z3];
}

/** The loss over a square window of the plane, row by row from the lower left: (side + 1)² values. */
export function heights({ middle: [u, v], half }, side, target) {
  const values = new Float64Array((side + 1) ** 2);
  for (let j = 0; j <= side; j++) {
    for (let i = 0; i <= side; i++) {
      const at = [u + half * ((2 * i) / side - 1), v + half * ((2 * j) / side - 1), 0];
      values[j * (side + 1) + i] = crossEntropy(at, target);
    }
  }
  return values;
}
