import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { listenToRange } from "../src/shared/range_input.js";

/** @type {(string | number)[]} */
let calls = [];

class Range extends EventTarget {
  valueAsNumber = 0;

  constructor() {
    super();
    listenToRange(/** @type {HTMLInputElement} */ (/** @type {unknown} */ (this)), {
      set: (value) => calls.push(value), release: () => calls.push("release"), restore: () => calls.push("restore"),
    });
  }

  /** @param {string} type */
  fire(type, x = 0, y = 0, pointerType = "touch") {
    this.dispatchEvent(Object.assign(new Event(type), { clientX: x, clientY: y, pointerType }));
  }

  /** The browser sets the slider. @param {number} value */
  input(value) {
    this.valueAsNumber = value;
    this.fire("input");
  }
}

beforeEach(() => (calls = []));

test("a mouse or a key sets a slider at once", () => {
  const range = new Range();
  range.fire("pointerdown", 5, 5, "mouse");
  range.input(3);
  range.fire("change");
  range.input(4);
  assert.deepEqual(calls, [3, "release", 4]);
});

test("a finger that scrolls sets nothing, and a key after it does", () => {
  const range = new Range();
  range.fire("pointerdown", 5, 5);
  range.input(3);
  range.fire("pointermove", 6, 25);
  range.fire("pointercancel");
  range.input(4);
  range.fire("touchend");
  assert.deepEqual(calls, ["restore", "restore", "restore"]);
  range.input(7);
  assert.equal(calls.at(-1), 7);
});

test("a finger that moves sideways drags, and a tap sets", () => {
  const range = new Range();
  range.fire("pointerdown", 5, 5);
  range.input(3);
  range.fire("pointermove", 15, 7);
  range.input(4);
  range.fire("pointerup", 15, 7);
  assert.deepEqual(calls, ["restore", 4]);
  calls = [];
  range.fire("pointerdown", 5, 5);
  range.input(3);
  range.fire("pointerup", 6, 5);
  assert.deepEqual(calls, ["restore", 3, "release"]);
});
