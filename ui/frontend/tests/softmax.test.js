import assert from "node:assert/strict";
import { test } from "node:test";
import { crossEntropy, largestIndex, sigmoid, softmax, softmaxAt } from "../src/shared/softmax.js";
import { assertClose, samples } from "./samples.js";

test("softmax, sigmoid and cross-entropy are core's", () => {
  for (const sample of samples("softmax")) {
    for (const [temperature, expected] of Object.entries(sample.softmax)) {
      assertClose(softmax(sample.logits, Number(temperature)), /** @type {number[]} */ (expected));
    }
    assertClose(sigmoid(sample.logits), sample.sigmoid);
    assertClose(sample.logits.map((/** @type {number} */ _, /** @type {number} */ k) => crossEntropy(sample.logits, k)), sample.cross_entropy);
  }
});

test("softmax and the largest index of a part of an array are those of the part", () => {
  assertClose(softmaxAt([9, 2, 1, 0.1, 9], 1, 3), softmax([2, 1, 0.1]));
  assert.equal(largestIndex([9, 2, 1, 0.1, 9], 1, 3), 0);
});
