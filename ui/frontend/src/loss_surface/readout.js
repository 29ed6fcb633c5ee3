// The numbers of the point: loss, steps, differences, and a table of logits, probabilities and gradient.

/** @import { Elements } from "./elements.js" */
/** @import { SurfaceMessage } from "./messages.js" */
/** @import { DescentPoint } from "./point.js" */
import { add } from "../shared/dom.js";
import { formatDecimal, formatProbability } from "../shared/number_format.js";
import { crossEntropy, softmax } from "../shared/softmax.js";
import { gradientOf } from "./descent.js";
import { AXIS_NAMES } from "./style.js";

const COLUMNS = ["z", "ŷ", "y", "ŷ − y"];

export class Readout {
  /** @type {{logit: HTMLElement, probability: HTMLElement, gradient: HTMLElement}[]} By class */
  #cells = [];
  #stepsLabel = "";

  /** @param {Elements} elements */
  constructor(elements) {
    this.elements = elements;
  }

  /** Build the table, which depends on the classes, the true class and the language. @param {SurfaceMessage} message */
  build({ names, glyphs, target, texts }) {
    const { table } = this.elements;
    this.#stepsLabel = texts.steps;
    table.replaceChildren();
    const head = add(add(table, "thead"), "tr");
    add(head, "td");
    for (const column of COLUMNS) add(head, "th", "", column).scope = "col";
    const body = add(table, "tbody");
    this.#cells = names.map((name, k) => {
      const row = add(body, "tr", k === target ? "highlighted" : "");
      row.style.color = `var(--class-${k})`;
      add(row, "th", "", `${glyphs[k]} ${name}`).scope = "row";
      const logit = add(row, "td"), probability = add(row, "td");
      add(row, "td", "", k === target ? "1" : "0");
      return { logit, probability, gradient: add(row, "td") };
    });
  }

  /** @param {DescentPoint} point */
  draw({ logits, place, target, position }) {
    const { loss, steps, differences } = this.elements, p = softmax(logits), gradient = gradientOf(logits, target);
    const value = crossEntropy(logits, target), shown = Math.floor(position);
    loss.textContent = `L = ${formatDecimal(value)}`;
    loss.dataset.value = String(value);
    steps.textContent = `${this.#stepsLabel} ${shown}`;
    steps.dataset.value = String(shown);
    this.#cells.forEach((cells, k) => {
      cells.logit.textContent = formatDecimal(logits[k], 2);
      cells.probability.textContent = formatProbability(p[k]);
      cells.probability.dataset.value = String(p[k]);
      cells.gradient.textContent = `${gradient[k] < 0 ? "" : "+"}${formatDecimal(gradient[k])}`;
    });
    differences.forEach((element, i) => {
      element.textContent = `${AXIS_NAMES[i]} = ${formatDecimal(place[i], 2)}`;
      element.dataset.value = String(place[i]);
    });
  }
}
