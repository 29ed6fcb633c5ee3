// Table of W and b and, if there is space, of the changes that the next step adds.

/** @import { StageContext } from "../context.js" */
/** @import { Row } from "../trajectory.js" */
/** @import { SideView } from "./index.js" */
import { element, setText } from "../../shared/dom.js";
import { formatFixed } from "../../shared/number_format.js";

/** @implements {SideView} */
export class ParametersTable {
  kind = "table";
  label = "showParameters";
  /** @type {HTMLElement[][]} Cells of W and b, and of the update */
  #cells = [];

  /** @param {StageContext} context */
  constructor(context) {
    this.context = context;
  }

  get isPossible() {
    return this.context.models[0].columns <= 2 && this.context.classes <= 4;
  }

  build() {
    const { context } = this, { scene, classes, style, models } = context, { texts } = scene, table = context.find(".parameters");
    const columns = scene.enlarged ? 2 : 1; // on a projector, the curve is beside the table
    const hasSpace = context.find(".side-column").clientWidth / columns / style.font > 2 * (2 + 4.4 * classes);
    const parts = hasSpace ? [texts.bothParameters, texts.update] : [texts.bothParameters];
    this.#cells = parts.map(() => []);
    table.setAttribute("aria-label", texts.parameters);
    table.replaceChildren(
      element("tr", {}, element("td"), ...parts.map((text) => element("th", { scope: "colgroup", colSpan: classes, textContent: text }))),
      element("tr", {}, element("td"), ...parts.flatMap(() => scene.classNames.map((_, k) => classHeading(context, k)))),
      ...[...models[0].description.parameterNames, texts.bias].map((name) => {
        const row = element("tr", {}, element("th", { scope: "row", textContent: name }));
        for (const part of this.#cells) {
          for (let k = 0; k < classes; k++) {
            const cell = element("td");
            cell.style.color = `var(--class-${k})`;
            part.push(cell);
            row.append(cell);
          }
        }
        return row;
      }),
    );
  }

  /** @param {Row} row */
  draw(row) {
    const [values, changes] = this.#cells, update = this.context.buffer.trajectories[0].updateAfter(row);
    row.parameters.forEach((value, i) => setText(values[i], formatFixed(value, 3)));
    changes?.forEach((cell, i) => setText(cell, update ? withArrow(update[i]) : ""));
  }
}

/** @param {StageContext} context @param {number} k */
function classHeading({ scene }, k) {
  const heading = element("th", { scope: "col", textContent: scene.glyphs[k], title: scene.classNames[k] });
  heading.setAttribute("aria-label", scene.classNames[k]);
  heading.style.color = `var(--class-${k})`;
  return heading;
}

/** Format a change as its absolute value with an arrow for the direction. @param {number} change */
export function withArrow(change) {
  const size = formatFixed(Math.abs(change), 4);
  return `${Number(size) === 0 ? "·" : change > 0 ? "↑" : "↓"} ${size}`;
}
