// A derivation line by line, with the numbers of the bars.

/** @import { Derivation, Indices, Line, Row, Term } from "./derivation_lines.js" */
/** @import { ViewData, ViewState } from "./live_view.js" */
import { listenToCells } from "../shared/cell_focus.js";
import { add } from "../shared/dom.js";
import { isRelated } from "./derivation_lines.js";
import { addGrid } from "./grid.js";
import { className, liveView } from "./live_view.js";
import { logitDerivation } from "./logit_gradient.js";
import { weightDerivation } from "./weight_gradient.js";

/** @typedef {{element: HTMLElement, term: Term<any>}} ShownTerm */

class DerivationTable {
  /** @type {Indices | null} The indices of the number that the user points at */
  #pointed = null;
  /** @type {{element: HTMLElement, text: (numbers: any) => string}[]} */
  #results = [];

  /** @param {HTMLElement} root @param {ViewData} data @param {(k: number | null) => void} highlight */
  constructor(root, data, highlight) {
    const { names, texts, options } = data, isWeights = options.part === "weights";
    /** @type {Derivation<any>} */
    const derivation = isWeights ? weightDerivation(data) : logitDerivation(data);
    this.data = data;
    this.numbers = derivation.numbers;
    this.labelled = derivation.lines.some(({ rows }) => rows.some(({ label }) => label));
    const { head, body } = addGrid(root, isWeights ? texts.weights_table : texts.table, this.labelled ? "derivation labelled" : "derivation");
    add(head, "td").colSpan = this.labelled ? 2 : 1;
    names.forEach((_, k) => {
      const heading = inClassColour(add(head, "th", "", data.glyphs[k]), k);
      heading.scope = "col";
      heading.setAttribute("aria-label", className(data, k));
    });
    const lines = derivation.lines.slice(0, options.lines ?? 1);
    this.terms = lines.flatMap((line, i) => this.#addLine(body, line, i, i === lines.length - 1));
    listenToCells(this.terms.map((row) => row.map(({ element }) => element)), (position) => {
      this.#pointed = position && this.terms[position[0]][position[1]].term.at;
      highlight(this.#pointed?.k ?? null);
    });
  }

  /**
   * Append a line, and return the terms of each of its rows.
   * @param {HTMLElement} body
   * @param {Line<any>} line
   * @param {number} i
   * @param {boolean} isLast
   */
  #addLine(body, { text, formula, rows }, i, isLast) {
    const heading = document.createElement("th");
    heading.scope = "row";
    heading.rowSpan = rows.length;
    heading.classList.toggle("last", isLast);
    add(heading, "span", "symbol").append(...formula);
    add(heading, "small", "", this.#explanation(text));
    return rows.map((row, r) => {
      const line = add(body, "tr");
      if (r === 0) line.append(heading);
      const terms = this.#addRow(line, row, i);
      for (const { element, term } of terms) element.dataset.testid = ["derivation", i, ...Object.values(term.at)].join("-");
      return terms;
    });
  }

  /** The explanation of a line, with the shapes of its matrices. @param {string} name */
  #explanation(name) {
    const { names, texts, options: { inputs = [[]] } } = this.data;
    /** @type {Record<string, number>} */
    const sizes = { n: inputs.length, d: inputs[0].length, K: names.length };
    return texts[name].replace(/\{(\w+)\}/g, (_, size) => String(sizes[size]));
  }

  /** @param {HTMLElement} parent @param {Row<any>} row @param {number} i Index of the line @returns {ShownTerm[]} */
  #addRow(parent, { label, cells, sum = [], result }, i) {
    if (this.labelled && label) add(parent, "th", "label", label).scope = "row";
    else if (this.labelled) add(parent, "td");
    if (cells) return cells.map((term) => ({ element: inClassColour(add(parent, "td"), term.at.k), term }));
    const cell = add(parent, "td", "sum");
    cell.colSpan = this.data.names.length;
    /** @type {ShownTerm[]} */
    const terms = [];
    for (const part of sum) {
      if (typeof part === "string") cell.append(part);
      else terms.push({ element: inClassColour(add(cell, "span", "term"), part.at.k), term: part });
    }
    if (!result) return terms;
    cell.append(" = ");
    const element = add(cell, "b");
    element.dataset.testid = `derivation-${result.name}-${i}`;
    this.#results.push({ element, text: result.text });
    return terms;
  }

  /** @param {ViewState} state */
  draw({ logits, highlighted }) {
    const numbers = this.numbers(logits), own = this.#pointed;
    const pointed = own && (own.k ?? null) === highlighted ? own : { k: highlighted ?? undefined };
    for (const { element, term } of this.terms.flat()) {
      element.textContent = term.text(numbers);
      element.classList.toggle("highlighted", isRelated(term.at, pointed));
    }
    for (const { element, text } of this.#results) element.textContent = text(numbers);
  }
}

/** @template {HTMLElement} Cell @param {Cell} cell @param {number | undefined} k undefined: the number belongs to no class */
function inClassColour(cell, k) {
  if (k !== undefined) cell.style.setProperty("--colour", `var(--class-${k})`);
  return cell;
}

export default liveView((root, data, highlight) => new DerivationTable(root, data, highlight));
