/**
 * @typedef {Object} ConnectionEvents
 * @property {() => void} onLost
 * @property {() => void} onReconnected The page must be run again: Streamlit does not do so by itself
 * @property {() => void} onRestored The page has been run again
 */

/** Follows the states of the connection and of the page's script. */
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
