import assert from "node:assert/strict";
import { test } from "node:test";
import { ariaNumber, FORMATS } from "../src/curves/formats.js";
import { measureOf } from "../src/curves/linked_bars.js";
import { parseMessage, layoutOf } from "../src/curves/messages.js";
import { drawnAxis, indexAfterKey, markSide, nearestIndex, shareOf } from "../src/curves/scale.js";
import { softmax } from "../src/shared/softmax.js";
import { assertClose, packed } from "./samples.js";

test("positions along linear and logarithmic axes", () => {
  assert.equal(shareOf({ range: [-8, 8], log: false }, 4), 0.75);
  assertClose([1e-13, 1e-7, 1e-1].map((h) => shareOf({ range: [1e-13, 1e-1], log: true }, h)), [0, 0.5, 1]);
});

test("the text of a mark is where its curve is not", () => {
  const x = Array.from({ length: 101 }, (_, i) => i / 100);
  assert.equal(markSide(x, x.map((p) => p ** 9 * (1 - p)), 0.9), "above");
  assert.equal(markSide(x, x.map((p) => (p - 0.9) ** 2), 0.9), "below");
  assert.equal(markSide(x, x.map((p) => -Math.log(p + 0.01)), 0.7), "beside");
});

test("a logarithmic axis has ticks at powers of ten, and fewer if they are many", () => {
  const { range, marks } = drawnAxis({ name: "h", range: [1e-4, 1], log: true });
  assertClose(range, [-4, 0]);
  assert.deepEqual(marks, [[-4, "10⁻⁴"], [-3, "10⁻³"], [-2, "10⁻²"], [-1, "10⁻¹"], [0, "10⁰"]]);
  const many = drawnAxis({ name: "∏ p", range: [1e-323, 1], log: true }).marks ?? [];
  assert.ok(many.length > 2 && many.length < 9);
  assert.deepEqual(drawnAxis({ name: "p", range: [0, 1], log: false }), { name: "p", range: [0, 1] });
});

test("the nearest value, and the index after a key within its limits", () => {
  assert.equal(nearestIndex([0.1, 0.2, 0.4], 0.29), 1);
  assert.equal(nearestIndex([0.1, 0.2, 0.4], 9), 2);
  const after = ["ArrowRight", "ArrowDown", "PageUp", "PageDown", "Home", "End"].map((key) => indexAfterKey(key, 7, [3, 12]));
  assert.deepEqual(after, [8, 6, 12, 3, 3, 12]);
  assert.equal(indexAfterKey("a", 7, [3, 12]), null);
});

test("a class's probability, and its margin over the largest other logit", () => {
  const logits = [0.4, 1.5, -2, 0.9];
  assert.equal(measureOf(logits, { k: 2, measure: "probability" }), softmax(logits)[2]);
  assert.equal(measureOf(logits, { k: 2, measure: "margin" }), -3.5);
  assertClose([measureOf(logits, { k: 1, measure: "margin" })], [0.6]);
});

test("numbers for screen readers have no exponent", () => {
  assert.deepEqual([0, 0.5, -12.25, 1e-7, 1e-13].map(ariaNumber), ["0", "0.5", "-12.25", "0.0000001", "0.0000000000001"]);
  assert.equal(FORMATS.float(0), "0.0");
  assert.equal(FORMATS.integer(745), "745");
});

test("a message has the arrays with their curves, and its layout does not depend on them", () => {
  const axis = { name: "p", range: [0, 1], log: false, format: "decimal" };
  const curve = { name: "−log p", colour: "red", dash: "solid", slopeName: "slope" };
  /** @param {number[]} y */
  const message = (y) =>
    parseMessage(
      packed(
        {
          axis, at: 1, reach: [0, 1], version: 3, shape: "circle", colour: "red", enlarged: false,
          panels: [{ axis, alt: "alt", marks: [], curves: [curve] }], bars: { key: "b", logits: [1, 2], k: 0, measure: "margin" },
        },
        { x: [0.5, 1], logit: [3, 4], y0_0: y, slope0_0: [-2, -1] },
      ),
    );
  const { panels, bars, x, version } = message([0.7, 0]);
  assert.deepEqual([[...x], [...panels[0].curves[0].y], version], [[0.5, 1], [0.7, 0], 3]);
  assert.deepEqual([...(panels[0].curves[0].slope ?? [])], [-2, -1]);
  assert.deepEqual([...(bars?.logitsOfK ?? [])], [3, 4]);
  assert.equal(layoutOf(message([0.7, 0])), layoutOf(message([9, 9])));
});
