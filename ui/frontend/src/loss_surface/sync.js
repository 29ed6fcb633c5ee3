// Decides when the state is sent to Python, and when data from Python are shown.

/** @import { SurfaceMessage } from "./messages.js" */
import { IncomingData } from "../shared/incoming_data.js";
import { Timers } from "../shared/timers.js";

const REST_MS = 150; // after a change, until it is sent

/**
 * Return a text that is the same for two states if they show the same descent.
 * @param {Pick<SurfaceMessage, "start" | "steps" | "target" | "rate" | "openings">} state
 */
export function descentOf({ start, steps, target, rate, openings }) {
  return JSON.stringify([start, steps, target, rate, openings]);
}

/**
 * @typedef {Object} SyncEvents
 * @property {(message: SurfaceMessage) => void} show Show data from Python
 * @property {(version: number) => string} send Send the state to Python. Returns its `descentOf`
 * @property {() => boolean} isMoving Whether an animation is running; after its end, `resume` must be called
 * @property {() => void} stopAnimation End the animation at once
 * @property {(isAwaited: boolean) => void} mark Show whether Python's numbers are older than the point
 */

export class StateSync {
  #timers = new Timers();
  #isDragging = false;
  #isUnsent = false;
  #agreed = "";

  /** @param {SyncEvents} events */
  constructor(events) {
    this.events = events;
    this.incoming = new IncomingData(events.show, events.mark);
  }

  /**
   * Show data from Python, unless the user is changing the state or has changed it since. If Python has another descent
   * than it last had, as after an answer or at another step of the lecture, an animation ends.
   * @param {SurfaceMessage} message
   */
  receive(message) {
    const descent = descentOf(message), isLatest = message.version >= this.incoming.version;
    if (isLatest && descent !== this.#agreed && this.events.isMoving()) this.#discard();
    if (isLatest) this.#agreed = descent;
    this.incoming.receive(message);
  }

  /** Stop the animation, and do not send its result. */
  #discard() {
    this.events.stopAnimation();
    this.#timers.cancel("rest");
    this.#isUnsent = false;
    this.incoming.release();
  }

  /** An animation begins: let data from Python wait until `resume` is called. */
  hold() {
    this.incoming.hold();
  }

  /** The user has changed the state: send it after a pause without further changes, drags or animation. */
  changed() {
    this.#isUnsent = true;
    this.incoming.hold();
    this.#timers.after("rest", () => this.#send(), REST_MS);
  }

  beginDrag() {
    this.#isDragging = true;
    this.incoming.hold();
  }

  endDrag() {
    this.#isDragging = false;
    this.#send();
  }

  /** A drag was cancelled, so that there is nothing new to send. */
  cancelDrag() {
    this.#isDragging = false;
    this.resume();
  }

  /** An animation has ended: send what was changed before or during it. */
  resume() {
    if (this.#isUnsent) this.changed();
    else this.incoming.release();
  }

  close() {
    this.#timers.cancelAll();
    this.events.mark(false);
  }

  #send() {
    if (this.#isDragging || this.events.isMoving()) return;
    this.#timers.cancel("rest");
    this.#isUnsent = false;
    this.#agreed = this.events.send(this.incoming.nextVersion());
    this.incoming.release();
  }
}
