// Sends the stage's messages to Python: through a feed or, while the stage only plays, to the scene's `rowsUrl`.

/** @import { Answer, RunState, StageMessage } from "./messages.js" */
import { unpack } from "../shared/binary_message.js";
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

/**
 * Send a message to a URL of the server. Return the answer, or null if there is none, or one that is not the app's.
 * @param {string} url
 * @param {StageMessage} message
 */
async function post(url, message) {
  try {
    const response = await fetch(url, { method: "POST", body: JSON.stringify(message) });
    return response.ok ? /** @type {Answer} */ (unpack(new Uint8Array(await response.arrayBuffer()))) : null;
  } catch {
    return null;
  }
}

export class Channel {
  /** Whether the last message could not be sent because its feed does not exist yet */
  isUnsent = false;
  /** When `send` was last called */
  sentAt = -Infinity;
  /** @type {string | null} The scene's, until the stage leaves the page */
  rowsUrl = null;
  /** The revision of the settings in Python's last message; −1 if the stage did not play, or if a POST has failed since */
  knownRevision = -1;
  #isPosting = false;
  #isScheduled = false;
  /** Whether the stage played in the last message through a feed */
  #wasPlaying = false;
  /** @type {Partial<StageMessage>} What to add to the next message */
  #extra = {};

  /**
   * @param {string} key Key of the stage
   * @param {() => StageMessage} compose Returns the stage's state, with the request that has no answer yet
   */
  constructor(key, compose) {
    this.key = key;
    this.compose = compose;
  }

  /** Remember which settings Python knows, from one of its messages. @param {RunState} message */
  rememberKnown({ playing, revision }) {
    this.knownRevision = playing ? revision : -1;
  }

  /**
   * Send the stage's state at the end of the current task, together with everything else sent in this task. A later
   * message may replace one that Python has not read, so each message repeats the whole state.
   *
   * While the stage plays, messages other than the first do not let Python redraw the details below, which would
   * interrupt the animation. If Python knows the settings, they go to `rowsUrl`: for a message through Streamlit, the browser
   * would render the whole page.
   * @param {Partial<StageMessage>} extra
   */
  send(extra = {}) {
    Object.assign(this.#extra, extra);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.sentAt = performance.now();
    setTimeout(() => {
      this.#isScheduled = false;
      const message = { ...this.compose(), ...this.#extra }, { details, rows } = feedKeys(this.key);
      const isRowsOnly = message.playing && this.#wasPlaying && !Object.keys(this.#extra).length;
      const isKnown = message.revision === this.knownRevision && !message.restart;
      if (isRowsOnly && isKnown && this.rowsUrl && !this.#isPosting) return void this.#post(this.rowsUrl, message);
      const feed = registry.feeds.get(isRowsOnly ? rows : details);
      this.isUnsent = !feed;
      if (!feed) return;
      sendBeforeClicks(() => feed.send(message));
      this.#extra = {};
      this.#wasPlaying = message.playing;
    });
  }

  /**
   * Send a message to `rowsUrl`. After an error, for example because Python has newer settings, send it through the feed.
   * @param {string} url
   * @param {StageMessage} message
   */
  async #post(url, message) {
    this.#isPosting = true;
    const answer = await post(url, message);
    this.#isPosting = false;
    if (this.rowsUrl !== url) return; // the stage has left the page or has another scene
    if (answer) return registry.stages.get(this.key)?.receive(answer);
    this.knownRevision = -1;
    if (this.#wasPlaying) this.send(); // after a pause, the message about the pause has asked for the same rows
  }
}
