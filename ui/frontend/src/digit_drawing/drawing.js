// A drawing: strokes, and pixels of the image that are switched by hand. Functions return new drawings.

/** @import { Preprocessing } from "./digit_image.js" */
/** @import { GridStroke } from "./strokes_text.js" */
import { bitmap, blockCounts } from "./digit_image.js";
import { GRID } from "./strokes_text.js";

/** @typedef {{strokes: GridStroke[], switched: number[]}} Drawing */

export const MAX_COUNT = 16;

/** @type {Drawing} */
export const EMPTY = { strokes: [], switched: [] };

/** Whether there is neither a stroke nor a switched pixel. @param {Drawing} drawing */
export function isEmpty({ strokes, switched }) {
  return !strokes.length && !switched.length;
}

/** Whether two drawings have the same strokes and switched pixels. @param {Drawing} one @param {Drawing} other */
export function isSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** With one more stroke. The pixels belong to a new image, so none is switched. @param {Drawing} drawing @param {GridStroke} stroke */
export function withStroke({ strokes }, stroke) {
  return { strokes: [...strokes, stroke], switched: [] };
}

/** With a pixel switched, or switched back. @param {Drawing} drawing @param {number} pixel */
export function withSwitched({ strokes, switched }, pixel) {
  const others = switched.filter((other) => other !== pixel);
  return { strokes, switched: others.length < switched.length ? others : [...switched, pixel] };
}

/** Without the pixel switched last or, if none is, without the last stroke. @param {Drawing} drawing */
export function undone({ strokes, switched }) {
  return switched.length ? { strokes, switched: switched.slice(0, -1) } : { strokes: strokes.slice(0, -1), switched };
}

/**
 * Return the counts of black points, 0 … MAX_COUNT, in the 64 pixels of the image that the model sees.
 * @param {Drawing} drawing
 * @param {Preprocessing} steps
 */
export function countsOf({ strokes, switched }, steps) {
  const counts = blockCounts(bitmap(strokes.map((stroke) => stroke.map((value) => value / GRID)), steps));
  for (const pixel of switched) counts[pixel] = counts[pixel] < MAX_COUNT / 2 ? MAX_COUNT : 0;
  return counts;
}
