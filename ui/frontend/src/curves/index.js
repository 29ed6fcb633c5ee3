// Curves with a point that can be dragged along them.

/** @import { CurvesChange, CurvesMessage } from "./messages.js" */
/** @import { Root } from "../shared/mount.js" */
import { onLookChange, plotStyle, resolvedColour } from "../shared/canvas.js";
import { markChanging } from "../shared/changing.js";
import { add } from "../shared/dom.js";
import { listenToDrags } from "../shared/drag.js";
import { IncomingData } from "../shared/incoming_data.js";
import { mounted } from "../shared/mount.js";
import { Timers } from "../shared/timers.js";
import { FORMATS, ariaNumber } from "./formats.js";
import { LinkedBars } from "./linked_bars.js";
import { layoutOf, parseMessage } from "./messages.js";
import { CurvePanel } from "./panel.js";
import { indexAfterKey, nearestIndex } from "./scale.js";

/** @typedef {(name: string, value: CurvesChange) => void} Send */

const REST_MS = 150; // after a key, until the value is sent

export default mounted(
  /** @param {Root} parent @param {Uint8Array} data */
  (parent, data) => new Curves(/** @type {HTMLElement} */ (parent.querySelector(".curves")), data),
);

class Curves {
  static #count = 0;
  #name = `curves-${++Curves.#count}`;
  #layout = "";
  #index = 0;
  /** Holds back data while the user moves the point */
  #incoming = new IncomingData(
    /** @param {CurvesMessage} message */ (message) => this.#show(message),
    (isAwaited) => markChanging(this.#name, isAwaited),
  );
  #timers = new Timers();
  #bars = new LinkedBars(() => this.#followBars());
  /** @type {CurvePanel[]} */
  #panels = [];
  /** @type {Send} */
  #send = () => {};

  /** @param {HTMLElement} root @param {Uint8Array} data */
  constructor(root, data) {
    this.root = root;
    this.message = parseMessage(data);
    this.readout = add(root, "p", "current-x");
    this.stopLook = onLookChange(root, () => this.#redraw());
  }

  /** Show data from Python, unless the user has moved the point since. @param {Uint8Array} data @param {Send} send */
  update(data, send) {
    this.#send = send;
    this.#incoming.receive(parseMessage(data));
  }

  close() {
    this.stopLook();
    this.#incoming.stopMovement();
    markChanging(this.#name, false);
    this.#bars.close();
    this.#timers.cancelAll();
  }

  /** @param {CurvesMessage} message */
  #show(message) {
    const { x, axis } = this.message, before = x[this.#index], layout = layoutOf(message), isNew = layout !== this.#layout;
    const moves = this.#layout !== "" && axis.name === message.axis.name && !message.bars;
    this.message = message;
    this.#bars.connect(message.bars);
    this.#index = moves ? nearestIndex(message.x, before) : (this.#bars.indexIn(message.x) ?? message.at);
    if (isNew) {
      this.#layout = layout;
      this.#build();
    }
    this.#redraw();
    if (moves) this.#movePoint();
    else this.#incoming.stopMovement();
  }

  /** Move the point along the curves to its position in the message; linked bars move it themselves. */
  #movePoint() {
    const from = this.#index, { at, x } = this.message;
    if (from === at) return this.#incoming.stopMovement();
    this.#incoming.moveTo(String(x[at]), (share) => {
      this.#index = Math.round(from + share * (this.message.at - from));
      this.#draw();
    });
  }

  #build() {
    const { root, message } = this;
    const isFocused = this.#panels[0]?.handle.matches(":focus");
    root.replaceChildren();
    this.readout = add(root, "p", "current-x");
    this.readout.dataset.testid = "curves-at";
    const grid = add(root, "div", "panels");
    this.#panels = message.panels.map((_, i) => new CurvePanel(grid, message, i));
    for (const panel of this.#panels) this.#listen(panel);
    const { handle } = this.#panels[0];
    handle.tabIndex = 0;
    handle.setAttribute("role", "slider");
    handle.setAttribute("aria-label", message.axis.name);
    handle.dataset.testid = "curves-point";
    handle.onkeydown = (event) => this.#press(event);
    if (isFocused) handle.focus();
  }

  /**
   * Listen to drags. A finger drags the handle in all directions, but the rest of the plot only sideways.
   * @param {CurvePanel} panel
   */
  #listen(panel) {
    let indexBefore = 0;
    /** @type {number[] | null} */
    let logitsBefore = null;
    /** @param {boolean} onHandle @returns {import("../shared/drag.js").DragEvents} */
    const events = (onHandle) => ({
      canBegin: (event) => onHandle === (event.target === panel.handle),
      horizontal: !onHandle,
      begin: (event) => {
        event.preventDefault(); // keeps the focus where it is put
        this.#panels[0].handle.focus({ preventScroll: true });
        this.#timers.cancel("rest");
        this.#incoming.finishMovement();
        indexBefore = this.#index;
        logitsBefore = this.#bars.logits;
        this.#incoming.hold();
      },
      move: (event) => this.#moveTo(panel.indexAt(event)),
      end: () => this.#release(),
      cancel: () => {
        this.#index = indexBefore;
        this.#draw();
        if (logitsBefore) this.#bars.restore(logitsBefore);
        else if (indexBefore !== this.message.at) return this.#release(); // a key's change that was not sent yet
        this.#incoming.release();
      },
      tap: (event) => {
        if (onHandle || event.target === panel.handle) return;
        this.#incoming.hold();
        this.#moveTo(panel.indexAt(event));
        this.#release();
      },
    });
    listenToDrags(panel.root, events(false));
    listenToDrags(panel.handle, events(true));
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (indexAfterKey(event.key, this.#index, this.message.reach) === null) return;
    this.#incoming.finishMovement();
    const index = /** @type {number} */ (indexAfterKey(event.key, this.#index, this.message.reach));
    event.preventDefault();
    event.stopPropagation();
    this.#incoming.hold();
    this.#moveTo(index);
    this.#timers.after("rest", () => this.#release(), REST_MS);
  }

  /** @param {number} index */
  #moveTo(index) {
    this.#index = index;
    this.#draw();
    this.#bars.setIndex(index, false);
  }

  /** Send the value at the point to Python, or to the logit bars if there are any: they then send it on. */
  #release() {
    if (this.message.bars) this.#bars.setIndex(this.#index, true);
    else this.#send("changed", { x: this.message.x[this.#index], version: this.#incoming.nextVersion() });
    this.#incoming.release();
  }

  #followBars() {
    if (this.#incoming.isHeld) return;
    this.#index = this.#bars.indexIn(this.message.x) ?? this.#index;
    this.#draw();
  }

  /** Draw in the present size and colours. */
  #redraw() {
    const { root, message } = this;
    if (!root.clientWidth) return;
    root.classList.toggle("enlarged", message.enlarged);
    /** @param {string} colour */
    const resolved = (colour) => resolvedColour(root, colour);
    const curveColours = message.panels.map(({ curves }) => curves.map(({ colour }) => resolved(colour)));
    const style = { ...plotStyle(root, message.enlarged), colour: resolved(message.colour), curveColours };
    for (const panel of this.#panels) panel.show(message, style);
    this.#draw();
  }

  #draw() {
    const { axis, x, reach } = this.message, value = x[this.#index], text = `${axis.name} = ${FORMATS[axis.format](value)}`;
    this.readout.textContent = text;
    this.readout.dataset.value = String(value);
    for (const panel of this.#panels) panel.draw(this.#index, text);
    const { handle } = this.#panels[0];
    handle.setAttribute("aria-valuenow", ariaNumber(value));
    handle.setAttribute("aria-valuemin", ariaNumber(x[reach[0]]));
    handle.setAttribute("aria-valuemax", ariaNumber(x[reach[1]]));
    handle.setAttribute("aria-valuetext", `${text}, ${this.#panels[0].describe(0, this.#index)}`);
  }
}
