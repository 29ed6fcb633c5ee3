import assert from "node:assert/strict";
import { test } from "node:test";
import { modelAt, positionOf, stepAt } from "../src/digit_training/playback.js";

const STEPS = [0, 1, 2, 6, 26];
const RUN = {
  steps: STEPS,
  weights: Float32Array.from({ length: 640 * STEPS.length }, (_, i) => Math.floor(i / 640) * 2 + (i % 640)),
  bias: Float32Array.from({ length: 10 * STEPS.length }, (_, i) => i),
};

test("a position between two steps is a step between them, rounded down", () => {
  assert.deepEqual([0, 0.9, 1, 2.5, 3.1, 4, 9].map((position) => stepAt(STEPS, position)), [0, 0, 1, 4, 8, 26, 26]);
});

test("a step has the position of the last step with parameters that is not after it", () => {
  assert.deepEqual([0, 2, 5, 6, 25, 26, 99, -1].map((step) => positionOf(STEPS, step)), [0, 2, 2, 3, 3, 4, 4, 0]);
});

test("the parameters of a whole position are those that Python sent", () => {
  for (const position of STEPS.keys()) {
    const { weights, bias } = modelAt(RUN, position);
    assert.deepEqual(Array.from(weights), [...RUN.weights.subarray(640 * position, 640 * (position + 1))]);
    assert.deepEqual(Array.from(bias), [...RUN.bias.subarray(10 * position, 10 * (position + 1))]);
  }
});

test("between two positions, the parameters are interpolated", () => {
  const { weights, bias } = modelAt(RUN, 1.25);
  assert.equal(weights[5], 2 + 5 + 0.25 * 2);
  assert.equal(bias[3], 13 + 2.5);
});
