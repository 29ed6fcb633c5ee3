// Strokes on a grid and as text; ui/digits/drawing.py is the other side.

export const GRID = 254;
export const MAX_BYTES = 3000;
const SEPARATOR = 255;

/** @typedef {number[]} GridStroke x, y, x, y, … as whole numbers from 0 to GRID */

/** @param {GridStroke[]} strokes */
export function encoded(strokes) {
  const bytes = strokes.flatMap((stroke, i) => (i ? [SEPARATOR, ...stroke] : stroke));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} text @returns {GridStroke[]} */
export function decoded(text) {
  /** @type {GridStroke[]} */
  const strokes = [];
  const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes.charCodeAt(i);
    if (i === 0 || byte === SEPARATOR) strokes.push([]);
    if (byte !== SEPARATOR) strokes[strokes.length - 1].push(byte);
  }
  return strokes;
}

/** How many bytes the strokes take. @param {GridStroke[]} strokes */
export function sizeOf(strokes) {
  return strokes.reduce((sum, stroke) => sum + stroke.length + 1, -1);
}
