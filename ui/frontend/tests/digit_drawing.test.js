import assert from "node:assert/strict";
import { test } from "node:test";
import { bitmap, blockCounts } from "../src/digit_drawing/digit_image.js";
import { EMPTY, countsOf, isEmpty, undone, withStroke, withSwitched } from "../src/digit_drawing/drawing.js";
import { contributions, outputOf, shiftedRight, weightsOf } from "../src/digit_drawing/model.js";
import { GRID, decoded, encoded, sizeOf } from "../src/digit_drawing/strokes_text.js";
import { assertClose, samples } from "./samples.js";

const STEPS = { deslant: true, resize: true, even_ink: true };
const MODEL = { weights: Array.from({ length: 640 }, (_, i) => Math.sin(7 * i)), bias: Array.from({ length: 10 }, (_, k) => k / 10) };

test("images of drawn digits are core's, after all choices of steps", () => {
  for (const { strokes, images } of samples("digit_image")) {
    const inSquare = strokes.map((/** @type {number[]} */ stroke) => stroke.map((value) => value / GRID));
    for (const { steps, counts } of images) {
      const text = blockCounts(bitmap(inSquare, steps)).map((count) => "0123456789abcdefg"[count]).join("");
      assert.equal(text, counts, JSON.stringify(steps));
    }
  }
});

test("strokes have Python's text", () => {
  for (const { text, strokes } of samples("digit_image")) {
    assert.deepEqual(decoded(text), strokes);
    assert.equal(encoded(strokes), text);
    if (text) assert.equal(sizeOf(strokes), atob(text.replaceAll("-", "+").replaceAll("_", "/")).length);
  }
});

test("undo takes back the switched pixels, then the strokes", () => {
  const drawn = withStroke(withStroke(EMPTY, [1, 2]), [3, 4]), switched = withSwitched(withSwitched(drawn, 5), 9);
  assert.deepEqual(undone(switched).switched, [5]);
  assert.deepEqual(undone(undone(switched)), drawn);
  assert.deepEqual(undone(drawn).strokes, [[1, 2]]);
  assert.ok(isEmpty(undone(undone(drawn))));
  assert.ok(!isEmpty(withSwitched(EMPTY, 0)));
});

test("a pixel is switched between empty and full, and back; a new stroke makes a new image", () => {
  const drawn = withStroke(EMPTY, [100, 20, 130, 220]), before = countsOf(drawn, STEPS);
  for (const pixel of [0, 27]) {
    const after = countsOf(withSwitched(drawn, pixel), STEPS);
    assert.equal(after[pixel], before[pixel] < 8 ? 16 : 0);
    assert.deepEqual(after.with(pixel, before[pixel]), before);
    assert.deepEqual(withSwitched(withSwitched(drawn, pixel), pixel), drawn);
  }
  assert.deepEqual(withStroke(withSwitched(drawn, 3), [9, 9]).switched, []);
});

test("the contributions of the pixels and the bias are the logit", () => {
  const counts = Array.from({ length: 64 }, (_, j) => j % 17), { x, logits, probabilities, first, second } = outputOf(MODEL, counts);
  logits.forEach((logit, k) => {
    const expected = x.reduce((sum, value, j) => sum + value * MODEL.weights[10 * j + k], MODEL.bias[k]);
    assertClose([contributions(MODEL, x, k).reduce((sum, value) => sum + value, MODEL.bias[k])], [expected]);
    assertClose([logit], [expected]);
    assert.equal(weightsOf(MODEL, k)[63], MODEL.weights[630 + k]);
  });
  const sorted = logits.toSorted((a, b) => b - a);
  assert.deepEqual([logits[first], logits[second]], sorted.slice(0, 2));
  assertClose([probabilities.reduce((sum, p) => sum + p)], [1]);
});

test("a shift moves all rows to the right, and what leaves the image is lost", () => {
  const counts = Array.from({ length: 64 }, (_, j) => j);
  assert.deepEqual(shiftedRight(counts, 0), counts);
  assert.deepEqual(shiftedRight(counts, 3).slice(8, 16), [0, 0, 0, 8, 9, 10, 11, 12]);
});
