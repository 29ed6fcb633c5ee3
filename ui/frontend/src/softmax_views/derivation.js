// Why ∂L/∂z = ŷ − y: the derivation line by line, with the numbers of the bars.

/** @import { ViewData, ViewState } from "./live_view.js" */
import { add, element } from "../shared/dom.js";
import { formatDecimal, formatProbability } from "../shared/number_format.js";
import { crossEntropy, softmax } from "../shared/softmax.js";
import { listenToCells } from "../shared/cell_focus.js";
import { addGrid } from "./grid.js";
import { className, liveView } from "./live_view.js";

/**
 * The numbers of the lines: y, ŷ, e^z and ŷ − y per class, and the loss L.
 * @param {number[]} logits
 * @param {number} target True class t
 */
export function derivation(logits, target) {
  const y = logits.map((_, k) => (k === target ? 1 : 0)), p = softmax(logits);
  const exponentials = logits.map(Math.exp), errors = p.map((share, k) => share - y[k]);
  return { y, p, exponentials, errors, loss: crossEntropy(logits, target) };
}

const sub = (/** @type {string} */ text) => element("sub", {}, text);
const power = (/** @type {string} */ index) => element("span", {}, "e", element("sup", {}, "z", sub(index)));

/** Texts and formulas of the lines, in order. @type {{text: string, formula: () => (Node | string)[]}[]} */
const LINES = [
  { text: "loss", formula: () => ["L = −log ŷ", sub("t")] },
  { text: "logs", formula: () => ["L = −z", sub("t"), " + log Σ", sub("j"), " ", power("j")] },
  { text: "first", formula: () => ["∂(−z", sub("t"), ") / ∂z", sub("i"), " = −y", sub("i")] },
  { text: "second", formula: () => ["∂(log Σ", sub("j"), " ", power("j"), ") / ∂z", sub("i"), " = ", power("i"), " / Σ = ŷ", sub("i")] },
  { text: "together", formula: () => ["∂L / ∂z", sub("i"), " = ŷ", sub("i"), " − y", sub("i")] },
];
const FIRST_PER_CLASS = 2; // the lines before have one number, these have one per class

class Derivation {
  /** @param {HTMLElement} root @param {ViewData} data @param {(k: number | null) => void} highlight */
  constructor(root, data, highlight) {
    const { names, texts, options: { target = 0, lines = 1 } } = data;
    this.target = target;
    const { head, body } = addGrid(root, texts.table, "derivation");
    add(head, "td");
    names.forEach((_, k) => {
      const heading = inClassColour(add(head, "th", "", data.glyphs[k]), k);
      heading.scope = "col";
      heading.setAttribute("aria-label", className(data, k));
    });
    /** @type {HTMLElement[][]} The numbers of each line; each belongs to a class */
    this.terms = LINES.slice(0, lines).map(({ text, formula }, i) => {
      const row = add(body, "tr"), heading = add(row, "th");
      heading.scope = "row";
      add(heading, "span", "symbol").append(...formula());
      add(heading, "small", "", texts[text]);
      const terms = i < FIRST_PER_CLASS ? this.#addSum(row, i, names.length) : names.map((_, k) => inClassColour(add(row, "td"), k));
      for (const term of terms) term.dataset.testid = `derivation-${i}-${term.dataset.k}`;
      return terms;
    });
    listenToCells(this.terms, (position) => highlight(position && Number(this.terms[position[0]][position[1]].dataset.k)));
  }

  /**
   * Append the cell of a line with one number: −log ŷₜ = L, or −zₜ + log(e^z₁ + e^z₂ + …) = L. Return its terms.
   * @param {HTMLElement} row
   * @param {number} line
   * @param {number} K Number of classes
   */
  #addSum(row, line, K) {
    const cell = add(row, "td", "sum");
    cell.colSpan = K;
    cell.append(line === 0 ? "−log " : "−");
    const terms = [inClassColour(add(cell, "span", "term"), this.target)];
    if (line === 1) {
      cell.append(" + log(");
      for (let k = 0; k < K; k++) {
        if (k) cell.append(" + ");
        terms.push(inClassColour(add(cell, "span", "term"), k));
      }
      cell.append(")");
    }
    cell.append(" = ");
    add(cell, "b").dataset.testid = `derivation-loss-${line}`;
    return terms;
  }

  /** @param {ViewState} state */
  draw({ logits, highlighted }) {
    const { target, terms } = this, { y, p, loss, exponentials, errors } = derivation(logits, target);
    const z = formatDecimal(logits[target]);
    const texts = [
      [formatProbability(p[target])],
      [z.startsWith("−") ? `(${z})` : z, ...exponentials.map((e) => formatDecimal(e))],
      y.map((value) => (value ? "−1" : "0")),
      p.map(formatProbability),
      errors.map((error) => formatDecimal(error)),
    ];
    terms.forEach((line, i) =>
      line.forEach((term, j) => {
        term.textContent = texts[i][j];
        term.classList.toggle("highlighted", Number(term.dataset.k) === highlighted);
        const result = i < FIRST_PER_CLASS && term.parentElement?.querySelector("b");
        if (result) result.textContent = formatDecimal(loss);
      }),
    );
  }
}

/** @template {HTMLElement} Cell @param {Cell} cell @param {number} k */
function inClassColour(cell, k) {
  cell.dataset.k = String(k);
  cell.style.setProperty("--colour", `var(--class-${k})`);
  return cell;
}

export default liveView((root, data, highlight) => new Derivation(root, data, highlight));
