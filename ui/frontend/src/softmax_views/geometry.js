// Softmax as geometry: the simplex of three classes, and the sigmoid of the first two.

/** @import { Drawing } from "./live_view.js" */
import { emit } from "../shared/events.js";
import { liveView } from "./live_view.js";
import { SigmoidPlot } from "./sigmoid_plot.js";
import { SimplexPlot } from "./simplex_plot.js";

/** @typedef {(logits: number[] | null, released?: boolean) => void} MoveLogits Sets the bars' logits; null restores them */

export default liveView((root, data) => {
  /** @type {MoveLogits} */
  const moveLogits = (logits, released = false) => {
    emit("moved", { bars: data.bars, logits: logits ?? [], released, cancelled: logits === null });
  };
  /** @type {Drawing[]} */
  const plots = data.names.length === 3 ? [new SimplexPlot(root, data, moveLogits)] : [];
  plots.push(new SigmoidPlot(root, data, moveLogits));
  return { draw: (state) => plots.forEach((plot) => plot.draw(state)) };
});
