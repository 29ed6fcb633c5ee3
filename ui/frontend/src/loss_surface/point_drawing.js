// Drawing the point, its trail, and the arrow of the next step.

/** @import { Place } from "./messages.js" */
/** @import { DescentPoint } from "./point.js" */
/** @import { SurfaceStyle } from "./style.js" */
/** @import { ContourMap } from "./contour_map.js" */
/** @import { Surface3d } from "./surface_3d.js" */
import { marker } from "../shared/markers.js";
import { differences, gradientOf } from "./descent.js";

/** @typedef {ContourMap | Surface3d} Picture */
/** @typedef {CanvasRenderingContext2D} Context */

const STEPS_MARKED = 40; // up to this step each step has a dot, later only every fifth

/** @param {Context} context @param {Picture} picture @param {DescentPoint} point @param {SurfaceStyle} style */
export function drawPoint(context, picture, point, style) {
  drawTrail(context, picture, point, style);
  drawMarker(context, picture, point, style);
  drawArrow(context, picture, point, style);
}

/** @param {Context} context @param {Picture} picture @param {DescentPoint} point @param {SurfaceStyle} style */
function drawTrail(context, picture, { trail, position, place }, { theme, pen }) {
  const reached = trail.slice(0, Math.floor(position) + 1).map(differences);
  context.lineWidth = 1.6 * pen;
  context.strokeStyle = context.fillStyle = theme.muted;
  context.beginPath();
  [...reached.slice(1), place].forEach((to, i) => lineOnSurface(context, picture, reached[i], to));
  context.stroke();
  reached.forEach(([u, v], i) => {
    if (i > STEPS_MARKED && i % 5) return;
    context.beginPath();
    context.arc(...picture.pixel(u, v), 2.6 * pen, 0, 2 * Math.PI);
    context.fill();
  });
}

/**
 * Draw the point's marker, paler if the point is outside of the visible section.
 * @param {Context} context
 * @param {Picture} picture
 * @param {DescentPoint} point
 * @param {SurfaceStyle} style
 */
function drawMarker(context, picture, { place: [u, v], target }, { theme, shapes, classColours, pen }) {
  const { middle, half } = picture.section;
  context.globalAlpha = Math.max(Math.abs(u - middle[0]), Math.abs(v - middle[1])) > half ? 0.4 : 1;
  marker(context, shapes[target], ...picture.pixel(u, v), 7.5 * pen);
  context.fillStyle = classColours[target];
  context.strokeStyle = theme.background;
  context.lineWidth = 3;
  context.fill();
  context.stroke();
  context.globalAlpha = 1;
}

/**
 * Draw the next step −α(ŷ − y) as an arrow, and a ring where it ends.
 * @param {Context} context
 * @param {Picture} picture
 * @param {DescentPoint} point
 * @param {SurfaceStyle} style
 */
function drawArrow(context, picture, { logits, place, target, rate }, { theme, pen }) {
  const [du, dv] = differences(gradientOf(logits, target)).map((value) => -rate * value);
  /** @param {number} share @returns {Place} */
  const along = (share) => [place[0] + share * du, place[1] + share * dv];
  const [tail, before, tip] = [0, 0.9, 1].map((share) => picture.pixel(...along(share)));
  const angle = Math.atan2(tip[1] - before[1], tip[0] - before[0]);
  const length = Math.hypot(tip[0] - tail[0], tip[1] - tail[1]), size = Math.min(11 * pen, 0.7 * length);
  context.strokeStyle = context.fillStyle = theme.text;
  context.lineWidth = 1.8 * pen;
  context.setLineDash([3, 3]);
  context.beginPath();
  context.arc(...tip, 7 * pen, 0, 2 * Math.PI);
  context.stroke();
  context.setLineDash([]);
  context.lineWidth = 3.2 * pen;
  context.beginPath();
  lineOnSurface(context, picture, place, along(1 - (0.8 * size) / Math.max(length, 1))); // ends within the head
  context.stroke();
  context.beginPath();
  for (const [length, turn] of [[0, 0], [size, Math.PI - 0.45], [size, Math.PI + 0.45]]) {
    context.lineTo(tip[0] + length * Math.cos(angle + turn), tip[1] + length * Math.sin(angle + turn));
  }
  context.closePath();
  context.fill();
}

/**
 * Add a line from one place to another to the context's path. In 3-D, the line follows the surface.
 * @param {Context} context
 * @param {Picture} picture
 * @param {Place} from
 * @param {Place} to
 */
function lineOnSurface(context, picture, [u0, v0], [u1, v1]) {
  context.moveTo(...picture.pixel(u0, v0));
  const { linePieces } = picture;
  for (let i = 1; i <= linePieces; i++) {
    context.lineTo(...picture.pixel(u0 + ((u1 - u0) * i) / linePieces, v0 + ((v1 - v0) * i) / linePieces));
  }
}
