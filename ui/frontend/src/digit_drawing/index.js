// A square to draw a digit in, the image that the model sees, and what the model says.

import { mountedFigure } from "../shared/figure.js";
import { DigitDrawing } from "./digit_drawing.js";
import { layoutOf, parseMessage } from "./messages.js";

export default mountedFigure({
  selector: ".digit",
  parse: parseMessage,
  layoutOf,
  create: (root, message, changes) => new DigitDrawing(root, message, changes),
});
