// What is known of the run: rows of (step, parameters, loss, accuracy, loss held out), at any steps, in order.

class History {
  constructor() {
    this.rows = new Map();
    this.steps = [];
  }

  get last() {
    return this.steps.length ? this.steps[this.steps.length - 1] : -1;
  }

  /** Add the rows of a message, whose parameters lie one row after another, W then b. */
  add({ steps, parameters, losses, accuracies, heldOut }) {
    const width = parameters.length / steps.length;
    let fresh = false;
    for (let i = 0; i < steps.length; i++) {
      fresh ||= !this.rows.has(steps[i]);
      this.rows.set(steps[i], {
        step: steps[i],
        parameters: parameters.subarray(i * width, (i + 1) * width),
        loss: losses[i],
        accuracy: accuracies[i],
        heldOut: heldOut.length ? heldOut[i] : null,
      });
    }
    if (fresh) this.steps = [...this.rows.keys()].sort((a, b) => a - b);
  }

  /** Forget all rows after a step. */
  dropAfter(step) {
    for (const known of this.steps) if (known > step) this.rows.delete(known);
    this.steps = this.steps.filter((known) => known <= step);
  }

  /** Index of the last row at or before a step; −1 if there is none. */
  indexAt(step) {
    let low = 0, high = this.steps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.steps[middle] <= step) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The last row at or before a step. */
  at(step) {
    return this.rows.get(this.steps[Math.max(this.indexAt(step), 0)]);
  }

  /** How far from a step on the rows are no more than `stride` apart. */
  smoothFrom(step, stride, horizon) {
    let i = this.indexAt(step);
    while (i + 1 < this.steps.length && this.steps[i + 1] - this.steps[i] <= stride && this.steps[i] < horizon) i++;
    return this.steps[i] ?? step;
  }
}
