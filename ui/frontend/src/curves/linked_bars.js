// The logit bars that show the same prediction as the curves.

/** @import { Bars } from "./messages.js" */
import { emit, on } from "../shared/events.js";
import { softmax } from "../shared/softmax.js";
import { nearestIndex } from "./scale.js";

/**
 * The value along the horizontal axis of logits (K,): the probability of class k, or its margin over the other classes.
 * @param {number[]} logits
 * @param {Pick<Bars, "k" | "measure">} bars
 */
export function measureOf(logits, { k, measure }) {
  if (measure === "probability") return softmax(logits)[k];
  return logits[k] - Math.max(...logits.filter((_, i) => i !== k));
}

export class LinkedBars {
  /** @type {Bars | null} As Python described them last */
  #bars = null;
  /** @type {number[] | null} The logits that the bars have drawn last, which may be newer than Python's */
  #drawn = null;
  #stop = () => {};

  /** @param {() => void} onDrawn Called when the bars have been drawn */
  constructor(onDrawn) {
    this.onDrawn = onDrawn;
  }

  /** Listen to these bars. @param {Bars | null} bars */
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

  /** End a drag that is cancelled: restore the logits. @param {number[]} logits */
  restore(logits) {
    if (this.#bars) emit("moved", { bars: this.#bars.key, logits, released: true, cancelled: true });
  }

  /** Set the logit of class k to that at an index of x. @param {number} index @param {boolean} released Whether this ends a drag */
  setIndex(index, released) {
    if (!this.#bars) return;
    const { key, logits, k, logitsOfK } = this.#bars;
    emit("moved", { bars: key, logits: logits.map((z, i) => (i === k ? logitsOfK[index] : z)), released });
  }

  /** Index of the value nearest to what the bars show; null if they have drawn nothing. @param {Float64Array} x */
  indexIn(x) {
    if (!this.#bars || this.#drawn?.length !== this.#bars.logits.length) return null;
    return nearestIndex(x, measureOf(this.#drawn, this.#bars));
  }
}
