// A player that shows how the weights of the ten digits form during training.

import { mounted } from "../shared/mount.js";
import { DigitTraining } from "./digit_training.js";

export default mounted((root, /** @type {Uint8Array} */ data) => {
  return new DigitTraining(/** @type {HTMLElement} */ (root.querySelector(".digit-training")), data);
});
