// The measurements x of one sample; and a table with one column per class: weights, products, logit and probability.

/** @import { Forward } from "./forward.js" */
/** @import { ModelData } from "./messages.js" */
import { add, element } from "../shared/dom.js";
import { formatDecimal, formatFactor, formatProbability } from "../shared/number_format.js";
import { NumberSlider } from "./number_slider.js";

const SUBSCRIPTS = "₁₂₃₄₅₆₇₈₉";

/**
 * @typedef {Object} ModelEvents
 * @property {(j: number, value: number) => void} setMeasurement
 * @property {(j: number, k: number, value: number) => void} setWeight Row d is the bias
 * @property {() => void} release
 * @property {() => void} releaseSoon
 */

/** The measurements with their standardised values. */
export class Measurements {
  /** @param {HTMLElement} root @param {ModelData} data @param {ModelEvents} events */
  constructor(root, { features, ranges, messages }, events) {
    const list = add(root, "div", "measurements");
    this.rows = features.map((label, j) => {
      const row = add(list, "div", "measurement");
      add(row, "span", "name", label);
      const description = { label, testId: `measured-${j}`, range: ranges[j], keyStep: 0.1, digits: 1 };
      const set = (/** @type {number} */ value) => events.setMeasurement(j, value);
      const slider = new NumberSlider(row, description, messages, { ...events, set });
      const x = add(row, "b");
      x.dataset.testid = `x-${j}`;
      return { slider, x };
    });
  }

  /** @param {number[]} measured @param {number[]} x */
  draw(measured, x) {
    this.rows.forEach((row, j) => {
      row.slider.draw(measured[j]);
      row.x.textContent = `→ x${SUBSCRIPTS[j]} = ${formatDecimal(x[j])}`;
      row.x.dataset.value = String(x[j]);
    });
  }
}

/** The table of W and b, one column per class. */
export class WeightsTable {
  /** @param {HTMLElement} root @param {ModelData} data @param {ModelEvents} events */
  constructor(root, data, events) {
    this.data = data;
    this.table = add(root, "table");
    this.table.setAttribute("aria-label", data.texts.table);
    const head = add(add(this.table, "thead"), "tr"), body = add(this.table, "tbody");
    add(head, "td", "corner", data.texts.corner);
    data.names.forEach((name, k) => inClassColour(add(head, "th", "", `${data.glyphs[k]} ${name}`), k).setAttribute("scope", "col"));
    this.weights = data.weights.map((_, j) => this.#addWeights(body, j, events));
    this.z = this.#addRow(body, "z", data.texts.sum, "z");
    this.p = this.#addRow(body, "ŷ", "Softmax(z)", "p").map((cell) => {
      const meter = add(cell, "span", "meter");
      return { cell, level: add(meter, "i"), text: add(cell, "b") };
    });
  }

  /** @param {HTMLTableSectionElement} body @param {number} j Measurement; d for the bias @param {ModelEvents} events */
  #addWeights(body, j, events) {
    const { features, names, weightRange, messages } = this.data, isBias = j === features.length;
    const symbol = isBias ? "b" : `w${SUBSCRIPTS[j]}`;
    const note = isBias ? this.data.texts.bias : features[j].replace(/ ?[(（].*/, ""); // without the unit
    const cells = this.#addRow(body, symbol, note, `term-${j}`).map((cell, k) => {
      const description = {
        label: `${symbol} ${names[k]}`, testId: `weight-${j}-${k}`, range: weightRange, keyStep: 0.1, digits: 2,
      };
      const set = (/** @type {number} */ value) => events.setWeight(j, k, value);
      const box = add(cell, "div", "weight"), slider = new NumberSlider(box, description, messages, { ...events, set });
      const product = add(box, "span", "product"), factor = add(product, "span", "factor");
      return { cell, slider, factor, term: add(product, "span") };
    });
    const factor = element("span", { className: "factor-of-row" });
    body.rows[j].querySelector("small")?.before(factor);
    return { cells, factor };
  }

  /** Append a row with a cell per class. @param {HTMLTableSectionElement} body @param {string} symbol @param {string} note @param {string} testId */
  #addRow(body, symbol, note, testId) {
    const row = add(body, "tr", testId), heading = add(row, "th", "", symbol);
    heading.scope = "row";
    add(heading, "small", "", note);
    return this.data.names.map((_, k) => {
      const cell = inClassColour(add(row, "td"), k);
      cell.dataset.testid = `${testId}-${k}`;
      return cell;
    });
  }

  /** @param {number[][]} weights @param {Forward} result */
  draw(weights, { x, terms, z, p }) {
    this.weights.forEach((row, j) => {
      row.factor.textContent = j < x.length ? ` × ${formatFactor(x[j])}` : "";
      row.cells.forEach(({ cell, slider, factor, term }, k) => {
        slider.draw(weights[j][k]);
        factor.textContent = row.factor.textContent;
        term.textContent = ` = ${formatDecimal(terms[j][k])}`;
        cell.dataset.value = String(terms[j][k]);
      });
    });
    this.z.forEach((cell, k) => {
      const sum = terms.map((row) => formatDecimal(row[k])).join(" + ").replaceAll("+ −", "− ");
      cell.replaceChildren();
      add(cell, "span", "", `${sum} = `);
      add(cell, "b", "", formatDecimal(z[k]));
      cell.dataset.value = String(z[k]);
    });
    this.p.forEach(({ cell, level, text }, k) => {
      level.style.width = `${p[k] * 100}%`;
      text.textContent = formatProbability(p[k]);
      cell.dataset.value = String(p[k]);
    });
  }
}

/** @param {HTMLElement} cell @param {number} k */
function inClassColour(cell, k) {
  cell.style.setProperty("--colour", `var(--class-${k})`);
  return cell;
}
