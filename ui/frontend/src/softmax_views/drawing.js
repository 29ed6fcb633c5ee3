// Parts that the simplex plot and the sigmoid plot share.

import { add, svg } from "../shared/dom.js";
import { listenToDrags } from "../shared/drag.js";

/** @typedef {[x: number, y: number]} Point In the plot's own units */

const WIDTH = 440, HEIGHT = 392;

/**
 * Append a figure with a plot. The CSS variable --unit is the plot's unit per pixel, so that type has the same size in
 * plots of all sizes.
 * @param {HTMLElement} root
 * @param {string} className
 * @param {string} label
 */
export function addPlot(root, className, label) {
  const figure = add(root, "figure", className);
  add(figure, "figcaption", "", label);
  const plot = svg(figure, "svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": label });
  new ResizeObserver(([{ contentRect }]) => {
    if (contentRect.width) plot.style.setProperty("--unit", String(WIDTH / contentRect.width));
  }).observe(plot);
  return { figure, plot };
}

/** @param {SVGElement} parent @param {number[][]} ends @param {string} className */
export function line(parent, [[x1, y1], [x2, y2]], className) {
  return svg(parent, "line", { x1, y1, x2, y2, class: className });
}

/** @param {number} value */
export function rounded(value) {
  return Math.round(value * 100) / 100;
}

/** Return points as text for the `points` attribute of a polygon or polyline. @param {number[][]} points */
export function pointsText(points) {
  return points.map((point) => point.map(rounded).join(",")).join(" ");
}

/**
 * Append a point that can be dragged.
 * @param {SVGSVGElement} plot
 * @param {{role: string, label: string, testId: string}} description
 * @param {{move: (point: Point, released: boolean) => void, cancel: () => void}} events `move` gets the point's new position
 */
export function addDraggablePoint(plot, { role, label, testId }, { move, cancel }) {
  const group = svg(plot, "g", { class: "point", tabindex: 0, role, "aria-label": label });
  group.dataset.testid = testId;
  svg(group, "circle", { r: 30, class: "hit-area" });
  svg(group, "circle", { r: 9, class: "dot" });
  /** @type {Point} */
  let position = [0, 0];
  /** @type {Point} Vector from the pointer to the point at the beginning of the drag */
  let offset = [0, 0];
  let hasMoved = false;
  /** @param {PointerEvent} event @returns {Point} */
  const pointerAt = (event) => {
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(plot.getScreenCTM()?.inverse());
    return [x, y];
  };
  /** @param {PointerEvent} event @param {boolean} released */
  const follow = (event, released) => {
    const [x, y] = pointerAt(event);
    move([x + offset[0], y + offset[1]], released);
  };
  group.onmousedown = (event) => event.preventDefault(); // it would select texts
  listenToDrags(group, {
    canBegin: () => true,
    blocksScroll: () => true,
    begin(event) {
      const [x, y] = pointerAt(event);
      offset = [position[0] - x, position[1] - y];
      hasMoved = false;
      group.focus({ preventScroll: true });
    },
    move(event) {
      if (event.type !== "pointermove") return;
      hasMoved = true;
      follow(event, false);
    },
    end: (event) => hasMoved && follow(event, true),
    cancel: () => hasMoved && cancel(),
  });
  return {
    group,
    /** @param {Point} point */
    moveTo(point) {
      position = point;
      group.setAttribute("transform", `translate(${rounded(point[0])} ${rounded(point[1])})`);
    },
  };
}
