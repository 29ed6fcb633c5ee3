// A player that shows how the weights of the ten digits form during training.

import { mountedFigure } from "../shared/figure.js";
import { DigitTraining } from "./digit_training.js";
import { layoutOf, parseMessage } from "./messages.js";

export default mountedFigure({
  selector: ".digit-training",
  parse: parseMessage,
  layoutOf,
  create: (root, message, changes) => new DigitTraining(root, message, changes),
});
