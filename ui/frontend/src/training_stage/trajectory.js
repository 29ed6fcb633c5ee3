// The rows of one run that the browser has received, in order of their steps.

/** @import { End, Rows, SettingsChange } from "./messages.js" */

/** @typedef {{step: number, parameters: Float32Array, loss: number, accuracy: number, heldOut: number | null}} Row */

export class Trajectory {
  /** @type {Map<number, Row>} */
  rows = new Map();
  /** @type {number[]} Steps of the rows, ascending */
  steps = [];
  /** @type {End | null} */
  end = null;
  /** @type {SettingsChange[]} */
  changes = [];
  #range = emptyRange();

  /** Step of the last row; −1 if there is none. */
  get last() {
    return this.steps.at(-1) ?? -1;
  }

  /** Add rows. @param {Rows} rows The parameters of all rows are concatenated, W before b in each row */
  add({ steps, parameters, losses, accuracies, heldOut }) {
    const width = parameters.length / steps.length, { last } = this, visited = this.steps[this.#range.end] ?? -1;
    let isInOrder = true;
    steps.forEach((step, i) => {
      if (!this.rows.has(step)) {
        this.steps.push(step);
        isInOrder &&= step > last;
        if (step < visited) this.#range = emptyRange();
      }
      this.rows.set(step, {
        step,
        parameters: parameters.subarray(i * width, (i + 1) * width),
        loss: losses[i],
        accuracy: accuracies[i],
        heldOut: heldOut.length ? heldOut[i] : null,
      });
    });
    if (!isInOrder) this.steps.sort((a, b) => a - b);
  }

  /** Remove all rows after a step, and the end. @param {number} step */
  dropAfter(step) {
    for (const known of this.steps) if (known > step) this.rows.delete(known);
    this.steps = this.steps.filter((known) => known <= step);
    this.end = null;
    this.#range = emptyRange();
  }

  /** Index of the last row at or before a step; −1 if there is none. @param {number} step */
  indexAt(step) {
    let low = 0, high = this.steps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.steps[middle] <= step) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The row at an index. @param {number} index @returns {Row} */
  row(index) {
    return /** @type {Row} */ (this.rows.get(this.steps[index]));
  }

  /** Return the last row at or before a step; if there is none, the first row. @param {number} step */
  at(step) {
    return this.row(Math.max(this.indexAt(step), 0));
  }

  /** Whether the row of a step is here; for a step after the run's end, the row of the end. @param {number} step */
  has(step) {
    return this.rows.has(this.end ? Math.min(step, this.end[0]) : step);
  }

  /**
   * Return how far playback can go from `step`: to the last row before a gap of more than `stride`, searched up to `limit`;
   * Infinity if the rows reach the run's end.
   * @param {number} step
   * @param {number} stride
   * @param {number} limit
   */
  playableTo(step, stride, limit) {
    const { steps, end } = this;
    let i = Math.max(this.indexAt(step), 0);
    while (i + 1 < steps.length && steps[i + 1] - steps[i] <= stride && steps[i] < limit) i++;
    const last = steps[i] ?? step;
    return end && last >= end[0] ? Infinity : last;
  }

  /** Return the changes of the settings at or after a step. @param {number} step */
  changesSince(step) {
    return this.changes.filter((change) => change.step >= step);
  }

  /** Return how the next step changes a row's parameters; null if the next step's row is not here. @param {Row} row */
  updateAfter(row) {
    const next = this.rows.get(row.step + 1);
    return next ? next.parameters.map((value, i) => value - row.parameters[i]) : null;
  }

  /**
   * Return the smallest and largest training or held-out loss up to a step. Rows visited before are skipped.
   * @param {number} step
   */
  lossRange(step) {
    const end = this.indexAt(step);
    if (end < this.#range.end) this.#range = emptyRange();
    const range = this.#range;
    for (let i = range.end + 1; i <= end; i++) {
      const { loss, heldOut } = this.row(i);
      range.min = Math.min(range.min, loss, heldOut ?? Infinity);
      range.max = Math.max(range.max, loss, heldOut ?? 0);
    }
    range.end = Math.max(range.end, end);
    return range;
  }
}

function emptyRange() {
  return { end: -1, min: Infinity, max: 0 };
}
