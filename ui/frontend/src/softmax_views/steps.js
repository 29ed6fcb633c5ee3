// Softmax step by step: in two moves; then with the maximum subtracted first, one column per step, and its formula.

/** @import { Steps } from "./softmax_steps.js" */
/** @import { ViewData, ViewState } from "./live_view.js" */
import { listenToCells } from "../shared/cell_focus.js";
import { add, element } from "../shared/dom.js";
import { formatDecimal, formatProbability } from "../shared/number_format.js";
import { drawFormula, sentenceOf } from "./formula.js";
import { addClassRow, addGrid, addSumRow } from "./grid.js";
import { className, liveView } from "./live_view.js";
import { PlainTable } from "./plain_steps.js";
import { P, softmaxSteps } from "./softmax_steps.js";

const SYMBOLS = ["z", "z/T", "z/T − m", "e^{z/T − m}", "ŷ"];

class StepsTable {
  /** @type {number | null} Column of the cell that the user points at */
  #column = null;
  /** @type {number | null} Class of the cell that the user points at */
  #row = null;

  /** @param {HTMLElement} root @param {ViewData} data @param {(k: number | null) => void} highlight */
  constructor(root, data, highlight) {
    this.data = data;
    this.plain = new PlainTable(add(root, "div"), data, highlight);
    const stable = add(root, "div");
    add(stable, "div", "title", data.texts.stable);
    const { head, body } = addGrid(stable, data.texts.table);
    add(head, "td");
    this.notes = SYMBOLS.map((symbol, c) => {
      const heading = add(head, "th");
      heading.scope = "col";
      const top = add(heading, "span", "symbol");
      if (c === 3) top.append("e", element("sup", {}, "z/T − m"));
      else top.textContent = symbol;
      return add(heading, "small");
    });
    this.cells = data.names.map((_, k) => addClassRow(body, k, className(data, k), SYMBOLS.map((_, c) => `step-${c}-${k}`)));
    listenToCells(this.cells, (position) => {
      [this.#row, this.#column] = position ?? [null, null];
      highlight(this.#row);
    });
    this.sums = addSumRow(body, SYMBOLS.map(() => ""));
    const words = add(root, "div");
    this.formula = add(words, "div", "formula");
    this.formula.dataset.testid = "steps-formula";
    this.sentence = add(words, "div", "sentence");
    this.sentence.dataset.testid = "steps-in-words";
  }

  /** @param {ViewState} state */
  draw({ logits, temperature, lastMoved, highlighted }) {
    const steps = softmaxSteps(logits.map((z) => z + (this.data.options.offset ?? 0)), temperature), T = String(Number(temperature.toPrecision(3)));
    const column = highlighted === this.#row ? this.#column : null, k = highlighted ?? lastMoved;
    this.plain.draw(steps.columns[1], T, highlighted);
    this.#drawTable(steps, T, highlighted, column);
    const labels = this.data.names.map((_, i) => className(this.data, i));
    drawFormula(this.formula, steps, { k, T, labels, highlighted, column });
    this.sentence.textContent = sentenceOf(steps, k, column ?? P, T);
    this.sentence.style.color = `var(--class-${k})`;
  }

  /** @param {Steps} steps @param {string} T @param {number | null} highlighted @param {number | null} column */
  #drawTable({ columns, max, total }, T, highlighted, column) {
    const { texts } = this.data, minusMax = `− m = ${formatDecimal(max, 2)}`.replace("− −", "+ ");
    const notes = [texts.logit, `÷ T = ${T}`, minusMax, texts.exp, `÷ Σ = ${formatDecimal(total)}`];
    this.notes.forEach((note, c) => (note.textContent = notes[c]));
    this.cells.forEach((cells, k) =>
      cells.forEach((cell, c) => {
        const value = columns[c][k];
        cell.textContent = c === P ? formatProbability(value) : formatDecimal(value);
        cell.dataset.value = String(value);
        cell.classList.toggle("highlighted", highlighted === k && (column === null || column === c));
        cell.classList.toggle("same-class", highlighted === k);
      }),
    );
    this.sums[3].textContent = formatDecimal(total);
    this.sums[P].textContent = "1";
  }
}

export default liveView((root, data, highlight) => new StepsTable(root, data, highlight));
