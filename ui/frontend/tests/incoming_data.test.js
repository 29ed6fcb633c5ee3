import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { IncomingData } from "../src/shared/incoming_data.js";

/** @typedef {{version: number, value: string}} Data */

function incoming() {
  /** @type {string[]} */
  const shown = [];
  return { shown, data: new IncomingData(/** @param {Data} data */ ({ value }) => shown.push(value)) };
}

test("data of an earlier version than the user's last change are ignored", () => {
  const { shown, data } = incoming();
  data.receive({ version: 0, value: "a" });
  assert.deepEqual([data.nextVersion(), data.nextVersion()], [1, 2]);
  data.receive({ version: 1, value: "late" });
  data.receive({ version: 2, value: "b" });
  assert.deepEqual(shown, ["a", "b"]);
});

test("data wait while the user changes the values; only the latest are shown afterwards, unless they are stale", () => {
  const { shown, data } = incoming();
  data.hold();
  data.receive({ version: 0, value: "a" });
  data.receive({ version: 0, value: "b" });
  assert.deepEqual(shown, []);
  data.release();
  assert.deepEqual(shown, ["b"]);
  data.hold();
  data.receive({ version: 0, value: "c" });
  data.nextVersion();
  data.release();
  data.release();
  assert.deepEqual(shown, ["b"]);
});

test("a change is marked until Python has answered it", () => {
  /** @type {boolean[]} */
  const marks = [];
  const data = new IncomingData(/** @type {(data: Data) => void} */ (() => {}), (isAwaited) => marks.push(isAwaited));
  data.receive({ version: 0, value: "a" });
  data.hold();
  data.nextVersion();
  data.release();
  data.receive({ version: 0, value: "late" });
  data.receive({ version: 1, value: "b" });
  assert.deepEqual(marks, [false, true, true, true, false]);
});

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

/** Data whose movements to "goal" are recorded. */
function moving() {
  /** @type {boolean[]} */
  const marks = [];
  /** @type {number[]} */
  const shares = [];
  const data = new IncomingData(/** @type {(data: Data) => void} */ (() => {}), (isAwaited) => marks.push(isAwaited));
  return { data, marks, shares, move: (goal = "goal") => data.moveTo(goal, (share) => shares.push(share)) };
}

test("a movement goes from 0 to exactly 1, and is marked until it ends", () => {
  const { data, marks, shares, move } = moving();
  move();
  data.receive({ version: 0, value: "a" });
  drawFrames(300);
  drawFrames(1000);
  assert.equal(shares[0], 0);
  assert.ok(shares.every((share, i) => i === 0 || share > shares[i - 1]));
  assert.equal(shares.at(-1), 1);
  assert.deepEqual(marks, [true, false]);
});

test("a change by the user ends a movement at its goal first", () => {
  const { data, shares, move } = moving();
  move();
  drawFrames(100);
  data.hold();
  assert.equal(shares.at(-1), 1);
  const count = shares.length;
  drawFrames(300);
  assert.equal(shares.length, count);
});

test("a movement to the same goal continues, one to another goal begins where the values are", () => {
  const { shares, move } = moving();
  move();
  drawFrames(300);
  const { length } = shares;
  move();
  assert.equal(shares.length, length);
  move("another");
  assert.deepEqual(shares.slice(length), [0]);
});

test("data of a restarted server are shown", () => {
  const { shown, data } = incoming();
  data.receive({ version: 5, value: "a" });
  data.nextVersion();
  data.receive({ version: 0, value: "restarted" });
  assert.deepEqual(shown, ["a", "restarted"]);
});
