import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { MovingValues, valueBetween } from "../src/training_stage/moving_values.js";

/** @type {((now: number) => void)[]} */
let frames = [], clock = 0;
beforeEach(() => {
  frames = [];
  clock = performance.now();
  globalThis.requestAnimationFrame = (frame) => frames.push(frame);
  globalThis.cancelAnimationFrame = (id) => (frames[id - 1] = () => {});
});

/** Draw the frames of this many milliseconds, one per 50. @param {number} ms */
function drawFrames(ms) {
  for (const end = clock + ms; clock < end; ) {
    clock += 50;
    frames.pop()?.(clock);
  }
}

/** @param {Record<string, number>} values */
function moving(values) {
  /** @type {any} */
  const context = { values, moving: {}, scene: { controls: [], texts: {} } };
  /** @type {any} */
  const parts = { show() {}, draw() {}, drawMoving() {} };
  return { context, movement: new MovingValues(context, parts, parts, () => {}) };
}

test("a threshold moves in the steps of its slider, the crosshair evenly", () => {
  assert.equal(valueBetween("threshold", 0.5, 0.3, 0.4), 0.4);
  assert.equal(valueBetween("threshold_2", 0.1, 0.9, 0.5), 0.5);
  assert.equal(valueBetween("probe_x", 20, 81, 0.5), 50.5);
});

test("only the crosshair and thresholds move; the values themselves are the new ones at once", () => {
  const { context, movement } = moving({ probe_x: 80, paint: 1, rate: 3 });
  movement.moveFrom({ probe_x: 20, paint: 0, rate: 1 });
  assert.deepEqual([context.values.probe_x, context.moving], [80, { probe_x: 20 }]);
  assert.ok(movement.isMoving);
  drawFrames(1000);
  assert.deepEqual([context.moving, movement.isMoving], [{}, false]);
});

test("a movement that is ended draws nothing any more, and equal values do not move", () => {
  const { context, movement } = moving({ probe_x: 80 });
  movement.moveFrom({ probe_x: 20 });
  movement.end();
  drawFrames(300);
  assert.deepEqual(context.moving, {});
  movement.moveFrom({ probe_x: 80 });
  assert.ok(!movement.isMoving);
});
