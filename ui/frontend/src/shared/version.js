// Version numbers that tell whether the browser's or Python's values are newer.

/**
 * Counts the changes of a component's values. Each change by the user raises the number. Python sends its values with the
 * number of the last change that it has received: if this number is lower than the browser's, Python's values are stale.
 */
export class Version {
  number = 0;
  #latest = 0;

  /** Count a change by the user. Return its number. */
  next() {
    return ++this.number;
  }

  /** Whether Python has the user's last change. */
  get isAnswered() {
    return this.#latest >= this.number;
  }

  /**
   * Whether Python's values are older than the browser's. After a restart of the server, Python counts from 0 again; its values
   * are then accepted.
   * @param {number} received Number that came with the values
   */
  isStale(received) {
    const isRestart = received < this.#latest;
    this.#latest = received;
    if (!isRestart && received < this.number) return true;
    this.number = received;
    return false;
  }
}
