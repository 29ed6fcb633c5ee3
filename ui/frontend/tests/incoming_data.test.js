import assert from "node:assert/strict";
import { test } from "node:test";
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

test("data of a restarted server are shown", () => {
  const { shown, data } = incoming();
  data.receive({ version: 5, value: "a" });
  data.nextVersion();
  data.receive({ version: 0, value: "restarted" });
  assert.deepEqual(shown, ["a", "restarted"]);
});
