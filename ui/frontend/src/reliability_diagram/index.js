// A reliability diagram with a slider for the temperature, and the plane of a model with two features.

/** @import { ReliabilityChange, ReliabilityMessage } from "./messages.js" */
import { add } from "../shared/dom.js";
import { mountedFigure } from "../shared/figure.js";
import { animate } from "../shared/motion.js";
import { ReliabilityPlot } from "./diagram.js";
import { measured } from "./measures.js";
import { MeasuresTable } from "./measures_table.js";
import { layoutOf, parseMessage } from "./messages.js";
import { ShadedPlane } from "./shaded_plane.js";
import { TemperatureControl } from "./temperature_control.js";

/** @typedef {import("../shared/figure.js").Changes<Omit<ReliabilityChange, "version">>} Changes */

const GLIDE_MS = 700;

export default mountedFigure({
  selector: ".calibration",
  parse: parseMessage,
  layoutOf,
  create: (root, message, changes) => new ReliabilityDiagram(root, message, changes),
  followed: "reliability",
});

class ReliabilityDiagram {
  #temperature;
  #temperatureBefore = 1;
  #isDragging = false;
  #stopGlide = () => {};

  /** @param {HTMLElement} root @param {ReliabilityMessage} message @param {Changes} changes */
  constructor(root, message, changes) {
    this.root = root;
    this.message = message;
    this.changes = changes;
    this.#temperature = message.temperature;
    this.parts = this.#build();
    this.before = this.#measure(1);
  }

  /** @param {ReliabilityMessage} message @param {boolean} isNewLayout */
  show(message, isNewLayout) {
    const goal = message.temperature, moves = !isNewLayout && isSameModel(this.message, message);
    this.message = message;
    if (!moves) {
      this.changes.stopMovement();
      this.#temperature = goal;
    }
    this.before = this.#measure(1);
    if (isNewLayout) this.parts = this.#build();
    this.parts.plane?.setModel(message);
    this.redraw();
    if (moves && goal !== this.#temperature) this.changes.moveTo(String(goal), this.#moveTo(goal));
  }

  close() {
    this.#stopGlide();
  }

  /** Return a function of a share 0 … 1 that shows a temperature between the present one (0) and a goal (1). @param {number} goal */
  #moveTo(goal) {
    const from = this.#temperature;
    return (/** @type {number} */ share) => {
      this.#temperature = share === 1 ? goal : from * (goal / from) ** share;
      this.#draw();
    };
  }

  #build() {
    const { root, message: { texts, range, enlarged, grid } } = this;
    root.classList.toggle("enlarged", enlarged);
    root.replaceChildren();
    const control = new TemperatureControl(root, texts, range, {
      onDrag: (temperature) => this.#drag(temperature),
      onRelease: () => this.#isDragging && this.#release(),
      onRestore: () => this.#draw(),
      onCancel: () => this.#cancel(),
      onFit: () => this.#animateTo(this.message.fitted),
      onReset: () => this.#animateTo(1),
    });
    const left = add(root, "div", "column"), right = add(root, "div", "column");
    const plot = new ReliabilityPlot(left, texts);
    add(left, "p", "note", texts.note);
    const table = new MeasuresTable(right, texts), plane = grid.length > 0 ? addPlane(right, texts.plane) : null;
    return { control, plot, table, plane };
  }

  /** @param {number} temperature */
  #measure(temperature) {
    const { logits, labels, bins, classes } = this.message;
    return measured(logits, labels, classes, temperature, bins);
  }

  /** Show a temperature without sending it. @param {number} temperature */
  #drag(temperature) {
    this.#hold();
    this.#isDragging = true;
    this.#temperature = temperature;
    this.#draw();
  }

  #hold() {
    this.#stopGlide();
    this.changes.finishMovement();
    if (!this.changes.isHeld()) this.#temperatureBefore = this.#temperature;
    this.changes.hold();
  }

  #release() {
    this.#isDragging = false;
    this.changes.send({ temperature: this.#temperature });
  }

  #cancel() {
    if (!this.#isDragging) return;
    this.#isDragging = false;
    this.#temperature = this.#temperatureBefore;
    this.#draw();
    this.changes.release();
  }

  /** Change the temperature gradually to a new value, then send this value to Python. @param {number} goal */
  #animateTo(goal) {
    this.#hold();
    const draw = this.#moveTo(goal);
    this.#stopGlide = animate(GLIDE_MS, (share) => {
      draw(share);
      if (share === 1) this.#release();
    });
  }

  /** Draw in the present size and colours. */
  redraw() {
    this.parts.plane?.setLook(this.root);
    this.#draw();
  }

  #draw() {
    const { message: { texts }, before } = this, { control, plot, table, plane } = this.parts;
    const temperature = this.#temperature, now = this.#measure(temperature), text = `T = ${Number(temperature.toPrecision(3))}`;
    this.root.dataset.temperature = String(temperature);
    control.draw(temperature, text, `${text}, ${texts.error} ${now.error.toFixed(3)}`);
    table.draw(before, now, `${texts.chosen} ${text}`);
    plot.draw(before.bins, now.bins, `${texts.diagram} T = 1: ${before.error.toFixed(3)}. ${text}: ${now.error.toFixed(3)}.`);
    plane?.draw(temperature, `${texts.plane} ${text}, ${texts.confidence} ${now.confidence.toFixed(3)}`);
  }
}

/** Whether two messages are about the same model. @param {ReliabilityMessage} a @param {ReliabilityMessage} b */
function isSameModel(a, b) {
  return a.logits.length === b.logits.length && a.logits.every((z, i) => z === b.logits[i]);
}

/** @param {Element} parent @param {string} caption */
function addPlane(parent, caption) {
  const figure = add(parent, "figure"), plane = new ShadedPlane(add(figure, "canvas"));
  add(figure, "figcaption", "note", caption);
  return plane;
}
