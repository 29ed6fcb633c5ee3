import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { mountedFigure } from "../src/shared/figure.js";

/** @typedef {{version: number, value: string, layout?: string}} Message */

const page = /** @type {any} */ (globalThis), root = { name: "root" };
/** @type {Set<string>} */
let marks;
/** @type {{resized: () => void, observed: unknown} | null} */
let observer;

beforeEach(() => {
  marks = new Set();
  /** @param {string} name @param {boolean} isSet */
  const toggle = (name, isSet) => (isSet ? marks.add(name) : marks.delete(name));
  page.document = { documentElement: { classList: { toggle } } };
  page.ResizeObserver = class {
    /** @param {() => void} resized */
    constructor(resized) {
      observer = { resized, observed: null };
    }
    /** @param {unknown} element */
    observe(element) {
      if (observer) observer.observed = element;
    }
    disconnect() {
      observer = null;
    }
  };
});

afterEach(() => {
  delete page.document;
  delete page.ResizeObserver;
});

/** Mount a figure. Return what it did, the changes it can make, and functions that send data and close it. */
function mountedSample(followed = "") {
  /** @type {unknown[][]} */
  const calls = [];
  /** @type {import("../src/shared/figure.js").Changes<{value: string}>[]} */
  const given = [];
  const render = mountedFigure({
    selector: ".sample",
    parse: (/** @type {string} */ text) => /** @type {Message} */ (JSON.parse(text)),
    layoutOf: ({ layout = "" }) => layout,
    create: (element, message, /** @type {typeof given[number]} */ changes) => {
      calls.push(["create", element, message.value]);
      given.push(changes);
      return {
        show: ({ value }, isNewLayout) => calls.push(["show", value, isNewLayout]),
        redraw: () => calls.push(["redraw"]),
        close: () => calls.push(["close"]),
      };
    },
    followed,
  });
  /** @type {unknown[]} */
  const sent = [];
  const parentElement = /** @type {any} */ ({ querySelector: (/** @type {string} */ selector) => selector === ".sample" && root });
  /** @param {Message} message */
  const receive = (message) =>
    render({
      data: JSON.stringify(message),
      parentElement,
      setStateValue: (name, value) => sent.push([name, value]),
      setTriggerValue: () => {},
    });
  const close = receive({ version: 0, value: "a" });
  return { calls, sent, receive, close, changes: given[0] };
}

test("a figure is created once and shows the data; it learns when the layout has changed", () => {
  const { calls, receive } = mountedSample();
  receive({ version: 0, value: "b" });
  receive({ version: 0, value: "c", layout: "wide" });
  receive({ version: 0, value: "d", layout: "wide" });
  assert.deepEqual(calls, [["create", root, "a"], ["show", "a", false], ["show", "b", false], ["show", "c", true], ["show", "d", false]]);
});

test("values are sent with their version, and data of an earlier version are not shown", () => {
  const { calls, sent, receive, changes } = mountedSample();
  changes.hold();
  assert.ok(changes.isHeld());
  receive({ version: 0, value: "old" });
  changes.send({ value: "mine" });
  assert.ok(!changes.isHeld());
  receive({ version: 0, value: "old" });
  receive({ version: 1, value: "mine" });
  assert.deepEqual(sent, [["changed", { value: "mine", version: 1 }]]);
  assert.deepEqual(calls.slice(2), [["show", "mine", false]]);
});

test("data that arrive while the user changes a value are shown if the change is cancelled", () => {
  const { calls, receive, changes } = mountedSample();
  changes.hold();
  receive({ version: 0, value: "b" });
  assert.equal(calls.length, 2);
  changes.release();
  assert.deepEqual(calls.slice(2), [["show", "b", false]]);
});

test("a figure is drawn again at a new size, until it is closed", () => {
  const { calls, close } = mountedSample();
  assert.equal(observer?.observed, root);
  observer?.resized();
  close();
  assert.equal(observer, null);
  assert.deepEqual(calls.slice(2), [["redraw"], ["close"]]);
});

test("numbers that follow a figure are marked until Python has answered; two figures have different marks", () => {
  const first = mountedSample("curve"), second = mountedSample();
  second.changes.hold();
  assert.equal(marks.size, 0); // nothing follows the second one
  first.changes.send({ value: "mine" });
  assert.equal(marks.size, 1);
  first.receive({ version: 1, value: "mine" });
  assert.equal(marks.size, 0);
  first.changes.hold();
  first.close();
  assert.equal(marks.size, 0);
});
