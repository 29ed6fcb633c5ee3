// The crosshair on the planes: moves it by pointer and keys.

/** @import { StageContext } from "./context.js" */
/** @import { Values } from "./messages.js" */

/** @type {Record<string, [number, number]>} */
const MOVES = { ArrowRight: [0.02, 0], ArrowLeft: [-0.02, 0], ArrowUp: [0, 0.02], ArrowDown: [0, -0.02] };

export class Probe {
  /**
   * @param {StageContext} context
   * @param {(values: Values) => void} change Changes settings
   */
  constructor(context, change) {
    this.context = context;
    this.change = change;
  }

  /** Move the crosshair to shares of the plane, 0 … 1 from the lower left. @param {number} u @param {number} v */
  moveTo(u, v) {
    const [x, y] = [u, v].map((share) => Number((100 * Math.min(Math.max(share, 0), 1)).toPrecision(4)));
    this.change({ probe_x: x, probe_y: y });
  }

  /** Move the crosshair by 2 % of the plane if the key is an arrow key. Return whether the key is one. @param {string} key */
  press(key) {
    const move = MOVES[key], { probe_x: x, probe_y: y } = this.context.shownValues;
    if (move) this.moveTo(x / 100 + move[0], y / 100 + move[1]);
    return Boolean(move);
  }
}
