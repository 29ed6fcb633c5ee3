// Sends the stage's messages to Python.

/** @import { StageMessage } from "./messages.js" */
import { registry } from "./registry.js";

export class Channel {
  /** Whether the last message could not be sent because the feed, which sends it, does not exist yet */
  isUnsent = false;
  #isScheduled = false;
  /** @type {Partial<StageMessage>} */
  #extra = {};

  /**
   * @param {string} key Key of the stage
   * @param {() => StageMessage} compose Returns the stage's state, with the request that has no answer yet
   */
  constructor(key, compose) {
    this.key = key;
    this.compose = compose;
  }

  /**
   * Send the stage's state at the end of the current task, together with everything else sent in this task. A later
   * message may replace one that Python has not read, so each message repeats the whole state.
   * @param {Partial<StageMessage>} extra
   */
  send(extra = {}) {
    Object.assign(this.#extra, extra);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setTimeout(() => {
      this.#isScheduled = false;
      const feed = registry.feeds.get(this.key);
      this.isUnsent = !feed;
      if (!feed) return;
      feed.send({ ...this.compose(), ...this.#extra });
      this.#extra = {};
    });
  }
}
