// Named timers that can be cancelled together.

export class Timers {
  /** @type {Map<string, ReturnType<typeof setTimeout>>} */
  #timers = new Map();

  /**
   * Call `action` once after `ms` milliseconds. This cancels an earlier timer of the same name.
   * @param {string} name
   * @param {() => void} action
   * @param {number} ms
   */
  after(name, action, ms) {
    this.cancel(name);
    const end = () => {
      this.#timers.delete(name);
      action();
    };
    this.#timers.set(name, setTimeout(end, ms));
  }

  /** Call `action` every `ms` milliseconds. @param {string} name @param {() => void} action @param {number} ms */
  every(name, action, ms) {
    this.cancel(name);
    this.#timers.set(name, setInterval(action, ms));
  }

  /** Whether a timer of this name is set. @param {string} name */
  has(name) {
    return this.#timers.has(name);
  }

  /** @param {string} name */
  cancel(name) {
    clearTimeout(this.#timers.get(name)); // ends intervals, too
    this.#timers.delete(name);
  }

  cancelAll() {
    for (const name of [...this.#timers.keys()]) this.cancel(name);
  }
}
