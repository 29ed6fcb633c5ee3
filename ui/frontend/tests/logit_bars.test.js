import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { BarsModel } from "../src/logit_bars/model.js";
import { sweepPosition } from "../src/logit_bars/slider_row.js";
import { shiftLimits, temperatureLimits } from "../src/logit_bars/sliders.js";
import { between } from "../src/logit_bars/synced_values.js";
import { assertClose } from "./samples.js";

/** @import { BarsData, Change } from "../src/logit_bars/messages.js" */

/** @param {Partial<BarsData>} change @returns {BarsData} */
function data(change = {}) {
  return {
    bars: "bars", logits: [1, 2, 3], names: ["a", "b", "c"], glyphs: "●▲■", range: [-12, 12], temperature: 1,
    temperatures: [0.05, 20], shift: 0, outputs: ["softmax"], target: null, version: 0, openings: 0,
    messages: { refused: "", empty: "" }, ...change,
    texts: { cold: "{winner}", cold_tie: "{count} largest", hot: "1/{count}" },
  };
}

/** @type {Change[]} */
let sent = [];
/** @type {((now: number) => void)[]} */
let frames = [];

function model() {
  const made = new BarsModel(data(), () => {}, (change) => sent.push(change));
  made.receive(data(), true);
  return made;
}

/** Press an arrow key on the first bar. @param {BarsModel} bars */
function press(bars) {
  bars.set(0, { logits: bars.values.logits.with(0, bars.values.logits[0] + 1) });
  bars.releaseSoon();
}

/** End all transitions. */
function runFrames() {
  for (let now = performance.now(); frames.length; now += 100) frames.shift()?.(now);
}

beforeEach(() => {
  sent = [];
  frames = [];
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.requestAnimationFrame = (frame) => frames.push(frame);
  globalThis.cancelAnimationFrame = (id) => (frames[id - 1] = () => {});
});

test("a lap goes to both ends and back at constant speed", () => {
  const path = Array.from({ length: 201 }, (_, i) => sweepPosition(2, -3, 5, i / 200));
  assertClose([path[0], path[200]], [2, 2]);
  assertClose([Math.max(...path), Math.min(...path)], [5, -3], 0.09);
  const steps = path.slice(1).map((value, i) => Math.abs(value - path[i]));
  assertClose([Math.max(...steps)], [16 / 200]);
});

test("a transition mixes logits and shift linearly, and the temperature geometrically", () => {
  const from = { logits: [0, 2], temperature: 0.1, shift: 0 }, to = { logits: [4, 0], temperature: 10, shift: -1 };
  const middle = between(from, to, 0.5);
  assertClose([...middle.logits, middle.temperature, middle.shift], [2, 1, 1, -0.5]);
  assert.deepEqual(between(from, to, 1), to);
});

test("no rapid press of a key is undone by a late answer", () => {
  const bars = model();
  press(bars);
  mock.timers.tick(200);
  assert.deepEqual(sent, [{ logits: [2, 2, 3], temperature: 1, shift: 0, version: 1 }]);
  press(bars);
  assert.equal(bars.receive(data(), false), false); // a rerun that began before the first press
  bars.receive(data({ logits: [2, 2, 3], version: 1 }), false); // the answer to it, while keys are pressed
  press(bars);
  mock.timers.tick(200);
  assert.deepEqual(bars.values.logits, [4, 2, 3]);
  assert.deepEqual(sent[1], { logits: [4, 2, 3], temperature: 1, shift: 0, version: 2 });
  assert.equal(bars.receive(data({ logits: [2, 2, 3], version: 1 }), false), false); // once more
  runFrames();
  assert.deepEqual(bars.values.logits, [4, 2, 3]);
  bars.receive(data({ logits: [4, 2, 3], version: 2 }), false);
  runFrames();
  assert.deepEqual(bars.values.logits, [4, 2, 3]);
  assert.equal(sent.length, 2);
});

test("a press is sent at once when the focus leaves the bar", () => {
  const bars = model();
  press(bars);
  bars.releaseNow();
  assert.equal(sent.length, 1);
  mock.timers.tick(200);
  bars.releaseNow();
  assert.equal(sent.length, 1);
});

test("new values from Python stop a playing slider and are shown", () => {
  const bars = model();
  let isStopped = false;
  bars.begin("shift");
  bars.playing = { control: "shift", stop: () => (isStopped = true) };
  bars.set("shift", { logits: [2, 3, 4], shift: 1 });
  bars.receive(data(), false); // a rerun for another reason
  assert.equal(isStopped, false);
  bars.receive(data({ logits: [1, 1, 1] }), false);
  assert.equal(isStopped, true);
  runFrames();
  assert.deepEqual(bars.values, { logits: [1, 1, 1], temperature: 1, shift: 0 });
  assert.deepEqual([sent, bars.moving], [[], false]);
});

test("a lecture step that is opened stops a playing slider, also with the values that Python has already", () => {
  const bars = model();
  let isStopped = false;
  bars.begin("temperature");
  bars.playing = { control: "temperature", stop: () => (isStopped = true) };
  bars.set("temperature", { temperature: 3 });
  bars.receive(data({ openings: 1 }), false);
  runFrames();
  assert.deepEqual([isStopped, bars.values.temperature, bars.moving, sent], [true, 1, false, []]);
});

test("the bars are ahead of Python from the first movement to the answer", () => {
  const bars = model(), ahead = [bars.isAhead];
  bars.set(0, { logits: [9, 2, 3] });
  ahead.push(bars.isAhead);
  bars.release();
  ahead.push(bars.isAhead);
  bars.receive(data({ logits: [9, 2, 3], version: 1 }), false);
  ahead.push(bars.isAhead);
  assert.deepEqual(ahead, [false, true, true, false]);
});

test("only an answer is compared with what was shown before", () => {
  const bars = model();
  bars.receive(data({ logits: [0, 0, 0], openings: 1 }), false);
  runFrames();
  assert.equal(bars.before, null);
  bars.receive(data({ logits: [1, 0, 0], openings: 1 }), false);
  runFrames();
  assertClose(bars.before ?? [], [1 / 3, 1 / 3, 1 / 3]);
  bars.receive(data({ logits: [1, 0, 0], openings: 2 }), false);
  assert.equal(bars.before, null);
});

test("a play goes on at the answer to a change before it", () => {
  const bars = model();
  press(bars);
  bars.release();
  bars.begin("temperature");
  bars.playing = { control: "temperature", stop: () => assert.fail("stopped") };
  bars.set("temperature", { temperature: 3 });
  bars.receive(data({ logits: [2, 2, 3], version: 1 }), false);
  assert.equal(bars.values.temperature, 3);
});

test("new values do not interrupt a drag, which then counts", () => {
  const bars = model();
  bars.set(0, { logits: [9, 2, 3] });
  bars.receive(data({ logits: [0, 0, 0] }), false);
  assert.deepEqual(bars.values.logits, [9, 2, 3]);
  bars.release();
  assert.deepEqual(sent.map(({ logits }) => logits), [[9, 2, 3]]);
});

test("a cancelled drag restores the values and sends nothing", () => {
  const bars = model();
  bars.set(0, { logits: [9, 2, 3] });
  bars.cancel();
  assert.deepEqual([bars.values.logits, bars.active, sent], [[1, 2, 3], null, []]);
});

test("values that Python has are not sent", () => {
  const bars = model();
  bars.set(0, { logits: [1, 2, 3] });
  bars.release();
  assert.deepEqual(sent, []);
});

test("a restarted server's values are taken over", () => {
  const bars = model();
  bars.receive(data({ version: 7 }), false);
  bars.receive(data({ logits: [5, 5, 5], version: 0 }), false);
  runFrames();
  assert.deepEqual(bars.values.logits, [5, 5, 5]);
});

test("a shift keeps all logits in their range, and the present shift is always possible", () => {
  assert.deepEqual(shiftLimits([1, 2, 3], 0, [-12, 12]), [-12, 9]);
  assert.deepEqual(shiftLimits([-12, -12, -12], 0, [-12, 12]), [0, 12]);
  assert.deepEqual(shiftLimits([-12, -12], 20, [-12, 12]), [0, 20]); // an old link
  assert.deepEqual(shiftLimits([-32, -32], 20, [-12, 12]), [20, 20]);
});

test("the limits of the temperature name the largest class, or count those that share it", () => {
  assert.deepEqual(temperatureLimits(data(), [1, 2, 3]), { low: "■ c", high: "1/3" });
  assert.deepEqual(temperatureLimits(data(), [3, 2, 3]), { low: "2 largest", high: "1/3" });
});

test("nothing is sent or drawn after the bars have stopped", () => {
  const bars = model();
  press(bars);
  bars.stop();
  mock.timers.tick(200);
  assert.deepEqual([sent, bars.moving], [[], false]);
  bars.receive(data({ logits: [5, 5, 5] }), false);
  bars.stop();
  runFrames();
  assert.notDeepEqual(bars.values.logits, [5, 5, 5]);
});
