import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { listenToDrags } from "../src/shared/drag.js";

/** @type {string[]} */
let calls = [];

/** An element whose drags are listened to. @param {boolean} horizontal */
function listen(horizontal) {
  const target = /** @type {any} */ (new EventTarget());
  target.setPointerCapture = () => {};
  /** @param {string} name */
  const call = (name) => () => void calls.push(name);
  listenToDrags(target, {
    canBegin: () => true, horizontal,
    begin: call("begin"), move: call("move"), end: call("end"), cancel: call("cancel"), tap: call("tap"),
  });
  /** @param {string} type */
  return (type, x = 0, y = 0, pointerType = "touch") => {
    const event = Object.assign(new Event(type), { clientX: x, clientY: y, pointerType, pointerId: 1, button: 0 });
    target[`on${type}`]?.(event);
    target.dispatchEvent(event);
  };
}

beforeEach(() => (calls = []));

test("a mouse drags at once", () => {
  const fire = listen(true);
  fire("pointerdown", 0, 0, "mouse");
  fire("pointermove", 0, 1, "mouse");
  fire("pointerup", 0, 1, "mouse");
  assert.deepEqual(calls, ["begin", "move", "move", "end"]);
});

test("a finger drags after some pixels, and a cancelled drag is undone", () => {
  const fire = listen(true);
  fire("pointerdown");
  fire("pointermove", 4, 0);
  assert.deepEqual(calls, []);
  fire("pointermove", 8, 2);
  fire("pointercancel");
  assert.deepEqual(calls, ["begin", "move", "cancel"]);
});

test("a finger that moves up does not drag what is dragged sideways", () => {
  const fire = listen(true);
  fire("pointerdown");
  fire("pointermove", 2, 10);
  fire("pointermove", 40, 12);
  fire("pointerup", 40, 12);
  assert.deepEqual(calls, []);
  const fireAnywhere = listen(false);
  fireAnywhere("pointerdown");
  fireAnywhere("pointermove", 2, 10);
  assert.deepEqual(calls, ["begin", "move"]);
});

test("a short press is a tap", () => {
  const fire = listen(true);
  fire("pointerdown");
  fire("pointerup", 1, 1);
  assert.deepEqual(calls, ["tap"]);
});
