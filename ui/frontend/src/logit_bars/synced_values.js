// The values that the bars and Python agree on.

/** @import { Change, Values } from "./messages.js" */
import { Version } from "../shared/version.js";
import { valuesOf } from "./messages.js";

export class SyncedValues {
  #version = new Version();

  /** @param {Values} values The values that Python has, or will have once it has received the last change */
  constructor(values) {
    this.agreed = values;
  }

  /**
   * Receive values from Python. Return "stale" if they are older than the user's last change, "known" if they are the agreed
   * values, otherwise "new".
   * @param {Values} values
   * @param {number} version
   * @returns {"stale" | "known" | "new"}
   */
  receive(values, version) {
    if (this.#version.isStale(version)) return "stale";
    const isKnown = isSame(values, this.agreed);
    this.agreed = valuesOf(values);
    return isKnown ? "known" : "new";
  }

  /** Whether Python has received the last change. */
  get isAnswered() {
    return this.#version.isAnswered;
  }

  /** Count a change by the user. Return the message to Python, or null if Python has these values. @param {Values} values */
  change(values) {
    if (isSame(values, this.agreed)) return null;
    this.agreed = valuesOf(values);
    /** @type {Change} */
    const message = { ...valuesOf(values), version: this.#version.next() };
    return message;
  }
}

/** @param {Values} a @param {Values} b */
export function isSame(a, b) {
  const isSameNumber = (/** @type {number} */ z, /** @type {number} */ k) => z === b.logits[k];
  return (
    a.temperature === b.temperature && a.shift === b.shift &&
    a.logits.length === b.logits.length && a.logits.every(isSameNumber)
  );
}

/**
 * Interpolate between two sets of values: logits and shift linearly, the temperature geometrically.
 * @param {Values} from
 * @param {Values} to
 * @param {number} share 0 … 1
 */
export function between(from, to, share) {
  if (share === 1) return valuesOf(to);
  /** @param {number} a @param {number} b */
  const mix = (a, b) => a + (b - a) * share;
  return {
    logits: from.logits.map((z, k) => mix(z, to.logits[k])),
    temperature: Math.exp(mix(Math.log(from.temperature), Math.log(to.temperature))),
    shift: mix(from.shift, to.shift),
  };
}
