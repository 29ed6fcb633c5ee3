import assert from "node:assert/strict";
import { test } from "node:test";
import { drawAxes } from "../src/shared/axes.js";

test("the zeros of both axes do not touch, in any font size", () => {
  for (const font of [14, 22, 66]) {
    /** @type {{text: string, x: number, y: number}[]} */
    const texts = [];
    const context = /** @type {any} */ ({
      strokeRect() {}, save() {}, restore() {}, translate() {}, rotate() {},
      measureText: (/** @type {string} */ text) => ({ width: 0.56 * font * text.length }),
      fillText: (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y) => texts.push({ text, x, y }),
    });
    const area = { context, left: 5 * font, top: 0, width: 20 * font, height: 20 * font };
    const theme = { line: "", muted: "", text: "" };
    drawAxes(area, { font, theme }, { range: [0, 200], name: "x" }, { range: [0, 2], name: "y" });
    const [horizontal, vertical] = texts.filter(({ text }) => text === "0"), digit = 0.56 * font;
    const isBelow = horizontal.y >= vertical.y + 0.33 * font; // half the height of a digit
    assert.ok(isBelow || vertical.x <= horizontal.x - digit / 2, `font size ${font}`);
  }
});
