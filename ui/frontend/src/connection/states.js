// Detects when the connection to the server is lost, back, and followed by a rerun of the page.

/**
 * @typedef {Object} ConnectionEvents
 * @property {() => void} onLost The connection is lost
 * @property {() => void} onReconnected The connection is back, and the caller must rerun the page: Streamlit does not
 * @property {() => void} onRestored The page has been run again
 */

/** Calls the events when the state of the connection or of the page's script changes. */
export class ConnectionStates {
  #isLost = false;
  #awaitsRun = false;
  #hasRunBegun = false;

  /** @param {ConnectionEvents} events */
  constructor(events) {
    this.events = events;
  }

  /** @param {{isConnected: boolean, isRunning: boolean}} state */
  update({ isConnected, isRunning }) {
    const wasLost = this.#isLost;
    this.#isLost = !isConnected;
    if (this.#isLost && !wasLost) this.events.onLost();
    if (isConnected && wasLost) {
      this.#awaitsRun = true;
      this.#hasRunBegun = false;
      this.events.onReconnected();
    }
    if (isRunning) this.#hasRunBegun = true;
    else if (this.#awaitsRun && isConnected && this.#hasRunBegun) {
      this.#awaitsRun = false;
      this.events.onRestored();
    }
  }
}
