// The row of one class: its logit as a bar that can be dragged, and its outputs.

/** @import { BarsData, Output } from "./messages.js" */
/** @import { BarsModel } from "./model.js" */
import { add } from "../shared/dom.js";
import { listenToDrags } from "../shared/drag.js";
import { emit } from "../shared/events.js";
import { formatProbability } from "../shared/number_format.js";
import { NumberInput } from "../shared/number_input.js";
import { keySteps } from "../shared/key_steps.js";
import { clamp } from "./slider_row.js";

/** @typedef {Record<Output, number[]>} Outputs */

export class BarRow {
  /**
   * @param {HTMLElement} parent
   * @param {number} k Class of the row
   * @param {BarsData} data
   * @param {BarsModel} model
   */
  constructor(parent, k, data, model) {
    this.k = k;
    this.data = data;
    this.model = model;
    this.row = add(parent, "div", "row");
    this.row.style.setProperty("--colour", `var(--class-${k})`);
    this.row.onpointerenter = () => emit("highlight", { bars: data.bars, k });
    this.row.onpointerleave = () => emit("highlight", { bars: data.bars, k: null });
    add(this.row, "span", "name", `${data.glyphs[k]} ${data.names[k]}`);
    this.track = add(this.row, "div", "track");
    this.fill = add(this.track, "i", "fill");
    this.unshifted = add(this.track, "i", "unshifted");
    this.handle = this.#addHandle();
    this.value = add(this.handle, "span", "value");
    this.#listenToTrack();
    this.typed = this.#addInput();
    this.outputs = data.outputs.map((output, i) => this.#addOutput(output, i === 0));
    this.error = data.target === null ? null : add(this.row, "b", "error");
    if (this.error) this.error.dataset.testid = `error-${k}`;
  }

  /** @param {boolean} isHighlighted */
  highlight(isHighlighted) {
    this.row.classList.toggle("highlighted", isHighlighted);
  }

  /** @param {Outputs} outputs */
  draw(outputs) {
    const { k, data, model } = this, { logits, shift } = model.values, z = logits[k];
    const zero = this.#share(0), end = this.#share(z), shown = Math.round(z * 1000) / 1000 + 0;
    this.fill.style.left = `${Math.min(zero, end)}%`;
    this.fill.style.width = `${Math.abs(end - zero)}%`;
    this.handle.style.left = `${end}%`;
    this.handle.setAttribute("aria-valuenow", String(z));
    this.unshifted.hidden = Math.abs(shift) <= 1e-6;
    this.unshifted.style.left = `${this.#share(z - shift)}%`;
    this.value.textContent = String(shown).replace("-", "−");
    this.typed.show(String(shown), model.active !== null);
    data.outputs.forEach((output, i) => {
      const p = outputs[output][k], { level, before, text } = this.outputs[i];
      level.style.width = `${p * 100}%`;
      text.textContent = formatProbability(p);
      text.dataset.value = String(p);
      before.hidden = !model.before || output !== "softmax";
      if (model.before) before.style.left = `calc(${model.before[k] * 100}% - 1.5px)`;
    });
    if (!this.error) return;
    const error = outputs[data.outputs[0]][k] - (k === data.target ? 1 : 0);
    this.error.textContent = `${error < 0 ? "−" : "+"}${Math.abs(error).toFixed(3)}`;
  }

  /** @param {number} z */
  #set(z) {
    const { k, data, model } = this;
    model.begin(k);
    model.set(k, { logits: model.values.logits.with(k, clamp(z, data.range)) });
  }

  /** Return the position of a logit on the track, in per cent of its width. @param {number} z */
  #share(z) {
    const [low, high] = this.data.range;
    return ((z - low) / (high - low)) * 100;
  }

  #addHandle() {
    const { k, data, model } = this, handle = add(this.track, "div", "handle");
    handle.tabIndex = 0;
    handle.dataset.testid = `logit-${k}`;
    handle.setAttribute("role", "slider");
    handle.setAttribute("aria-label", `${data.texts.logit} ${data.names[k]}`);
    handle.setAttribute("aria-valuemin", String(data.range[0]));
    handle.setAttribute("aria-valuemax", String(data.range[1]));
    handle.onkeydown = (event) => this.#press(event);
    handle.onblur = () => model.releaseNow();
    return handle;
  }

  #addInput() {
    const { k, data, model } = this;
    return new NumberInput(this.row, `${data.texts.type} ${data.names[k]}`, data.messages, () => data.range, (value) => {
      this.#set(value);
      model.release();
    });
  }

  /** @param {Output} output @param {boolean} isFirst */
  #addOutput(output, isFirst) {
    const { k, data } = this, cell = add(this.row, "div", `output ${output}`), meter = add(cell, "div", "meter");
    const level = add(meter, "i", "level"), before = add(meter, "i", "marker before");
    if (data.temperature !== null) add(meter, "i", "marker").style.left = `${100 / data.names.length}%`; // uniform
    const text = add(cell, "b");
    text.dataset.testid = isFirst ? `probability-${k}` : `${output}-${k}`;
    return { level, before, text };
  }

  #listenToTrack() {
    const { k, track, model } = this;
    /** @param {PointerEvent} event */
    const setAt = (event) => {
      const box = track.getBoundingClientRect(), [low, high] = this.data.range;
      const z = low + ((event.clientX - box.left) / box.width) * (high - low);
      this.#set(Math.round(z * 10) / 10);
    };
    track.onmousedown = (event) => event.preventDefault(); // it would take the focus from the handle
    listenToDrags(track, {
      canBegin: () => true,
      horizontal: true,
      begin: () => this.handle.focus({ preventScroll: true }),
      move: setAt,
      end: () => model.active === k && model.release(),
      cancel: () => model.active === k && model.cancel(),
      tap: (event) => {
        this.handle.focus({ preventScroll: true });
        setAt(event);
        model.release();
      },
    });
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { k, data, model } = this, [low, high] = data.range, steps = keySteps(event.key);
    if (!steps && event.key !== "Home" && event.key !== "End") return;
    event.preventDefault();
    event.stopPropagation();
    model.begin(k);
    const z = model.values.logits[k] + steps / 10;
    this.#set(event.key === "Home" ? low : event.key === "End" ? high : Math.round(z * 1000) / 1000);
    model.releaseSoon();
  }
}
