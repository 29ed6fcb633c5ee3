// Bars that show logits and can be dragged, with the probabilities of these logits.

/** @import { BarsData } from "./messages.js" */
import { mounted } from "../shared/mount.js";
import { LogitBars } from "./bars.js";

export default mounted((root, /** @type {BarsData} */ data) => {
  return new LogitBars(/** @type {HTMLElement} */ (root.querySelector(".bars")), data);
});
