// Data from Python, for a component whose values the user can change.

import { Version } from "./version.js";

/**
 * Shows data from Python, unless the user has changed the values after Python sent the data. While the user is changing the
 * values, the latest data wait.
 * @template {{version: number}} Data
 */
export class IncomingData {
  #version = new Version();
  #isHeld = false;
  /** @type {Data | null} */
  #pending = null;

  /**
   * @param {(data: Data) => void} show
   * @param {(isAwaited: boolean) => void} mark Called with whether Python has not answered the user's last change yet, or
   *   the user is making one
   */
  constructor(show, mark = () => {}) {
    this.show = show;
    this.mark = mark;
  }

  /** @param {Data} data */
  receive(data) {
    if (this.#isHeld) this.#pending = data;
    else if (!this.#version.isStale(data.version)) this.show(data);
    this.#mark();
  }

  /** Let data wait until `release` is called. */
  hold() {
    this.#isHeld = true;
    this.#mark();
  }

  /** Count a change by the user. Return the number to send with it. */
  nextVersion() {
    return this.#version.next();
  }

  /** Show the latest data that arrived since `hold`, unless they are stale. */
  release() {
    this.#isHeld = false;
    const pending = this.#pending;
    this.#pending = null;
    if (pending) this.receive(pending);
    this.#mark();
  }

  /** The number of the last change, by the user or by Python. */
  get version() {
    return this.#version.number;
  }

  get isHeld() {
    return this.#isHeld;
  }

  #mark() {
    this.mark(this.#isHeld || !this.#version.isAnswered);
  }
}
