import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { spaceLeft } from "../src/shared/axes.js";
import { unpack } from "../src/shared/binary_message.js";
import { segments } from "../src/shared/marching_squares.js";
import { animate } from "../src/shared/motion.js";
import { formatLoss, tickLabel } from "../src/shared/number_format.js";
import { simplexPoint } from "../src/shared/simplex.js";
import { logarithmicScale, niceCeil, niceUpperBound, ticks } from "../src/shared/ticks.js";
import { Timers } from "../src/shared/timers.js";
import { Version } from "../src/shared/version.js";
import { queryWithStep, writeStep } from "../src/training_stage/address.js";
import { historyCommand } from "../src/training_stage/keys.js";
import { isSameTimeline } from "../src/training_stage/messages.js";
import { SAMPLE_RADIUS, cornerOffset } from "../src/training_stage/side_views/probability_simplex.js";
import { assertClose, samples } from "./samples.js";

test("losses have four decimals, or a power of ten where these would not suffice", () => {
  assert.deepEqual([0, 0.1439, 1e-4, 123456, -2].map(formatLoss), ["0.0000", "0.1439", "1.00×10⁻⁴", "1.23×10⁵", "−2.0000"]);
  assert.deepEqual([-0.5, 0, 200, 2e5].map(tickLabel), ["−0.5", "0", "200", "2.00×10⁵"]);
});

test("a message packed by Python has its fields and arrays", () => {
  const { bytes, header, arrays } = samples("binary_message");
  const message = unpack(Uint8Array.from(bytes));
  for (const [name, value] of Object.entries(header)) assert.deepEqual(message[name], value);
  for (const [name, { type, values }] of Object.entries(/** @type {Record<string, any>} */ (arrays))) {
    assert.equal(message[name].constructor.name, type);
    assertClose(message[name], values, 1e-7);
  }
});

test("ticks are round numbers within their range", () => {
  assert.deepEqual(ticks(0, 200, 4), [0, 50, 100, 150, 200]);
  assert.deepEqual(ticks(-4.5, 4.5, 4), [-4, -2, 0, 2, 4]); // not 0 alone
  assert.deepEqual(ticks(-0.3, 0.3, 6), [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
  assert.deepEqual([1, 1.1, 3, 7, 0.03].map(niceCeil), [1, 2, 5, 10, 0.05]);
  assert.ok(niceUpperBound(1) > 1 && niceUpperBound(1) <= 1.21);
});

test("a logarithmic axis has powers of ten, and more marks where it is short", () => {
  assert.deepEqual(logarithmicScale(0.01, 100).marks, [[-2, "0.01"], [-1, "0.1"], [0, "1"], [1, "10"], [2, "100"]]);
  assert.deepEqual(logarithmicScale(1, 10).marks?.map(([, label]) => label), ["1", "2", "5", "10"]);
  assert.equal(logarithmicScale(0.01, 100).of(10), 1);
});

test("marching squares find the circle of a distance field", () => {
  const cells = 40, field = [];
  for (let j = 0; j <= cells; j++) for (let i = 0; i <= cells; i++) field.push(Math.hypot(i - 20, j - 20));
  const found = segments(field, cells, 10);
  assert.ok(found.length > 40);
  for (const [x0, y0, x1, y1] of found) {
    assert.ok(Math.abs(Math.hypot(x0 - 20, y0 - 20) - 10) < 0.02);
    assert.ok(Math.hypot(x1 - x0, y1 - y0) <= Math.SQRT2);
  }
  assert.deepEqual(segments(field, cells, 1000), []);
});

test("the simplex has the certain predictions at its corners", () => {
  const height = Math.sqrt(0.75);
  assertClose([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1 / 3, 1 / 3, 1 / 3]].flatMap(simplexPoint), [0.5, height, 0, 0, 1, 0, 0.5, height / 3]);
});

test("values of Python are stale until it has received the last change", () => {
  const version = new Version();
  assert.equal(version.isStale(0), false);
  const [first, second] = [version.next(), version.next()];
  assert.equal(version.isStale(0), true);
  assert.equal(version.isStale(first), true);
  assert.equal(version.isStale(second), false);
  assert.equal(version.isStale(second), false);
});

test("values of a server that was restarted are not stale", () => {
  const version = new Version();
  version.isStale(version.next());
  version.isStale(version.next());
  assert.equal(version.isStale(0), false);
  version.next();
  assert.equal(version.isStale(0), true);
  assert.equal(version.isStale(1), false);
});

test("a timer replaces the one with its name, and all end together", () => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const timers = new Timers(), calls = /** @type {string[]} */ ([]);
  timers.after("a", () => calls.push("first"), 100);
  timers.after("a", () => calls.push("second"), 100);
  timers.every("b", () => calls.push("b"), 60);
  mock.timers.tick(130);
  assert.deepEqual(calls, ["b", "second", "b"]);
  timers.after("a", () => calls.push("third"), 100);
  timers.cancelAll();
  mock.timers.tick(1000);
  assert.equal(calls.length, 3);
  mock.timers.reset();
});

test("the step replaces the one in the address and leaves the rest", () => {
  assert.equal(queryWithStep("?lang=ja&step=3&rate=1", "step", 0, 25), "?lang=ja&step=25&rate=1");
  assert.equal(queryWithStep("?first_step=3", "step", 0, 25), "?first_step=3&step=25");
  assert.equal(queryWithStep("", "step", 0, 25), "?step=25");
  assert.equal(queryWithStep("?step=25", "step", 0, 25), null);
  assert.equal(queryWithStep("", "step", 300, 300), null);
});

test("a timeline with a lower or equal count continues the runs, another name or a higher count does not", () => {
  assert.ok(isSameTimeline("a.2", "a.2"));
  assert.ok(isSameTimeline("a.2", "a.0"));
  assert.ok(!isSameTimeline("a.2", "a.3"));
  assert.ok(!isSameTimeline("a.2", "b.2"));
});

test("the step is not written into the address of the page that follows", () => {
  /** @type {string[]} */
  const written = [];
  const location = { pathname: "/live_training", search: "?lang=en", hash: "" };
  Object.assign(globalThis, { location, history: { state: null, replaceState: (/** @type {unknown} */ _, /** @type {string} */ __, /** @type {string} */ url) => written.push(url) } });
  writeStep("/live_training", "step", 0, 7);
  location.pathname = "/softmax_playground";
  writeStep("/live_training", "step", 0, 8);
  assert.deepEqual(written, ["/live_training?lang=en&step=7"]);
});

test("Ctrl+Z and Cmd+Z undo; with Shift they redo, as does Ctrl+Y", () => {
  const none = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
  assert.equal(historyCommand({ ...none, key: "z", ctrlKey: true }), "undo");
  assert.equal(historyCommand({ ...none, key: "z", metaKey: true }), "undo");
  assert.equal(historyCommand({ ...none, key: "Z", ctrlKey: true, shiftKey: true }), "redo");
  assert.equal(historyCommand({ ...none, key: "y", ctrlKey: true }), "redo");
  for (const other of [{ key: "z" }, { key: "z", ctrlKey: true, altKey: true }, { key: "x", ctrlKey: true }]) {
    assert.equal(historyCommand({ ...none, ...other }), null);
  }
});

test("beside an axis there is space for its longest tick and its name", () => {
  const font = 14, digits = 0.5 * font; // the width of a digit in the app's type
  for (const label of ["0", "0.0015", "10⁻¹⁰"]) {
    const space = spaceLeft({ range: [0, 1], name: "likelihood", marks: [[0, "0"], [1, label]] }, 300, font);
    assert.ok(space >= label.length * digits + font + 9, label);
  }
});

test("samples in a corner of the simplex leave its name free", () => {
  for (const [font, pen] of [[13.8, 1], [18, 1.6], [54, 4.8]]) {
    assert.ok(cornerOffset(font, pen) - font / 2 > SAMPLE_RADIUS * pen);
  }
});

test("an animation goes on in small steps after a long pause between two frames", () => {
  /** @type {((now: number) => void)[]} */
  const frames = [];
  globalThis.requestAnimationFrame = (frame) => frames.push(frame);
  /** @type {number[]} */
  const shares = [];
  animate(600, (share) => shares.push(share));
  for (let now = performance.now() + 5000; frames.length; now += 5000) frames.shift()?.(now);
  assert.equal(shares[0], 0);
  assert.equal(shares.length, 7);
  assert.equal(shares.at(-1), 1);
});
