// Data from Python, for a component whose values the user can change.

import { animate } from "./motion.js";
import { Version } from "./version.js";

const MOVEMENT_MS = 600;

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
  /** @type {{goal: string, draw: (share: number) => void, stop: () => void} | null} The movement to the latest values */
  #movement = null;

  /**
   * @param {(data: Data) => void} show
   * @param {(isAwaited: boolean) => void} mark Called with whether Python has not answered the user's last change yet, or
   *   the user is making one, or the values shown move
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

  /**
   * Move from the values shown to those that Python has sent: call `draw` in each frame with the share of the way, 0 … 1. A
   * movement to the same goal continues; another one stops where it is.
   * @param {string} goal The new values as a text
   * @param {(share: number) => void} draw
   */
  moveTo(goal, draw) {
    if (this.#movement?.goal === goal) return;
    this.stopMovement();
    const movement = { goal, draw, stop: () => {} };
    this.#movement = movement;
    movement.stop = animate(MOVEMENT_MS, (share) => {
      if (share === 1) this.#movement = null;
      draw(share);
      if (share === 1) this.#mark();
    });
  }

  /** Jump to the end of a movement. */
  finishMovement() {
    const movement = this.#movement;
    this.stopMovement();
    movement?.draw(1);
  }

  /** Stop a movement where it is. */
  stopMovement() {
    this.#movement?.stop();
    this.#movement = null;
  }

  /** Let data wait until `release` is called. A movement jumps to its end. */
  hold() {
    this.finishMovement();
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
    this.mark(this.#isHeld || this.#movement !== null || !this.#version.isAnswered);
  }
}
