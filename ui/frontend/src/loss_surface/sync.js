// Decides when the state is sent to Python, and when data from Python are shown.

/** @import { SurfaceMessage } from "./messages.js" */
import { IncomingData } from "../shared/incoming_data.js";
import { Timers } from "../shared/timers.js";

const REST_MS = 150; // after a change, until it is sent

/**
 * @typedef {Object} SyncEvents
 * @property {(message: SurfaceMessage) => void} show Show data from Python
 * @property {(version: number) => void} send Send the state to Python
 * @property {() => boolean} isMoving Whether an animation is running; after its end, `settle` must be called
 */

export class StateSync {
  #timers = new Timers();
  #isDragging = false;
  #isUnsent = false;

  /** @param {SyncEvents} events */
  constructor(events) {
    this.events = events;
    this.incoming = new IncomingData(events.show);
  }

  /** Show data from Python, unless the user is changing the state or has changed it since. @param {SurfaceMessage} message */
  receive(message) {
    this.incoming.receive(message);
  }

  /** An animation begins: let data from Python wait until `settle` is called. */
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
    this.settle();
  }

  /** An animation has ended: send what was changed before or during it. */
  settle() {
    if (this.#isUnsent) this.changed();
    else this.incoming.release();
  }

  close() {
    this.#timers.cancelAll();
  }

  #send() {
    if (this.#isDragging || this.events.isMoving()) return;
    this.#timers.cancel("rest");
    this.#isUnsent = false;
    this.events.send(this.incoming.nextVersion());
    this.incoming.release();
  }
}
