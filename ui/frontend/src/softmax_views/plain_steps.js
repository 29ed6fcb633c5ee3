// Softmax in two moves, as the formula says: exponentiate, divide by the sum. Large exponents overflow to ∞.

/** @import { ViewData } from "./live_view.js" */
import { add, element } from "../shared/dom.js";
import { formatDecimal, formatProbability } from "../shared/number_format.js";
import { listenToCells } from "../shared/cell_focus.js";
import { addClassRow, addGrid, addSumRow } from "./grid.js";
import { className } from "./live_view.js";

/** Compute softmax without subtracting the maximum: ∞ ÷ ∞ is NaN. @param {number[]} exponents z/T */
export function plainSteps(exponents) {
  const exponentials = exponents.map(Math.exp), total = exponentials.reduce((sum, e) => sum + e, 0);
  return { exponentials, total, quotients: exponentials.map((e) => e / total) };
}

/** Format a power or the sum, below 1 with four digits, so that dividing the shown numbers gives the quotient. @param {number} value */
function formatTerm(value) {
  return value >= 1e-3 && value < 1 ? value.toPrecision(4) : formatDecimal(value);
}

export class PlainTable {
  /** @param {HTMLElement} root @param {ViewData} data @param {(k: number | null) => void} highlight */
  constructor(root, data, highlight) {
    this.data = data;
    add(root, "div", "title", data.texts.plain);
    const { head, body } = addGrid(root, data.texts.plain);
    add(head, "td");
    const [power, share] = [add(head, "th"), add(head, "th", "", "÷ Σ = ŷ")];
    power.scope = share.scope = "col";
    power.append("e");
    this.exponent = add(power, "sup");
    this.cells = data.names.map((_, k) => addClassRow(body, k, className(data, k), [`plain-0-${k}`, `plain-1-${k}`]));
    listenToCells(this.cells, (position) => highlight(position && position[0]));
    this.total = addSumRow(body, ["", ""])[0];
  }

  /** @param {number[]} exponents z/T @param {string} T @param {number | null} highlighted */
  draw(exponents, T, highlighted) {
    const { exponentials, total, quotients } = plainSteps(exponents);
    this.exponent.textContent = T === "1" ? "z" : "z/T";
    this.cells.forEach(([power, share], k) => {
      const e = formatTerm(exponentials[k]);
      power.replaceChildren("e", element("sup", {}, formatDecimal(exponents[k], 2)), ` = ${e}`);
      const quotient = Number.isNaN(quotients[k]) ? this.data.texts.undefined : formatProbability(quotients[k]);
      share.textContent = `${e} ÷ ${formatTerm(total)} = ${quotient}`;
      for (const cell of [power, share]) cell.classList.toggle("near", highlighted === k);
    });
    this.total.textContent = `= ${formatTerm(total)}`;
  }
}
