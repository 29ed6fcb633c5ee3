// A reliability diagram with a slider for the temperature, and the plane of a model with two features.

/** @import { ReliabilityChange, ReliabilityMessage } from "./messages.js" */
/** @import { Root } from "../shared/mount.js" */
import { onLookChange } from "../shared/canvas.js";
import { markChanging } from "../shared/changing.js";
import { add } from "../shared/dom.js";
import { IncomingData } from "../shared/incoming_data.js";
import { animate } from "../shared/motion.js";
import { mounted } from "../shared/mount.js";
import { ReliabilityPlot } from "./diagram.js";
import { measured } from "./measures.js";
import { MeasuresTable } from "./measures_table.js";
import { parseMessage } from "./messages.js";
import { ShadedPlane } from "./shaded_plane.js";
import { TemperatureControl } from "./temperature_control.js";

/** @typedef {(name: string, value: ReliabilityChange) => void} Send */

const GLIDE_MS = 700;

export default mounted(
  /** @param {Root} parent @param {Uint8Array} data */
  (parent, data) => new ReliabilityDiagram(/** @type {HTMLElement} */ (parent.querySelector(".calibration")), data),
);

class ReliabilityDiagram {
  #incoming = new IncomingData(
    /** @param {ReliabilityMessage} message */ (message) => this.#show(message),
    (isAwaited) => markChanging("reliability", isAwaited),
  );
  #layout = "";
  #temperature = 1;
  #temperatureBefore = 1;
  #isDragging = false;
  #stopGlide = () => {};
  /** @type {ReturnType<ReliabilityDiagram["build"]> | null} */
  #parts = null;
  /** @type {Send} */
  #send = () => {};

  /** @param {HTMLElement} root @param {Uint8Array} data */
  constructor(root, data) {
    this.root = root;
    this.message = parseMessage(data);
    this.before = this.#measure(1);
    this.stopLook = onLookChange(root, () => this.#redraw());
  }

  /** Show data from Python, unless the user has set the temperature since. @param {Uint8Array} data @param {Send} send */
  update(data, send) {
    this.#send = send;
    this.#incoming.receive(parseMessage(data));
  }

  close() {
    this.#stopGlide();
    this.stopLook();
    markChanging("reliability", false);
  }

  /** @param {ReliabilityMessage} message */
  #show(message) {
    const { texts, enlarged, range, grid } = message, layout = JSON.stringify([texts, enlarged, range, grid.length > 0]);
    this.message = message;
    this.#temperature = message.temperature;
    this.before = this.#measure(1);
    if (layout !== this.#layout) this.#parts = this.build();
    this.#layout = layout;
    this.#parts?.plane?.setModel(message);
    this.#redraw();
  }

  build() {
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
    if (!this.#incoming.isHeld) this.#temperatureBefore = this.#temperature;
    this.#incoming.hold();
  }

  #release() {
    this.#isDragging = false;
    this.#send("changed", { temperature: this.#temperature, version: this.#incoming.nextVersion() });
    this.#incoming.release();
  }

  #cancel() {
    if (!this.#isDragging) return;
    this.#isDragging = false;
    this.#temperature = this.#temperatureBefore;
    this.#draw();
    this.#incoming.release();
  }

  /** Change the temperature gradually to a new value, then send this value to Python. @param {number} goal */
  #animateTo(goal) {
    this.#hold();
    const from = this.#temperature;
    this.#stopGlide = animate(GLIDE_MS, (share) => {
      this.#temperature = share === 1 ? goal : from * (goal / from) ** share;
      this.#draw();
      if (share === 1) this.#release();
    });
  }

  /** Draw in the present size and colours. */
  #redraw() {
    this.#parts?.plane?.setLook(this.root);
    this.#draw();
  }

  #draw() {
    if (!this.#parts) return;
    const { message: { texts }, before } = this, { control, plot, table, plane } = this.#parts;
    const temperature = this.#temperature, now = this.#measure(temperature), text = `T = ${Number(temperature.toPrecision(3))}`;
    this.root.dataset.temperature = String(temperature);
    control.draw(temperature, text, `${text}, ${texts.error} ${now.error.toFixed(3)}`);
    table.draw(before, now, text);
    plot.draw(before.bins, now.bins, `${texts.diagram} T = 1: ${before.error.toFixed(3)}. ${text}: ${now.error.toFixed(3)}.`);
    plane?.draw(temperature, `${texts.plane} ${text}, ${texts.confidence} ${now.confidence.toFixed(3)}`);
  }
}

/** @param {Element} parent @param {string} caption */
function addPlane(parent, caption) {
  const figure = add(parent, "figure"), plane = new ShadedPlane(add(figure, "canvas"));
  add(figure, "figcaption", "note", caption);
  return plane;
}
