// The values that the bars show. The user, a playing slider or Python can change them.

/** @import { BarsData, Change, Values } from "./messages.js" */
import { animate } from "../shared/motion.js";
import { softmax } from "../shared/softmax.js";
import { Timers } from "../shared/timers.js";
import { valuesOf } from "./messages.js";
import { SyncedValues, between, isSame } from "./synced_values.js";

const TRANSITION_MS = 700;
const KEY_PAUSE_MS = 150; // time after the last key press until the values are sent to Python

/** @typedef {number | "temperature" | "shift" | "view"} Control The user moves the bar of a class, a slider or a view */

export class BarsModel {
  /** @type {Control | null} */
  active = null;
  /** @type {number[] | null} Probabilities before Python changed the values, for comparison */
  before = null;
  /** @type {number | null} Class whose bar was moved last */
  lastMoved = null;
  /** @type {{control: Control, stop: () => void} | null} The slider that plays */
  playing = null;
  /** @type {(() => void) | null} Stops the transition to values from Python */
  #stopTransition = null;
  #timers = new Timers();
  #openings = 0;

  /**
   * @param {BarsData} data
   * @param {() => void} draw
   * @param {(change: Change) => void} send Sends a change to Python
   */
  constructor(data, draw, send) {
    this.values = valuesOf(data);
    /** Values before the user's current change */
    this.start = this.values;
    this.synced = new SyncedValues(valuesOf(data));
    this.draw = draw;
    this.send = send;
  }

  /** Whether the values are still being changed. */
  get moving() {
    return this.active !== null || this.#stopTransition !== null;
  }

  /** Whether the bars are newer than Python's numbers: a change is in progress, or Python has not answered it. */
  get isAhead() {
    return this.moving || !this.synced.isAnswered;
  }

  /**
   * Receive values from Python. Return false if they are older than the user's last change and were therefore ignored. New
   * values stop a playing slider. They are shown with a transition, unless the user is changing a value. Values of a lecture
   * step or question that was just opened stop every change, and are not compared with the values shown before.
   * @param {BarsData} data
   * @param {boolean} atOnce Whether to show the values without a transition
   */
  receive(data, atOnce) {
    const kind = this.synced.receive(valuesOf(data), data.version);
    if (kind === "stale") return false;
    const isOpened = data.openings !== this.#openings;
    this.#openings = data.openings;
    if (atOnce) {
      this.stop();
      this.before = this.lastMoved = null;
      this.values = valuesOf(data);
    } else if (kind === "new" || isOpened) {
      if (this.playing || isOpened) this.stop();
      if (this.active === null) this.#moveTo(valuesOf(data), !isOpened);
    }
    return true;
  }

  /** Begin a change by the user: stop the transition and any other slider that plays. @param {Control} control */
  begin(control) {
    this.#timers.cancel("release");
    if (this.#stopTransition) {
      this.#endTransition();
      this.values = valuesOf(this.synced.agreed);
    }
    if (this.playing?.control !== control) this.#stopPlaying();
    if (this.active !== control) this.start = this.values;
    this.active = control;
    this.before = null;
  }

  /** Change values and draw them. @param {Control} control @param {Partial<Values>} values */
  set(control, values) {
    this.begin(control);
    if (typeof control === "number") this.lastMoved = control;
    this.values = { ...this.values, ...values };
    this.draw();
  }

  /** End a change, and send it to Python. */
  release() {
    this.#timers.cancel("release");
    this.active = null;
    const change = this.synced.change(this.values);
    this.draw();
    if (change) this.send(change);
  }

  /** End a change by keys after a pause, unless another key follows. */
  releaseSoon() {
    this.#timers.after("release", () => this.release(), KEY_PAUSE_MS);
  }

  /** End a change by keys at once, because the control has lost the focus. */
  releaseNow() {
    if (this.#timers.has("release")) this.release();
  }

  /** Cancel a change: restore the values that Python has. */
  cancel() {
    this.active = null;
    this.values = valuesOf(this.synced.agreed);
    this.draw();
  }

  /** Stop timers, transition and playing slider, without sending the values. */
  stop() {
    this.#timers.cancelAll();
    this.#endTransition();
    this.#stopPlaying();
    this.active = null;
  }

  /** @param {Values} to @param {boolean} isCompared Whether to show the probabilities from before, too */
  #moveTo(to, isCompared) {
    this.#endTransition();
    const from = this.values, isUnchanged = isSame(from, to);
    if (!isCompared) this.before = null;
    else if (!isUnchanged) this.before = softmax(from.logits, from.temperature);
    if (isUnchanged) return this.draw();
    this.#stopTransition = () => stop();
    let stop = () => {};
    stop = animate(TRANSITION_MS, (share) => {
      if (share === 1) this.#stopTransition = null;
      this.values = between(from, to, share);
      this.draw();
    });
  }

  #endTransition() {
    this.#stopTransition?.();
    this.#stopTransition = null;
  }

  #stopPlaying() {
    this.playing?.stop();
    this.playing = null;
  }
}
