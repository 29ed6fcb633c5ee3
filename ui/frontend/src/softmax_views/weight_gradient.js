// From ŷ − y to ∇W = Xᵀ(Ŷ − Y)/n and ∇b: the derivation for a few samples. The bars show the logits of the first one.

/** @import { Derivation, Row, Term } from "./derivation_lines.js" */
/** @import { ViewData } from "./live_view.js" */
import { formatDecimal, formatFactor, formatGeneral } from "../shared/number_format.js";
import { joined, sub, sup } from "./derivation_lines.js";
import { logitGradient } from "./logit_gradient.js";

/** @typedef {ReturnType<typeof weightGradient>} Numbers */

/**
 * The numbers of the lines.
 * @param {number[][]} inputs X (n, d)
 * @param {number[][]} errors Ŷ − Y (n, K)
 */
export function weightGradient(inputs, errors) {
  const n = errors.length;
  /** @param {(i: number) => number} term */
  const mean = (term) => errors.reduce((sum, _, i) => sum + term(i), 0) / n;
  return {
    errors,
    /** ∂L/∂W of the first sample alone (d, K) */
    one: inputs[0].map((x) => errors[0].map((error) => x * error)),
    /** ∇W (d, K) */
    weights: inputs[0].map((_, j) => errors[0].map((_, k) => mean((i) => inputs[i][j] * errors[i][k]))),
    /** ∇b (K,) */
    bias: errors[0].map((_, k) => mean((i) => errors[i][k])),
  };
}

/** @param {ViewData} data @returns {Derivation<Numbers>} */
export function weightDerivation({ names, options: { target = 0, inputs = [], errors = [] } }) {
  return {
    numbers: (logits) => weightGradient(inputs, [logitGradient(logits, target).errors, ...errors]),
    lines: [
      {
        text: "errors",
        formula: ["∂L/∂z = ŷ − y"],
        rows: inputs.map((_, i) => ({ label: `i = ${i + 1}`, cells: names.map((_, k) => errorTerm(i, k, formatDecimal)) })),
      },
      {
        text: "inputs",
        formula: ["∂z", sub("k"), "/∂w", sub("jk"), " = x", sub("j"), ", ∂z", sub("k"), "/∂b", sub("k"), "\u00a0=\u00a01"],
        rows: [{
          label: "X",
          sum: joined(inputs.map((x, i) => ["(", ...joined(x.map((_, j) => [inputTerm(i, j, formatGeneral(x[j]))]), ", "), ")"]), ", "),
        }],
      },
      {
        text: "one",
        formula: ["∂L/∂w", sub("jk"), " = x", sub("j"), "(ŷ", sub("k"), "\u00a0−\u00a0y", sub("k"), ")"],
        rows: perWeight(names, inputs[0], ({ one }) => one, { i: 0 }),
      },
      {
        text: "mean",
        formula: ["∂L/∂w", sub("jk"), " = (1/n)\u00a0Σ", sub("i"), " x", sub("ij"), "(ŷ", sub("ik"), "\u00a0−\u00a0y", sub("ik"), ")"],
        rows: [{
          label: `w₁${"₁₂₃₄"[target]}`,
          sum: [
            "(", ...joined(inputs.map(([x], i) => [inputTerm(i, 0, factor(x)), " · ", errorTerm(i, target, formatFactor)]), " + "),
            `) / ${inputs.length}`,
          ],
          result: { name: "mean", text: ({ weights }) => formatDecimal(weights[0][target]) },
        }],
      },
      {
        text: "all",
        formula: ["∇", sub("W"), " = X", sup("T"), "(Ŷ − Y) / n"],
        rows: perWeight(names, inputs[0], ({ weights }) => weights),
      },
      {
        text: "bias",
        formula: ["∇", sub("b"), " = (1/n)\u00a0Σ", sub("i"), " (ŷ", sub("i"), "\u00a0−\u00a0y", sub("i"), ")"],
        rows: [{ cells: names.map((_, k) => ({ at: { k }, text: ({ bias }) => formatDecimal(bias[k]) })) }],
      },
    ],
  };
}

/** Input j of sample i. @param {number} i @param {number} j @param {string} text @returns {Term<Numbers>} */
function inputTerm(i, j, text) {
  return { at: { i, j }, text: () => text };
}

/**
 * The error of sample i for class k.
 * @param {number} i
 * @param {number} k
 * @param {(value: number) => string} format
 * @returns {Term<Numbers>}
 */
function errorTerm(i, k, format) {
  return { at: { i, k }, text: ({ errors }) => format(errors[i][k]) };
}

/**
 * One row per measurement, with one number per class.
 * @param {string[]} names One per class
 * @param {number[]} x One per measurement
 * @param {(numbers: Numbers) => number[][]} matrix (d, K)
 * @param {{i?: number}} [sample] The sample that the numbers belong to, if it is only one
 * @returns {Row<Numbers>[]}
 */
function perWeight(names, x, matrix, sample) {
  return x.map((_, j) => ({
    label: `j = ${j + 1}`,
    cells: names.map((_, k) => ({ at: { ...sample, j, k }, text: (numbers) => formatDecimal(matrix(numbers)[j][k]) })),
  }));
}

/** An input as a factor: in brackets if it is negative. @param {number} x */
function factor(x) {
  return x < 0 ? `(${formatGeneral(x)})` : formatGeneral(x);
}
