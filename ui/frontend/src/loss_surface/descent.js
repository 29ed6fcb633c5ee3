// The loss of three logits, its gradient, and gradient steps.

/** @import { Place } from "./messages.js" */
/** @import { Section } from "./camera.js" */
import { crossEntropy, softmax } from "../shared/softmax.js";

/** Return the gradient ŷ − y of the loss with respect to the logits. @param {number[]} z @param {number} target */
export function gradientOf(z, target) {
  return softmax(z).map((p, k) => p - (k === target ? 1 : 0));
}

/** Return the logits after one gradient step, z − α(ŷ − y). @param {number[]} z @param {number} target @param {number} rate α */
export function stepped(z, target, rate) {
  const gradient = gradientOf(z, target);
  return z.map((value, k) => value - rate * gradient[k]);
}

/** Return the place of logits on the plane: z₁ − z₃ and z₂ − z₃. @param {number[]} z @returns {Place} */
export function differences([z1, z2, z3]) {
  return [z1 - z3, z2 - z3];
}

/**
 * Compute the loss at the nodes of a grid over a section of the plane, row by row from the lower left.
 * @param {Section} section
 * @param {number} cells Cells along a side
 * @param {number} target
 * @returns {Float64Array} ((cells + 1)²,)
 */
export function lossGrid({ middle: [u, v], half }, cells, target) {
  const values = new Float64Array((cells + 1) ** 2);
  for (let j = 0; j <= cells; j++) {
    for (let i = 0; i <= cells; i++) {
      const z = [u + half * ((2 * i) / cells - 1), v + half * ((2 * j) / cells - 1), 0];
      values[j * (cells + 1) + i] = crossEntropy(z, target);
    }
  }
  return values;
}
