// Which of two values of a setting is newer: the browser's or Python's.

/**
 * Counts the changes of a component's values. Each change by the user raises the number. Python stores the number of the
 * last change it has received and sends it with its own values, which are stale if the number is lower.
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
   * Whether Python's values are older than ours. After a restart of the server, its numbers begin again at 0; then its
   * values are taken over.
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
