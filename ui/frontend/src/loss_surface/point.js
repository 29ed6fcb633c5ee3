// The point on the surface: its start, the gradient steps taken, and the position along these steps that is shown.

/** @import { Place } from "./messages.js" */
import { crossEntropy } from "../shared/softmax.js";
import { formatDecimal } from "../shared/number_format.js";
import { differences, stepped } from "./descent.js";

export class DescentPoint {
  /** Logits at the start and after each step */
  trail = [[0, 0, 0]];
  /** The step shown; between two steps, a fraction */
  position = 0;
  target = 0;
  rate = 0;
  maxSteps = 0;

  /** @param {{target: number, rate: number, maxSteps: number}} settings */
  configure({ target, rate, maxSteps }) {
    Object.assign(this, { target, rate, maxSteps });
  }

  /** Begin a descent at a place. @param {Place} place */
  begin([u, v]) {
    this.trail = [[u, v, 0]];
    this.position = 0;
  }

  /**
   * Whether another descent has the same start, true class and learning rate.
   * @param {{start: Place, target: number, rate: number}} other
   */
  isOnPath({ start, target, rate }) {
    return start.every((value, i) => value === this.start[i]) && target === this.target && rate === this.rate;
  }

  /** @returns {Place} */
  get start() {
    return [this.trail[0][0], this.trail[0][1]];
  }

  get lastStep() {
    return this.trail.length - 1;
  }

  get canStep() {
    return this.lastStep < this.maxSteps;
  }

  addStep() {
    this.trail.push(stepped(this.trail[this.lastStep], this.target, this.rate));
  }

  /** Show a step, and drop the steps after it. @param {number} step */
  stopAt(step) {
    this.position = Math.min(step, this.lastStep);
    this.trail.length = this.position + 1;
  }

  /** The logits at the position shown, interpolated between two steps. */
  get logits() {
    const before = Math.floor(this.position), share = this.position - before;
    const from = this.trail[before], to = this.trail[before + 1];
    return share > 0 ? from.map((value, k) => value + share * (to[k] - value)) : from;
  }

  /** @returns {Place} */
  get place() {
    return differences(this.logits);
  }

  /** Return the point's place and loss as a text. */
  describe() {
    const [u, v] = this.place.map((value) => formatDecimal(value, 2));
    return `z₁ − z₃ = ${u}, z₂ − z₃ = ${v}, L = ${formatDecimal(crossEntropy(this.logits, this.target))}`;
  }
}
