// All rows of the component: headings, one bar per class, sums and loss, and the sliders.

/** @import { BarsData, Change } from "./messages.js" */
/** @import { MovedLogits } from "../shared/events.js" */
/** @import { SliderRow } from "./slider_row.js" */
import { markChanging } from "../shared/changing.js";
import { add } from "../shared/dom.js";
import { emit, on } from "../shared/events.js";
import { crossEntropy, sigmoid, softmax } from "../shared/softmax.js";
import { BarRow } from "./bar_row.js";
import { BarsModel } from "./model.js";
import { clamp } from "./slider_row.js";
import { shiftSlider, temperatureLimits, temperatureSlider } from "./sliders.js";

export class LogitBars {
  /** @type {BarRow[]} */
  #rows = [];
  /** @type {HTMLElement[]} Headings of the outputs */
  #headings = [];
  /** @type {HTMLElement[]} Sums of the outputs */
  #sums = [];
  /** @type {HTMLElement | null} */
  #loss = null;
  /** @type {SliderRow | null} */
  #temperature = null;
  /** @type {SliderRow | null} */
  #shift = null;
  #layout = "";
  /** @type {(name: string, value: Change) => void} */
  #send = () => {};

  /** @param {HTMLElement} root @param {BarsData} data */
  constructor(root, data) {
    this.root = root;
    this.data = data;
    this.model = new BarsModel(data, () => this.#draw(), (change) => this.#send("changed", change));
    const highlighted = on("highlight", data.bars, ({ k }) => this.#rows.forEach((row) => row.highlight(row.k === k)));
    const moved = on("moved", data.bars, (detail) => this.#follow(detail));
    this.stopListening = () => [highlighted, moved].forEach((stop) => stop());
  }

  /** @param {BarsData} data @param {(name: string, value: Change) => void} send */
  update(data, send) {
    this.#send = send;
    const layout = layoutOf(data), isNew = layout !== this.#layout;
    if (!this.model.receive(data, isNew)) return;
    markChanging(data.bars, this.model.isAhead);
    this.data = data;
    if (!isNew) return;
    this.#layout = layout;
    this.#build();
    this.#draw();
  }

  close() {
    this.stopListening();
    this.model.stop();
    markChanging(this.data.bars, false);
  }

  /** Show the logits that the user has set in another view of the same logits. @param {MovedLogits} detail */
  #follow({ logits, released, cancelled }) {
    const { model } = this;
    if (cancelled) return model.active === "view" && model.cancel();
    model.set("view", { logits: logits.map((z) => clamp(Math.round(z * 1e4) / 1e4, this.data.range)) });
    if (released) model.release();
  }

  #build() {
    const { root, data, model } = this, { names, outputs, target, temperature, shift } = data;
    root.replaceChildren();
    root.classList.toggle("five-columns", outputs.length + (target === null ? 0 : 1) > 1);
    root.classList.toggle("with-error", target !== null);
    root.classList.toggle("with-sliders", temperature !== null);
    root.classList.toggle("many-classes", names.length > 4);
    this.#headings = addHeadings(root, data);
    this.#rows = names.map((_, k) => new BarRow(root, k, data, model));
    const foot = add(root, "div", `row footer${temperature === null ? "" : " slider"}`);
    this.#temperature = temperature === null ? null : temperatureSlider(foot, data, model);
    if (!this.#temperature) ["name", "empty-cell", "number-input"].forEach((cell) => add(foot, "span", cell));
    this.#sums = outputs.map((output) => {
      const sum = add(foot, "b");
      sum.dataset.testid = `sum-${output}`;
      return sum;
    });
    this.#loss = target === null ? null : add(foot, "b");
    if (this.#loss) this.#loss.dataset.testid = "loss";
    this.#shift = shift === null ? null : shiftSlider(add(root, "div", "row slider"), data, model);
  }

  #draw() {
    const { data, model } = this, { logits, temperature } = model.values;
    const results = { softmax: softmax(logits, temperature), sigmoid: sigmoid(logits) };
    for (const row of this.#rows) row.draw(results);
    data.outputs.forEach((output, i) => {
      const sum = results[output].reduce((total, p) => total + p, 0);
      this.#sums[i].textContent = `${data.texts.sum} ${sum.toFixed(3)}`;
      const note = model.before && output === "softmax" ? data.texts.parentheses.replace("{note}", data.texts.before) : "";
      this.#headings[i].textContent = data.texts[output] + note;
    });
    if (this.#loss && data.target !== null) {
      const loss = crossEntropy(logits, data.target);
      this.#loss.textContent = `${data.texts.loss} ${loss.toFixed(3)}`;
      this.#loss.dataset.value = String(loss);
    }
    if (this.#temperature) {
      const limits = temperatureLimits(data, logits);
      this.#temperature.lowEnd.textContent = limits.low;
      this.#temperature.highEnd.textContent = limits.high;
      this.#temperature.draw();
    }
    this.#shift?.draw();
    markChanging(data.bars, model.isAhead);
    emit("drawn", {
      bars: data.bars, logits: logits.slice(), temperature, lastMoved: model.lastMoved, moving: model.moving,
    });
  }
}

/** Return the parts of the data that need new rows when they change. @param {BarsData} data */
function layoutOf({ names, outputs, texts, messages, target, temperature, shift }) {
  return JSON.stringify([names, outputs, texts, messages, target, temperature === null, shift === null]);
}

/** Append the row of headings. Return the headings of the outputs. @param {HTMLElement} root @param {BarsData} data */
function addHeadings(root, { outputs, texts, target }) {
  const head = add(root, "div", "row header");
  add(head, "span", "name");
  add(head, "span", "", texts.logit);
  add(head, "span", "number-input");
  const headings = outputs.map((output) => add(head, "span", "", texts[output]));
  if (target !== null) add(head, "span", "", texts.error);
  return headings;
}
