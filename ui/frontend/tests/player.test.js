import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { revealStart } from "../src/training_stage/messages.js";
import { FakeRun, range } from "./fake_run.js";

test("playback shows each step once, sixty per second", () => {
  const run = new FakeRun();
  run.player.play();
  run.frames(120);
  assert.deepEqual(run.shown, range(1, 120));
});

test("at a tenth of the speed a step is shown every ten frames", () => {
  const run = new FakeRun();
  run.player.setSpeed(0.1);
  run.player.play();
  run.frames(100);
  assert.deepEqual(run.shown, range(1, 10));
});

test("at twenty steps per frame each frame shows another multiple of twenty", () => {
  const run = new FakeRun();
  run.player.setSpeed(20);
  run.player.play();
  run.frames(2);
  run.frames(60);
  assert.ok(run.player.shown > 1000);
  assert.ok(run.shown.slice(5).every((step, i, steps) => i === 0 || step - steps[i - 1] === 20));
});

test("a pause stops at the step shown and play continues from it", () => {
  const run = new FakeRun();
  run.player.play();
  run.frames(10);
  run.player.pause();
  run.frames(10);
  assert.equal(run.player.shown, 10);
  assert.equal(run.rests, 1);
  run.player.play();
  run.frames(1);
  assert.equal(run.player.shown, 11);
});

test("playback waits for rows that are late, and goes on without a jump", () => {
  const run = new FakeRun();
  run.player.play();
  run.frames(100, { answers: false });
  assert.equal(run.player.shown, 30);
  run.frames(5);
  assert.deepEqual(run.shown, range(1, run.player.shown));
});

test("a long frame is not made up for", () => {
  const run = new FakeRun();
  run.player.play();
  run.frames(1);
  run.now += 5000;
  run.frames(1);
  assert.ok(run.player.shown <= 8);
});

test("steps forward and back, and not before the first", () => {
  const run = new FakeRun();
  run.player.stepBy(1);
  run.player.stepBy(1);
  run.player.stepBy(-1);
  assert.deepEqual(run.shown, [1, 2, 1]);
  run.player.stepBy(-5);
  assert.equal(run.player.shown, 0);
});

test("a seek beyond the buffer shows the nearest known step until the rows arrive", () => {
  const run = new FakeRun();
  run.player.seek(500);
  assert.equal(run.player.shown, 30);
  assert.equal(run.player.target, 500);
  run.answer();
  assert.equal(run.player.shown, 500);
  assert.equal(run.player.target, null);
});

test("of several seeks while rows are awaited the last one counts", () => {
  const run = new FakeRun();
  run.player.seek(500);
  run.player.seek(900);
  run.answer();
  assert.equal(run.player.target, 900);
  run.answer();
  assert.equal(run.player.shown, 900);
});

test("presses on a step key add up while rows are awaited", () => {
  const run = new FakeRun();
  run.player.seek(30);
  for (let i = 0; i < 4; i++) run.player.stepBy(1);
  assert.equal(run.player.target, 34);
});

test("a seek stops playback", () => {
  const run = new FakeRun();
  run.player.play();
  run.frames(5);
  run.player.seek(2);
  run.frames(5);
  assert.equal(run.player.shown, 2);
});

test("new settings drop the steps after the one shown, and playback goes on from it", () => {
  const run = new FakeRun();
  run.player.play();
  run.frames(20);
  const before = run.player.shown;
  run.player.continueWithNewSettings();
  assert.equal(run.buffer.trajectories[0].last, before);
  assert.equal(run.request?.from, before);
  run.frames(10);
  assert.deepEqual(run.shown, range(1, run.player.shown));
  assert.ok(run.player.shown > before);
});

test("settings changed while rows are awaited request rows for the new ones at once", () => {
  const run = new FakeRun();
  run.player.seek(500);
  run.player.continueWithNewSettings();
  assert.deepEqual(run.request, { from: 30, to: 60, stride: 1 });
});

test("playback ends with the run", () => {
  const run = new FakeRun();
  run.end = [70, "diverged", 3];
  run.player.play();
  run.frames(200);
  assert.equal(run.player.shown, 70);
  assert.equal(run.player.playing, false);
  run.player.play();
  assert.equal(run.player.playing, false);
});

test("a run that ends earlier than the step shown takes the player back", () => {
  const run = new FakeRun();
  run.player.seek(25);
  run.buffer.trajectories[0].end = [10, "limit", null];
  run.player.onNewRows(false);
  assert.equal(run.player.shown, 10);
});

test("a reset shows step 0 and requests a new beginning", () => {
  const run = new FakeRun();
  run.player.seek(20);
  run.player.reset();
  assert.equal(run.player.shown, 0);
  assert.equal(run.player.furthest, 0);
  assert.deepEqual(run.buffer.pending, { rows: { from: 0, to: 30, stride: 1 }, restart: true });
});

test("with reduced motion the picture changes twice a second", () => {
  const run = new FakeRun();
  run.player.reducedMotion = () => true;
  run.player.play();
  run.frames(120);
  assert.ok(run.shown.length >= 3 && run.shown.length <= 5, String(run.shown));
});

/** @type {((now: number) => void)[]} */
let animationFrames = [], clock = 0;
beforeEach(() => {
  animationFrames = [];
  clock = performance.now();
  globalThis.requestAnimationFrame = (frame) => animationFrames.push(frame);
  globalThis.cancelAnimationFrame = (id) => (animationFrames[id - 1] = () => {});
});

/** Draw the frames of this many milliseconds, one per 50. @param {number} ms */
function drawFrames(ms) {
  for (const end = clock + ms; clock < end; ) {
    clock += 50;
    animationFrames.pop()?.(clock);
  }
}

/** A run that is opened at step 30. */
function openedRun() {
  const run = new FakeRun();
  run.player.startAt(30);
  return run;
}

test("a new step is reached through the steps before it, and only its number is reported", () => {
  const { player, shown, rests } = openedRun();
  player.reveal(10);
  drawFrames(300);
  assert.deepEqual([player.settledStep, player.isRevealing], [30, true]);
  drawFrames(1000);
  assert.deepEqual([shown[0], shown.at(-1), player.furthest, player.isRevealing, rests], [10, 30, 30, false, 0]);
  assert.ok(shown.length > 5 && shown.every((step, i) => i === 0 || step >= shown[i - 1]));
});

test("each command ends the reveal at its step first", () => {
  const commands = /** @type {((player: FakeRun["player"]) => void)[]} */ ([
    (player) => player.stepBy(-1), (player) => player.seek(29), (player) => { player.continueWithNewSettings(); player.stepBy(-1); },
  ]);
  for (const command of commands) {
    const { player } = openedRun();
    player.reveal(0);
    drawFrames(200);
    command(player);
    assert.equal(player.shown, 29);
    drawFrames(400);
    assert.equal(player.shown, 29);
  }
});

test("only runs from the address show the way to their step, other runs than before from their beginning", () => {
  const scene = /** @type {any} */ ({ timelineId: "a.1", shown: 50, isFromAddress: true }), before = { ...scene, timelineId: "a.0" };
  assert.equal(revealStart(before, 20, scene), 20);
  assert.equal(revealStart({ ...before, timelineId: "b.0" }, 20, scene), 0);
  assert.equal(revealStart(before, 20, { ...scene, isFromAddress: false }), 50);
});

test("playback continues from the step that the reveal goes to", () => {
  const run = openedRun();
  run.player.reveal(0);
  run.player.play();
  run.frames(3);
  assert.ok(run.player.shown > 30);
});

test("runs that begin anew stop a reveal", () => {
  const { player } = openedRun();
  player.reveal(0);
  player.reset();
  drawFrames(1000);
  assert.equal(player.shown, 0);
});
