// Sends the stage's messages to Python.

/** @import { StageMessage } from "./messages.js" */
import { feedKeys, registry } from "./registry.js";

/**
 * Send a message, and hold back clicks until Streamlit has sent it. Otherwise Streamlit would put the value of a clicked
 * button into the same message. Python runs only the stage's fragment for it, so the button would do nothing.
 * @param {() => void} send
 */
function sendBeforeClicks(send) {
  const controller = new AbortController();
  /** @type {(() => void)[]} */
  const held = [];
  /** @param {MouseEvent} event */
  const hold = (event) => {
    const [target] = event.composedPath();
    event.preventDefault();
    event.stopImmediatePropagation();
    held.push(() => target.dispatchEvent(new MouseEvent("click", event)));
  };
  addEventListener("click", hold, { capture: true, signal: controller.signal });
  send();
  setTimeout(() => {
    controller.abort();
    for (const click of held) click();
  }); // Streamlit's timer, set in `send`, ends before this one
}

export class Channel {
  /** Whether the last message could not be sent because the feed, which sends it, does not exist yet */
  isUnsent = false;
  #isScheduled = false;
  #wasPlaying = false;
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
   *
   * While the stage plays, messages other than the first do not let Python redraw the details below, which would
   * interrupt the animation.
   * @param {Partial<StageMessage>} extra
   */
  send(extra = {}) {
    Object.assign(this.#extra, extra);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setTimeout(() => {
      this.#isScheduled = false;
      const message = { ...this.compose(), ...this.#extra }, { details, rows } = feedKeys(this.key);
      const isRowsOnly = message.playing && this.#wasPlaying && !Object.keys(this.#extra).length;
      const feed = registry.feeds.get(isRowsOnly ? rows : details);
      this.isUnsent = !feed;
      if (!feed) return;
      sendBeforeClicks(() => feed.send(message));
      this.#extra = {};
      this.#wasPlaying = message.playing;
    });
  }
}
