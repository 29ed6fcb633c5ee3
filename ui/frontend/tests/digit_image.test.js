import assert from "node:assert/strict";
import { test } from "node:test";
import { bitmap, blockCounts } from "../src/digit_drawing/digit_image.js";
import { samples } from "./samples.js";

test("images of drawn digits are core's, after all choices of steps", () => {
  for (const { strokes, images } of samples("digit_image")) {
    for (const { steps, counts } of images) {
      const text = blockCounts(bitmap(strokes, steps)).map((count) => "0123456789abcdefg"[count]).join("");
      assert.equal(text, counts, JSON.stringify(steps));
    }
  }
});
