// The image of 8 × 8 pixels that the model sees. A press, Enter or the space bar switches a pixel.

import { listenToCells } from "../shared/cell_focus.js";
import { add } from "../shared/dom.js";
import { MAX_COUNT } from "./drawing.js";
import { SIDE } from "./model.js";

/**
 * @typedef {Object} PixelEvents
 * @property {(pixel: number) => void} press
 * @property {(pixel: number | null) => void} point The pixel that has the pointer or the focus
 */

export class PixelGrid {
  /** @param {Element} parent @param {Record<string, string>} texts @param {PixelEvents} events */
  constructor(parent, texts, events) {
    this.texts = texts;
    const table = add(parent, "table", "pixels");
    table.dataset.testid = "digit-pixels";
    table.setAttribute("role", "grid");
    table.setAttribute("aria-label", texts.pixels);
    const rows = Array.from({ length: SIDE }, () => {
      const row = add(table, "tr");
      return Array.from({ length: SIDE }, () => add(row, "td"));
    });
    this.cells = rows.flat();
    listenToCells(rows, (position) => events.point(position && position[0] * SIDE + position[1]));
    this.cells.forEach((cell, pixel) => {
      cell.dataset.testid = `digit-pixel-${pixel}`;
      cell.onclick = () => events.press(pixel);
      cell.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        events.press(pixel);
      });
    });
  }

  /** @param {number[]} counts @param {number[]} switched */
  draw(counts, switched) {
    this.cells.forEach((cell, pixel) => {
      cell.classList.toggle("switched", switched.includes(pixel));
      const count = String(counts[pixel]);
      if (cell.dataset.value === count) return; // most pixels stay the same while a stroke is drawn
      cell.dataset.value = count;
      cell.style.setProperty("--ink", `${(100 * counts[pixel]) / MAX_COUNT}%`);
      cell.setAttribute("aria-label", pixelName(this.texts, pixel).replace("{count}", count));
    });
  }
}

/** Return a text with the row and the column of a pixel, and {count}. @param {Record<string, string>} texts @param {number} pixel */
export function pixelName(texts, pixel) {
  const row = Math.floor(pixel / SIDE) + 1, column = (pixel % SIDE) + 1;
  return texts.pixel.replace("{row}", String(row)).replace("{column}", String(column));
}
