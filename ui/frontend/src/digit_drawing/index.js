// A square to draw a digit in, the image that the model sees, and what the model says.

import { mounted } from "../shared/mount.js";
import { DigitDrawing } from "./digit_drawing.js";

export default mounted((root, /** @type {Uint8Array} */ data) => {
  return new DigitDrawing(/** @type {HTMLElement} */ (root.querySelector(".digit")), data);
});
