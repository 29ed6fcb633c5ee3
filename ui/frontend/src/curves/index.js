// Curves with a point that can be dragged along them.

/** @import { CurvesChange, CurvesMessage } from "./messages.js" */
import { plotStyle, resolvedColour } from "../shared/canvas.js";
import { add } from "../shared/dom.js";
import { listenToDrags } from "../shared/drag.js";
import { mountedFigure } from "../shared/figure.js";
import { Timers } from "../shared/timers.js";
import { FORMATS, ariaNumber } from "./formats.js";
import { LinkedBars } from "./linked_bars.js";
import { layoutOf, parseMessage } from "./messages.js";
import { CurvePanel } from "./panel.js";
import { indexAfterKey, nearestIndex } from "./scale.js";

/** @typedef {import("../shared/figure.js").Changes<Omit<CurvesChange, "version">>} Changes */

const REST_MS = 150; // after a key, until the value is sent

export default mountedFigure({
  selector: ".curves",
  parse: parseMessage,
  layoutOf,
  create: (root, message, changes) => new Curves(root, message, changes),
  followed: "curves",
});

class Curves {
  #index = 0;
  #timers = new Timers();
  #bars = new LinkedBars(() => this.#followBars());
  /** @type {CurvePanel[]} */
  #panels = [];

  /** @param {HTMLElement} root @param {CurvesMessage} message @param {Changes} changes */
  constructor(root, message, changes) {
    this.root = root;
    this.message = message;
    this.changes = changes;
    this.#index = message.at;
    this.readout = add(root, "p", "current-x");
    this.#build();
  }

  close() {
    this.#bars.close();
    this.#timers.cancelAll();
  }

  /** @param {CurvesMessage} message @param {boolean} isNewLayout */
  show(message, isNewLayout) {
    const { x, axis } = this.message, before = x[this.#index], moves = axis.name === message.axis.name && !message.bars;
    this.message = message;
    this.#bars.connect(message.bars);
    this.#index = moves ? nearestIndex(message.x, before) : (this.#bars.indexIn(message.x) ?? message.at);
    if (isNewLayout) this.#build();
    this.redraw();
    if (moves) this.#movePoint();
    else this.changes.stopMovement();
  }

  /** Move the point along the curves to its position in the message; linked bars move it themselves. */
  #movePoint() {
    const from = this.#index, { at, x } = this.message;
    if (from === at) return this.changes.stopMovement();
    this.changes.moveTo(String(x[at]), (share) => {
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
        this.changes.finishMovement();
        indexBefore = this.#index;
        logitsBefore = this.#bars.logits;
        this.changes.hold();
      },
      move: (event) => this.#moveTo(panel.indexAt(event)),
      end: () => this.#release(),
      cancel: () => {
        this.#index = indexBefore;
        this.#draw();
        if (logitsBefore) this.#bars.restore(logitsBefore);
        else if (indexBefore !== this.message.at) return this.#release(); // a key's change that was not sent yet
        this.changes.release();
      },
      tap: (event) => {
        if (onHandle || event.target === panel.handle) return;
        this.changes.hold();
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
    this.changes.finishMovement();
    const index = /** @type {number} */ (indexAfterKey(event.key, this.#index, this.message.reach));
    event.preventDefault();
    event.stopPropagation();
    this.changes.hold();
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
    if (!this.message.bars) return this.changes.send({ x: this.message.x[this.#index] });
    this.#bars.setIndex(this.#index, true);
    this.changes.release();
  }

  #followBars() {
    if (this.changes.isHeld()) return;
    this.#index = this.#bars.indexIn(this.message.x) ?? this.#index;
    this.#draw();
  }

  /** Draw in the present size and colours. */
  redraw() {
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
