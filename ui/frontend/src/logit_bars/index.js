// Bars for logits, which can be dragged, and for their probabilities.

/** @import { BarsData } from "./messages.js" */
import { mounted } from "../shared/mount.js";
import { LogitBars } from "./bars.js";

export default mounted((root, /** @type {BarsData} */ data) => {
  return new LogitBars(/** @type {HTMLElement} */ (root.querySelector(".bars")), data);
});
