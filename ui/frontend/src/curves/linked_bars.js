// The logit bars that show the same prediction as the curves.

/** @import { Bars } from "./messages.js" */
import { emit, on } from "../shared/events.js";
import { softmax } from "../shared/softmax.js";
import { nearestIndex } from "./scale.js";

/**
 * Return where logits (K,) lie on the horizontal axis: the probability of class k, or z_k minus the largest other logit.
 * @param {number[]} logits
 * @param {Pick<Bars, "k" | "measure">} bars
 */
export function measureOf(logits, { k, measure }) {
  if (measure === "probability") return softmax(logits)[k];
  return logits[k] - Math.max(...logits.filter((_, i) => i !== k));
}

export class LinkedBars {
  /** @type {Bars | null} Latest description of the bars from Python */
  #bars = null;
  /** @type {number[] | null} The logits that the bars drew last; they may be newer than those from Python */
  #drawn = null;
  #stop = () => {};

  /** @param {() => void} onDrawn Called when the bars have been drawn */
  constructor(onDrawn) {
    this.onDrawn = onDrawn;
  }

  /** Listen to these bars, and to no others. @param {Bars | null} bars */
  connect(bars) {
    const isSame = bars?.key === this.#bars?.key;
    this.#bars = bars;
    if (isSame) return;
    this.close();
    if (!bars) return;
    this.#stop = on("drawn", bars.key, ({ logits }) => {
      this.#drawn = logits;
      this.onDrawn();
    });
  }

  close() {
    this.#stop();
    this.#stop = () => {};
    this.#drawn = null;
  }

  get logits() {
    return this.#drawn ?? this.#bars?.logits ?? null;
  }

  /** Restore the bars' logits after a drag was cancelled. @param {number[]} logits Logits before the drag */
  restore(logits) {
    if (this.#bars) emit("moved", { bars: this.#bars.key, logits, released: true, cancelled: true });
  }

  /**
   * Set the logit of class k to its value at `x[index]`.
   * @param {number} index
   * @param {boolean} released Whether the drag has ended
   */
  setIndex(index, released) {
    if (!this.#bars) return;
    const { key, logits, k, logitsOfK } = this.#bars;
    emit("moved", { bars: key, logits: logits.map((z, i) => (i === k ? logitsOfK[index] : z)), released });
  }

  /**
   * Return the index of the x nearest to the bars' value; null before the bars have drawn these classes.
   * @param {Float64Array} x
   */
  indexIn(x) {
    if (!this.#bars || this.#drawn?.length !== this.#bars.logits.length) return null;
    return nearestIndex(x, measureOf(this.#drawn, this.#bars));
  }
}
