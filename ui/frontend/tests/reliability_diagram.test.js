import assert from "node:assert/strict";
import { test } from "node:test";
import { measured } from "../src/reliability_diagram/measures.js";
import { refined, shade } from "../src/reliability_diagram/shaded_plane.js";
import { stopOf, temperatureAt } from "../src/reliability_diagram/temperature_control.js";
import { assertClose, samples } from "./samples.js";

test("the measures are core's", () => {
  for (const { classes, bins, logits, labels, measures } of samples("calibration")) {
    for (const expected of measures) {
      const { bins: filled, ...means } = measured(logits, labels, classes, expected.temperature, bins);
      assert.deepEqual(filled.map(({ count }) => count), expected.counts);
      assertClose(filled.map(({ confidence }) => confidence), expected.confidence);
      assertClose(filled.map(({ accuracy }) => accuracy), expected.accuracy);
      assertClose([means.error, means.confidence, means.accuracy], [expected.error, expected.mean_confidence, expected.mean_accuracy]);
      assertClose([means.nll], [expected.nll], 1e-9);
    }
  }
});

test("the stops of the temperature are three-digit numbers, and each is found again", () => {
  const stops = Array.from({ length: 261 }, (_, stop) => stop);
  assert.deepEqual(stops.map((stop) => stopOf(temperatureAt(stop, [0.05, 20]), [0.05, 20])), stops);
  assert.deepEqual([0, 260].map((stop) => temperatureAt(stop, [0.05, 20])), [0.05, 20]);
  assert.equal(temperatureAt(stopOf(1, [0.05, 20]), [0.05, 20]), 1);
});

test("logits are interpolated bilinearly", () => {
  const grid = [0, 0, 4, 0, 8, 0, 12, 4]; // 2 × 2 nodes, 2 classes
  const { logits, size } = refined(grid, 2, 2);
  assert.equal(size, 2);
  assert.deepEqual([...logits], [0, 0, 2, 0, 4, 0, 6, 1]);
});

test("a pixel has the colour of its most probable class, stronger for a higher confidence; the top row comes first", () => {
  const raster = { logits: new Float32Array([9, 0, 9, 0, 0, 0, 0, 1]), size: 2 }, pixels = new Uint8ClampedArray(16);
  shade(raster, 1, [[200, 0, 0], [0, 0, 200]], [0, 0, 0], pixels);
  const [topLeft, topRight, bottomLeft] = [0, 4, 8].map((offset) => [...pixels.slice(offset, offset + 4)]);
  assert.deepEqual(topLeft, [8, 0, 0, 255]);
  assert.ok(topRight[2] > topLeft[0] && topRight[0] === 0);
  assert.ok(bottomLeft[0] > topRight[2]);
});
