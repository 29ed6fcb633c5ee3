import assert from "node:assert/strict";
import { test } from "node:test";
import { forward } from "../src/linear_model/forward.js";
import { between, valuesOf } from "../src/linear_model/messages.js";
import { assertClose, samples } from "./samples.js";
import * as messages from "./samples/messages.js";

const { mean, scale, cases } = samples("linear_model");

test("features, logits and probabilities are core's", () => {
  for (const { measured, weights, x, z, p } of cases) {
    const result = forward(measured, mean, scale, weights);
    assertClose(result.x, x);
    assertClose(result.z, z);
    assertClose(result.p, p);
  }
});

test("the terms of a class are its products and its bias, and sum to its logit", () => {
  const { terms, z } = forward([3, 5], [1, 1], [2, 4], [[1, -1], [2, 0.5], [0.25, 0]]);
  assert.deepEqual(terms, [[1, -1], [2, 0.5], [0.25, 0]]);
  assert.deepEqual(z, [3.25, -0.5]);
});

test("values on the way are rounded as they are shown, and end exactly", () => {
  const from = { measured: [40, 18], weights: [[-2.01, 0]] }, to = { measured: [47.53, 18], weights: [[1.12345, 0]] };
  assert.deepEqual(between(from, to, 0.5), { measured: [43.8, 18], weights: [[-0.44, 0]] });
  assert.deepEqual(between(from, to, 1), to);
});

test("the values that the user can set are those that the model sends back", () => {
  const sent = Object.keys(messages.modelToPython).filter((name) => name !== "version");
  assert.deepEqual(Object.keys(valuesOf(messages.modelToBrowser)).sort(), sent.sort());
});
