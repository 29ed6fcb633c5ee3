// Why ∂L/∂z = ŷ − y: the derivation for one sample.

/** @import { Derivation, Row } from "./derivation_lines.js" */
/** @import { ViewData } from "./live_view.js" */
import { formatDecimal, formatFactor, formatProbability } from "../shared/number_format.js";
import { crossEntropy, softmax } from "../shared/softmax.js";
import { joined, sub, sup } from "./derivation_lines.js";

/** @typedef {ReturnType<typeof logitGradient>} Numbers */

/**
 * The numbers of the lines: y, ŷ, e^z and ŷ − y per class, and the loss L.
 * @param {number[]} logits
 * @param {number} target True class t
 */
export function logitGradient(logits, target) {
  const y = logits.map((_, k) => (k === target ? 1 : 0)), p = softmax(logits);
  const exponentials = logits.map(Math.exp), errors = p.map((share, k) => share - y[k]);
  return { logits, y, p, exponentials, errors, loss: crossEntropy(logits, target) };
}

/** @param {ViewData} data @returns {Derivation<Numbers>} */
export function logitDerivation({ names, options: { target = 0 } }) {
  const power = (/** @type {string} */ index) => ["e", sup("z", sub(index))];
  /** @param {(numbers: Numbers, k: number) => string} text @returns {Row<Numbers>[]} */
  const perClass = (text) => [{ cells: names.map((_, k) => ({ at: { k }, text: (numbers) => text(numbers, k) })) }];
  const loss = { name: "loss", text: (/** @type {Numbers} */ numbers) => formatDecimal(numbers.loss) };
  const exponentials = names.map((_, k) => [
    { at: { k }, text: (/** @type {Numbers} */ numbers) => formatDecimal(numbers.exponentials[k]) },
  ]);
  return {
    numbers: (logits) => logitGradient(logits, target),
    lines: [
      {
        text: "loss",
        formula: ["L = −log ŷ", sub("t")],
        rows: [{ sum: ["−log ", { at: { k: target }, text: ({ p }) => formatProbability(p[target]) }], result: loss }],
      },
      {
        text: "logs",
        formula: ["L = −z", sub("t"), " + log Σ", sub("j"), " ", ...power("j")],
        rows: [{
          sum: [
            "−", { at: { k: target }, text: ({ logits }) => formatFactor(logits[target]) },
            " + log(", ...joined(exponentials, " + "), ")",
          ],
          result: loss,
        }],
      },
      {
        text: "first",
        formula: ["∂(−z", sub("t"), ") / ∂z", sub("i"), " = −y", sub("i")],
        rows: perClass(({ y }, k) => (y[k] ? "−1" : "0")),
      },
      {
        text: "second",
        formula: ["∂(log Σ", sub("j"), " ", ...power("j"), ") / ∂z", sub("i"), " = ", ...power("i"), " / Σ = ŷ", sub("i")],
        rows: perClass(({ p }, k) => formatProbability(p[k])),
      },
      {
        text: "together",
        formula: ["∂L / ∂z", sub("i"), " = ŷ", sub("i"), " − y", sub("i")],
        rows: perClass(({ errors }, k) => formatDecimal(errors[k])),
      },
    ],
  };
}
