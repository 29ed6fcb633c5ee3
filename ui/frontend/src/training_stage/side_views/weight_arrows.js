// Draws the two weights of each class as a line from the origin, with a magnified arrow of the next update at its end.

/** @import { StageContext } from "../context.js" */
/** @import { Row } from "../trajectory.js" */
/** @import { SideView } from "./index.js" */
import { drawAxes } from "../../shared/axes.js";
import { arrow, marker } from "../../shared/markers.js";
import { tickLabel } from "../../shared/number_format.js";
import { niceCeil, niceUpperBound } from "../../shared/ticks.js";

/** @implements {SideView} */
export class WeightArrows {
  kind = "drawing";
  label = "showArrows";

  /** @param {StageContext} context */
  constructor(context) {
    this.context = context;
  }

  get isPossible() {
    return this.context.models[0].columns === 2;
  }

  /** @param {Row} row */
  draw(row) {
    const { scene, style, surfaces, models: [model], classes, buffer } = this.context;
    const [weights] = model.split(row), update = buffer.trajectories[0].updateAfter(row), { font, pen, theme } = style;
    const box = surfaces.open(this.context.canvas(".drawing"), style.canvasFont, { left: font * 3.9, top: 6, right: font * 1.3, bottom: font * 3.5 });
    const side = Math.min(box.width, box.height), { context } = box;
    const area = { ...box, left: box.left + (box.width - side) / 2, width: side, height: side };
    const reach = niceUpperBound(1.6 * Math.max(0.3, ...weights.map(Math.abs)));
    const [xAxis, yAxis] = model.description.parameterNames.map((name) => ({
      range: /** @type {[number, number]} */ ([-reach, reach]), name: scene.texts.weight.replace("{name}", name),
    }));
    drawAxes(area, style, xAxis, yAxis);
    /** @param {number} w */
    const x = (w) => area.left + ((w + reach) / (2 * reach)) * side;
    /** @param {number} w */
    const y = (w) => area.top + side * (1 - (w + reach) / (2 * reach));
    const lengths = Array.from({ length: classes }, (_, k) => (update ? Math.hypot(update[k], update[classes + k]) : 0));
    const longest = Math.max(...lengths);
    const factor = longest > 0 ? niceCeil(Math.max(1, (0.15 * reach) / longest)) : 1; // at most 3/8 of the axis
    for (let k = 0; k < classes; k++) {
      const tip = [weights[k], weights[classes + k]];
      context.strokeStyle = context.fillStyle = theme.classes[k];
      context.lineWidth = 2.4 * pen;
      context.beginPath();
      context.moveTo(x(0), y(0));
      context.lineTo(x(tip[0]), y(tip[1]));
      context.stroke();
      marker(context, scene.shapes[k], x(tip[0]), y(tip[1]), 5 * pen);
      context.fill();
      if (!update || longest === 0) continue;
      context.strokeStyle = theme.text;
      arrow(context, x(tip[0]), y(tip[1]), x(tip[0] + factor * update[k]), y(tip[1] + factor * update[classes + k]), 6 * pen);
    }
    if (longest === 0) return;
    context.fillStyle = theme.text;
    context.textAlign = "left";
    context.textBaseline = "top";
    const right = area.left + side + 8, space = box.left + box.width + font * 1.3 - right;
    [scene.texts.update, scene.texts.magnified.replace("{times}", tickLabel(factor))].forEach((text, i) => {
      context.fillText(text, right, area.top + 5 + i * font * 1.4, space);
    });
  }

  /** @param {Row} row */
  describe(row) {
    const { scene, models: [model], classes } = this.context, [weights] = model.split(row);
    const arrows = scene.classNames.map((name, k) => {
      const [w1, w2] = [weights[k], weights[classes + k]].map((weight) => weight.toFixed(2).replace("-", "−"));
      return `${name} (${w1}, ${w2})`;
    });
    return `${scene.texts.arrows}. ${[`${scene.texts.step} ${row.step}`, ...arrows].join(scene.texts.comma)}`;
  }
}
