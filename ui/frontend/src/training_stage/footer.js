// The class names and the summary below a saved picture, in as many rows as they need.

/** @import { StageContext } from "./context.js" */
import { marker } from "../shared/markers.js";
import { SvgContext } from "./svg_context.js";

const ROW = 1.6; // heights and widths in font sizes
const GAP = 1.5;
const INDENT = 1; // from a marker to its class name

/** @typedef {{x: number, row: number, width: number}} Place */

/**
 * Return the places of texts in rows of the available width. The texts from index `first` on are aligned to the right. A
 * text that is wider than a row gets a row's width.
 * @param {number[]} widths
 * @param {number} available
 * @param {number} gap
 * @param {number} first
 * @returns {Place[]}
 */
export function footerPlaces(widths, available, gap, first) {
  let x = 0, row = 0;
  const places = widths.map((needed) => {
    const width = Math.min(needed, available);
    if (x > 0 && x + width > available) [x, row] = [0, row + 1];
    const place = { x, row, width };
    x += width + gap;
    return place;
  });
  for (const [i, place] of places.entries()) {
    if (i < first) continue;
    const last = places.findLast((other) => other.row === place.row) ?? place;
    place.x += available - last.x - last.width;
  }
  return places;
}

export class Footer {
  /** @param {StageContext} context @param {string[]} summary Step, and losses of each run @param {number} width */
  constructor({ scene, style }, summary, width) {
    const { font, canvasFont } = style, ruler = new SvgContext(canvasFont), names = scene.classNames;
    this.scene = scene;
    this.style = style;
    this.texts = [...names, ...summary];
    const widths = this.texts.map((text, i) => ruler.measureText(text).width + (i < names.length ? INDENT * font : 0));
    this.places = footerPlaces(widths, width - 2 * font, GAP * font, names.length);
    this.height = ROW * font * (1 + Math.max(...this.places.map(({ row }) => row))) + 0.4 * font;
  }

  /** @param {CanvasRenderingContext2D} canvas @param {number} top */
  draw(canvas, top) {
    const { scene: { classNames, shapes }, style: { font, theme } } = this;
    canvas.textAlign = "left";
    canvas.textBaseline = "middle";
    this.texts.forEach((text, i) => {
      const { x, row, width } = this.places[i], left = font + x, y = top + ROW * font * (row + 0.5);
      const isClass = i < classNames.length, indent = isClass ? INDENT * font : 0;
      canvas.fillStyle = isClass ? theme.classes[i] : theme.text;
      if (isClass) {
        marker(canvas, shapes[i], left + 0.4 * font, y, font * 0.4);
        canvas.fill();
      }
      canvas.fillText(text, left + indent, y, width - indent);
    });
  }
}
