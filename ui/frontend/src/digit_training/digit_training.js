// The player: buttons, the slider, the curves, the numbers and the pictures of the weights.

/** @import { TrainingChange, TrainingMessage } from "./messages.js" */
import { CLASSES, SIDE, outputOf } from "../digit_drawing/model.js";
import { pictureStyle } from "../digit_drawing/pixel_picture.js";
import { Templates } from "../digit_drawing/templates.js";
import { add, addButton, setText } from "../shared/dom.js";
import { prefersReducedMotion } from "../shared/motion.js";
import { formatDecimal, formatProbability } from "../shared/number_format.js";
import { listenToRange } from "../shared/range_input.js";
import { drawLosses } from "./loss_plot.js";
import { modelAt, positionOf, stepAt } from "./playback.js";

/** @typedef {import("../shared/figure.js").Changes<Omit<TrainingChange, "version">>} Changes */

const PER_SECOND = 5; // positions
const MAX_FRAME_MS = 100; // after a longer pause between two frames, playback continues as if only this time had passed
const ROWS = ["training", "held_out"];

export class DigitTraining {
  #position = 0;
  #playing = false;

  /** @param {HTMLElement} root @param {TrainingMessage} message @param {Changes} changes */
  constructor(root, message, changes) {
    this.root = root;
    this.message = message;
    this.changes = changes;
    this.parts = this.#build();
    this.style = pictureStyle(root, message.enlarged);
  }

  /** @param {TrainingMessage} message @param {boolean} isNewLayout */
  show(message, isNewLayout) {
    this.message = message;
    if (!this.#playing) this.#position = positionOf(message.steps, message.step);
    if (isNewLayout) this.parts = this.#build();
    this.redraw();
  }

  close() {
    this.#playing = false;
  }

  #build() {
    const { root, message: { texts, enlarged, steps } } = this;
    root.replaceChildren();
    root.classList.toggle("enlarged", enlarged);
    const bar = add(root, "div", "bar");
    const back = addNamedButton(bar, "back", texts.back, "‹", () => this.#stopAt(Math.ceil(this.#position) - 1));
    const play = addNamedButton(bar, "play", texts.play, "▶", () => this.#toggle());
    const next = addNamedButton(bar, "next", texts.next, "›", () => this.#stopAt(Math.floor(this.#position) + 1));
    const slider = add(bar, "input");
    Object.assign(slider, { type: "range", min: "0", max: String(steps.length - 1), step: "1" });
    slider.setAttribute("aria-label", texts.slider);
    slider.dataset.testid = "digit-training-scrub";
    listenToRange(slider, {
      set: (value) => this.#scrub(value),
      release: () => this.#stopAt(this.#position),
      restore: () => (slider.value = String(this.#position)),
    });
    const shown = add(bar, "output", "step");
    shown.dataset.testid = "digit-training-step";
    const weights = add(root, "section", "weights"), curve = add(root, "section", "losses");
    const canvas = add(curve, "canvas");
    canvas.setAttribute("role", "img");
    const cells = this.#addTable(curve);
    const reading = add(curve, "p", "reading");
    reading.dataset.testid = "digit-training-reading";
    add(root, "p", "note exact", texts.exact);
    return { back, play, next, slider, shown, canvas, cells, reading, templates: new Templates(weights, texts, "digit-training") };
  }

  /** Append the table of losses and accuracies. Return its cells, row by row. @param {Element} parent */
  #addTable(parent) {
    const { texts } = this.message, table = add(parent, "table"), head = add(add(table, "thead"), "tr");
    add(head, "td");
    for (const name of ["loss", "accuracy"]) add(head, "th", "", texts[name]).scope = "col";
    const body = add(table, "tbody");
    return ROWS.map((name) => {
      const row = add(body, "tr");
      add(row, "th", name, texts[name]).scope = "row";
      return ["loss", "accuracy"].map((measure) => {
        const cell = add(row, "td");
        cell.dataset.testid = `digit-training-${name}-${measure}`;
        return cell;
      });
    });
  }

  #toggle() {
    if (this.#playing) return this.#stopAt(Math.round(this.#position));
    const last = this.message.steps.length - 1;
    if (this.#position >= last) this.#position = 0;
    this.#playing = true;
    let lastFrameAt = performance.now();
    /** @param {number} now */
    const frame = (now) => {
      if (!this.#playing) return;
      this.#position = Math.min(this.#position + (Math.max(0, Math.min(now - lastFrameAt, MAX_FRAME_MS)) * PER_SECOND) / 1000, last);
      lastFrameAt = now;
      if (this.#position >= last) return this.#stopAt(last);
      this.#draw();
      requestAnimationFrame(frame);
    };
    this.#draw();
    requestAnimationFrame(frame);
  }

  /** @param {number} position */
  #scrub(position) {
    this.#playing = false;
    this.#position = position;
    this.changes.hold();
    this.#draw();
  }

  /** Stop at one of the steps with parameters, and tell Python. @param {number} position */
  #stopAt(position) {
    const { steps } = this.message;
    this.#playing = false;
    this.#position = Math.min(Math.max(position, 0), steps.length - 1);
    this.#draw();
    this.changes.send({ step: steps[this.#position] });
  }

  /** Draw everything, in the present size and colours. */
  redraw() {
    this.style = pictureStyle(this.root, this.message.enlarged);
    this.#draw();
  }

  #draw() {
    const { message, parts, style } = this, { texts, steps } = message;
    const last = steps.length - 1, step = stepAt(steps, this.#position);
    // With reduced motion, the pictures change only at steps with parameters.
    const model = modelAt(message, prefersReducedMotion() ? Math.floor(this.#position) : this.#position);
    parts.back.disabled = this.#position <= 0;
    parts.next.disabled = this.#position >= last;
    setText(parts.play, this.#playing ? "❚❚" : "▶");
    parts.play.setAttribute("aria-label", this.#playing ? texts.pause : texts.play);
    parts.slider.value = String(Math.round(this.#position));
    const text = texts.step.replace("{step}", String(step));
    parts.slider.setAttribute("aria-valuetext", text);
    setText(parts.shown, text);
    parts.shown.dataset.value = String(step);
    const measures = [[message.losses, message.accuracies], [message.heldOutLosses, message.heldOutAccuracies]];
    measures.forEach(([losses, accuracies], i) => {
      const [loss, accuracy] = parts.cells[i];
      setText(loss, formatDecimal(losses[step]));
      loss.dataset.value = String(losses[step]);
      setText(accuracy, formatDecimal(accuracies[step]));
      accuracy.dataset.value = String(accuracies[step]);
    });
    parts.canvas.setAttribute("aria-label", `${texts.loss}, ${text}`);
    drawLosses(parts.canvas, message, step, style);
    parts.templates.draw(model, style, largestOf(message.weights.subarray(-SIDE * SIDE * CLASSES)));
    const output = message.counts.some(Boolean) ? outputOf(model, message.counts) : null;
    parts.templates.mark(output?.first ?? null);
    setText(parts.reading, output ? readingText(texts, output) : texts.no_drawing);
    parts.reading.dataset.value = String(output?.first ?? "");
  }
}

/** @param {Float32Array} weights */
function largestOf(weights) {
  return weights.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

/** @param {Record<string, string>} texts @param {import("../digit_drawing/model.js").Output} output */
function readingText(texts, { first, probabilities }) {
  return texts.reading.replace("{digit}", String(first)).replace("{p}", formatProbability(probabilities[first]));
}

/** @param {Element} parent @param {string} name @param {string} label @param {string} sign @param {() => void} onClick */
function addNamedButton(parent, name, label, sign, onClick) {
  const button = addButton(parent, sign, onClick);
  button.setAttribute("aria-label", label);
  button.dataset.testid = `digit-training-${name}`;
  return button;
}
