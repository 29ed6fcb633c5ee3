import assert from "node:assert/strict";
import { test } from "node:test";
import { StageContext } from "../src/training_stage/context.js";
import { Trajectory } from "../src/training_stage/trajectory.js";
import { rowsOf } from "../src/training_stage/messages.js";
import { FakeRun, message, range } from "./fake_run.js";

/** @param {number[]} steps */
function trajectory(steps) {
  const made = new Trajectory();
  made.add(/** @type {any} */ (rowsOf(message(steps), 0)));
  return made;
}

test("at most one request is in flight", () => {
  const run = new FakeRun();
  run.player.play();
  run.frames(20, { answers: false });
  assert.equal(run.sent, 1);
});

test("a request without an answer is sent again after three seconds", () => {
  const run = new FakeRun();
  run.player.seek(500);
  run.now += 2999;
  run.buffer.retry();
  assert.equal(run.sent, 1);
  run.now += 1;
  run.buffer.retry();
  run.buffer.retry();
  assert.equal(run.sent, 2);
});

test("the first two chunks are short, then they double", () => {
  const run = new FakeRun(), lengths = [];
  run.player.continueWithNewSettings();
  lengths.push(run.request && run.request.to - run.request.from);
  run.answer();
  run.player.play();
  for (let i = 0; i < 4; i++) {
    do run.frames(1, { answers: false }); while (!run.request);
    lengths.push(run.request && run.request.to - run.request.from);
    run.answer();
  }
  assert.deepEqual(lengths, [30, 30, 60, 120, 240]);
});

test("at least two and a half seconds are buffered, and at most a chunk more", () => {
  for (const speed of [1, 5, 20, 100]) {
    const run = new FakeRun();
    run.player.setSpeed(speed);
    run.player.play();
    run.frames(150);
    const seconds = (run.buffer.trajectories[0].last - run.player.shown) / speed / 60;
    assert.ok(seconds > 2.4 && seconds < 6.5, `${seconds} s at ${speed}×`);
  }
});

test("nothing is requested beyond the end of a run", () => {
  const run = new FakeRun();
  run.end = [40, "limit", null];
  run.player.play();
  run.frames(2);
  run.frames(60);
  assert.equal(run.request, undefined);
  assert.equal(run.buffer.lastStep, 40);
});

test("a step that was skipped is requested with its neighbours", () => {
  const run = new FakeRun();
  run.player.seek(4000);
  run.answer();
  run.player.seek(1001);
  assert.deepEqual(run.request, { from: 986, to: 1016, stride: 1 });
});

test("playback can go as far as rows are no more than a stride apart", () => {
  const rows = trajectory([0, 1, 2, 5, 8, 20]);
  assert.equal(rows.playableTo(0, 1, 100), 2);
  assert.equal(rows.playableTo(0, 3, 100), 8);
  assert.equal(rows.playableTo(0, 12, 100), 20);
  rows.end = [20, "limit", null];
  assert.equal(rows.playableTo(0, 12, 100), Infinity);
});

test("rows are kept in order whatever order they come in", () => {
  const rows = trajectory([10, 11, 12]);
  rows.add(/** @type {any} */ (rowsOf(message([0, 5, 11]), 0)));
  assert.deepEqual(rows.steps, [0, 5, 10, 11, 12]);
  assert.equal(rows.at(7).step, 5);
  assert.deepEqual([...rows.at(10).parameters], [10, -10]);
  rows.dropAfter(10);
  assert.deepEqual(rows.steps, [0, 5, 10]);
});

test("the update after a row is known only if the next row is the next step", () => {
  const rows = trajectory([0, 1, 3]);
  assert.deepEqual([...(rows.updateAfter(rows.at(0)) ?? [])], [1, -1]);
  assert.equal(rows.updateAfter(rows.at(1)), null);
});

test("the range of losses follows new and dropped rows", () => {
  const rows = trajectory(range(5, 9));
  assert.deepEqual(rows.lossRange(8), { end: 3, min: 1 / 9, max: 1 / 6 });
  rows.add(/** @type {any} */ (rowsOf(message([0, 1]), 0)));
  assert.equal(rows.lossRange(8).max, 1);
  rows.dropAfter(1);
  assert.equal(rows.lossRange(8).min, 0.5);
});

test("the heading has the setting that led to the step shown, and the next one where it has just changed", () => {
  const run = trajectory(range(0, 60));
  run.changes = [{ step: 20, rate: 3, batch: 0 }, { step: 50, rate: 10, batch: 0 }];
  const player = { shown: 0 }, model = { description: { title: "B: α = {rate_b}" } };
  const controls = [{ key: "rate_b", options: [3, 10, 100], texts: ["3", "10", "100"] }];
  const context = Object.assign(Object.create(StageContext.prototype), {
    player, models: [model], buffer: { trajectories: [run] }, scene: { controls }, values: { rate_b: 100 },
  });
  const titles = [0, 19, 20, 21, 49, 50, 51].map((step) => {
    player.shown = step;
    return context.titleOf(model).slice("B: α = ".length);
  });
  assert.deepEqual(titles, ["3", "3", "3 → 10", "10", "10", "10 → 100", "100"]);
});
