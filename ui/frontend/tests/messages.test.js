// Types of the messages are compared by tsc (see samples/messages.js); here the code that reads and writes them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { layoutOf, withNumbers } from "../src/curves/messages.js";
import { valuesOf } from "../src/logit_bars/messages.js";
import { FRAMES_PER_SECOND, RowBuffer } from "../src/training_stage/row_buffer.js";
import { Player } from "../src/training_stage/player.js";
import { rowsOf, stageMessage } from "../src/training_stage/messages.js";
import * as samples from "./samples/messages.js";

test("a scene from Python begins a run, and the stage answers with a message that Python takes", () => {
  /** @type {import("../src/training_stage/messages.js").Scene} */
  const scene = samples.sceneToBrowser;
  const buffer = new RowBuffer(() => {});
  const player = new Player(buffer, { onStep: () => {}, onPlayPause: () => {}, onRest: () => {} }, () => {});
  buffer.begin(scene);
  player.startAt(scene.shown);
  const rows = rowsOf(scene, 0), columns = scene.models[0].parameterNames.length;
  assert.ok(rows);
  assert.equal(rows.parameters.length, rows.steps.length * (columns + 1) * scene.classNames.length);
  assert.equal(scene.points.length, 2 * scene.labels.length);
  assert.equal(buffer.trajectories[0].at(0).loss.toFixed(4), Math.log(scene.classNames.length).toFixed(4));
  player.seek(10 * FRAMES_PER_SECOND);
  const message = stageMessage(scene.timelineId, scene.revision + 1, scene.values, player, buffer.pending);
  assert.deepEqual(Object.keys(message).sort(), Object.keys(samples.stageToPython).sort());
  assert.deepEqual(Object.keys(message.rows ?? {}).sort(), Object.keys(samples.stageToPython.rows).sort());
});

test("an answer of the feed has no rows if none were requested", () => {
  assert.equal(rowsOf(samples.feedToBrowser, 0), undefined);
});

test("curves from Python get their numbers", () => {
  const message = withNumbers(samples.curvesToBrowser);
  for (const { curves } of message.panels) for (const { y } of curves) assert.equal(y.length, message.x.length);
  assert.equal(message.bars?.logitsOfK.length, message.x.length);
  assert.equal(layoutOf(message), layoutOf(withNumbers(samples.curvesToBrowser)));
});

test("the bars' values are those that they send back", () => {
  const sent = Object.keys(samples.barsToPython).filter((name) => name !== "version");
  assert.deepEqual(Object.keys(valuesOf(samples.barsToBrowser)).sort(), sent.sort());
});
