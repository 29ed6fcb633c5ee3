// The formula of softmax with numbers, each in its class's colour.

/** @import { Steps } from "./softmax_steps.js" */
import { element } from "../shared/dom.js";
import { formatDecimal, formatProbability } from "../shared/number_format.js";
import { P } from "./softmax_steps.js";

/**
 * @typedef {Object} FormulaOptions
 * @property {number} k Class whose probability is computed
 * @property {string} T Temperature as text
 * @property {string[]} labels Labels of all classes
 * @property {number | null} highlighted Class to highlight
 * @property {number | null} column Step to highlight in the terms of the highlighted class
 */

/** @param {HTMLElement} root @param {Steps} steps @param {FormulaOptions} options */
export function drawFormula(root, steps, options) {
  const { k, labels, column } = options, style = `color: var(--class-${k})`;
  const head = element("span", {}, "ŷ", element("sub", {}, labels[k]));
  const result = element("span", { className: column === P ? "highlighted" : "" }, formatProbability(steps.columns[P][k]));
  for (const part of [head, result]) part.style.cssText = style;
  const sum = labels.flatMap((_, i) => (i ? [" + ", term(steps, i, options)] : [term(steps, i, options)]));
  const fraction = element(
    "span", { className: "fraction" },
    element("span", {}, term(steps, k, options)), element("span", {}, ...sum),
  );
  const left = element("span", {}, head, " ="), right = element("span", {}, "= ", result);
  root.replaceChildren(left, fraction, right);
}

/** Create the term e^(z/T − m) of class k. @param {Steps} steps @param {number} k @param {FormulaOptions} options */
function term({ columns, max }, k, { T, highlighted, column }) {
  /** @param {number} c */
  const look = (c) => ({ className: column === c && highlighted === k ? "highlighted" : "" });
  const logit = element("span", look(0), formatDecimal(columns[0][k], 2));
  const scaled = element("span", look(1), logit, T === "1" ? "" : `/${T}`);
  const minusMax = max < 0 ? ` + ${formatDecimal(-max, 2)}` : ` − ${formatDecimal(max, 2)}`;
  const exponential = element("span", look(3), "e", element("sup", look(2), scaled, minusMax));
  exponential.classList.add("term");
  exponential.classList.toggle("same-class", highlighted === k);
  exponential.dataset.k = String(k);
  exponential.style.color = `var(--class-${k})`;
  return exponential;
}

/**
 * Return the calculation of one step for class k with numbers, as text.
 * @param {Steps} steps
 * @param {number} k
 * @param {number} column
 * @param {string} T
 */
export function sentenceOf({ columns, max, total }, k, column, T) {
  const [z, scaled, shifted, e, p] = columns.map((values) => values[k]);
  const minusMax = max < 0 ? `− (${formatDecimal(max, 2)})` : `− ${formatDecimal(max, 2)}`;
  return [
    `z = ${formatDecimal(z)}`,
    `${formatDecimal(z)} ÷ ${T} = ${formatDecimal(scaled)}`,
    `${formatDecimal(scaled)} ${minusMax} = ${formatDecimal(shifted)}`,
    `exp(${formatDecimal(shifted)}) = ${formatDecimal(e)}`,
    `${formatDecimal(e)} ÷ ${formatDecimal(total)} = ${formatProbability(p)}`,
  ][column];
}
