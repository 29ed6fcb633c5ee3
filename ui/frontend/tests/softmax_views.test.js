import assert from "node:assert/strict";
import { test } from "node:test";
import { simplexPoint } from "../src/shared/simplex.js";
import { sigmoidOf, softmax } from "../src/shared/softmax.js";
import { isRelated } from "../src/softmax_views/derivation_lines.js";
import { sentenceOf } from "../src/softmax_views/formula.js";
import { softmaxJacobian } from "../src/softmax_views/jacobian.js";
import { logitGradient } from "../src/softmax_views/logit_gradient.js";
import { plainSteps } from "../src/softmax_views/plain_steps.js";
import { levelLine, logitsFor, logitsWithDifference, simplexProbabilities } from "../src/softmax_views/simplex_geometry.js";
import { softmaxSteps } from "../src/softmax_views/softmax_steps.js";
import { weightGradient } from "../src/softmax_views/weight_gradient.js";
import { assertClose, samples } from "./samples.js";

const { steps, simplex, sigmoid, derivation: derivations, weight_gradient: gradient } = samples("softmax_views");

test("the steps of softmax are core's", () => {
  for (const { temperature, columns, total } of steps) {
    const result = softmaxSteps(columns[0], temperature);
    result.columns.forEach((column, c) => assertClose(column, columns[c]));
    assertClose([result.total], [total]);
    assert.equal(result.max, Math.max(...result.columns[1]));
  }
});

test("the steps without subtracting the maximum are core's", () => {
  for (const { columns: [, scaled], plain: [exponentials, quotients, total] } of steps) {
    const result = plainSteps(scaled);
    assertClose(result.exponentials.map((e) => e / total), exponentials.map((/** @type {number} */ e) => e / total));
    assertClose(result.quotients, quotients);
  }
});

test("large exponents overflow, and the quotient has no value", () => {
  assert.deepEqual(plainSteps([1000, 999, 3]), {
    exponentials: [Infinity, Infinity, Math.exp(3)], total: Infinity, quotients: [NaN, NaN, 0],
  });
});

test("the derivation ends at core's loss and gradient", () => {
  for (const { logits, target, loss, gradient } of derivations) {
    const result = logitGradient(logits, target), logSum = Math.log(result.exponentials.reduce((sum, e) => sum + e, 0));
    assertClose([result.loss, -Math.log(result.p[target]), -logits[target] + logSum], [loss, loss, loss]);
    assertClose(result.errors, gradient);
  }
});

test("the derivation of the weights' gradient ends at core's gradients", () => {
  const result = weightGradient(gradient.inputs, gradient.errors);
  for (const name of /** @type {const} */ (["one", "weights"])) {
    result[name].forEach((row, j) => assertClose(row, gradient[name][j]));
  }
  assertClose(result.bias, gradient.bias);
});

test("numbers belong together if they agree in the indices that both have, at least one", () => {
  const input = { i: 1, j: 0 }, error = { i: 1, k: 2 }, weight = { j: 0, k: 2 }, bias = { k: 2 };
  assert.deepEqual([input, error, bias].map((at) => isRelated(at, weight)), [true, true, true]);
  assert.ok(!isRelated(input, bias));
  assert.ok(!isRelated({ i: 1, j: 1 }, weight));
  assert.ok(!isRelated({ i: 0, k: 2 }, error));
  assert.ok(!isRelated(weight, {}));
  assert.ok(!isRelated(weight, { k: undefined }));
});

test("the Jacobian is core's, and that of finite differences", () => {
  const h = 1e-6;
  for (const { temperature, columns: [z, , , , p], jacobian } of steps) {
    const slopes = softmaxJacobian(p, temperature);
    slopes.forEach((row, i) => assertClose(row, jacobian[i]));
    for (let j = 0; j < z.length; j++) {
      const [above, below] = [h, -h].map((step) => softmax(z.with(j, z[j] + step), temperature));
      const numerical = above.map((a, i) => (a - below[i]) / (2 * h));
      assertClose(slopes.map((row) => row[j]), numerical, 1e-7);
    }
  }
});

test("positions on the simplex convert to probabilities and logits", () => {
  for (const { logits, temperature, p } of simplex) {
    assertClose(simplexProbabilities(simplexPoint(p), 0), p);
    assertClose(logitsFor(p, temperature, logits), logits);
  }
});

test("a point beside the simplex has no probability below the minimum", () => {
  const p = simplexProbabilities([1.4, -0.3], 0.001);
  assert.ok(Math.min(...p) > 0.0005);
  assertClose([p[0] + p[1] + p[2]], [1]);
});

test("the largest probability is constant on a level line", () => {
  for (const level of [0.4, 0.5, 0.6, 0.9]) {
    for (const k of [0, 1, 2]) {
      const [from, to] = levelLine(k, level);
      for (const share of [0, 0.3, 1]) {
        const p = from.map((a, i) => share * a + (1 - share) * to[i]);
        assertClose([p[0] + p[1] + p[2], p[k], Math.max(...p)], [1, level, level]);
        assert.ok(Math.min(...p) >= -1e-12);
      }
    }
  }
});

test("the sigmoid of the difference is softmax of two logits, and logits can be set by their difference", () => {
  for (const { logits: [a, b], p } of sigmoid) {
    assertClose([sigmoidOf(a - b), softmax([a, b])[0]], [p, p]);
    assertClose(logitsWithDifference(a - b, 1, [a + 1, b - 1, 7]), [a, b, 7]);
  }
  assertClose(logitsWithDifference(4, 2, [11, 11]), [12, 4]); // the mean gives way to the limits
  assertClose(logitsWithDifference(30, 5, [0, 0, 1]), [12, -12, 1]);
});

test("a step is written with its numbers", () => {
  const all = softmaxSteps([-4, -2], 2);
  assert.equal(sentenceOf(all, 0, 1, "2"), "−4.000 ÷ 2 = −2.000");
  assert.equal(sentenceOf(all, 0, 2, "2"), "−2.000 − (−1.00) = −1.000");
  assert.equal(sentenceOf(all, 1, 3, "2"), "exp(0.000) = 1.000");
});
