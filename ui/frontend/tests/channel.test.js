import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Channel } from "../src/training_stage/channel.js";
import { feedKeys, registry } from "../src/training_stage/registry.js";

const state = { timelineId: "a.0", revision: 0, values: {}, step: 0, playing: false };
const { details, rows } = feedKeys("stage");
/** @type {[feed: string, message: object][]} */
let sent = [];

/** @param {string} key */
function addFeed(key) {
  registry.feeds.set(key, { message: /** @type {any} */ ({}), send: (message) => sent.push([key, message]) });
}

const endOfTask = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  globalThis.addEventListener = () => {}; // no clicks come
  sent = [];
  registry.feeds.clear();
  for (const key of [details, rows]) addFeed(key);
});

test("during playback, only the first message and changes other than settings redraw the details", async () => {
  const now = { ...state }, channel = new Channel("stage", () => now);
  /** @param {object} [extra] */
  const feedOf = async (extra) => {
    channel.send(extra);
    await endOfTask();
    return sent.at(-1)?.[0];
  };
  assert.equal(await feedOf(), details);
  now.playing = true;
  assert.equal(await feedOf(), details);
  assert.equal(await feedOf(), rows);
  assert.equal(await feedOf({ clickedSample: 3 }), details);
  assert.equal(await feedOf(), rows);
  now.playing = false;
  assert.equal(await feedOf(), details);
});

test("what is sent in one task is one message", async () => {
  const channel = new Channel("stage", () => state);
  channel.send({ clickedSample: 3 });
  channel.send();
  await endOfTask();
  assert.deepEqual(sent, [[details, { ...state, clickedSample: 3 }]]);
});

test("a message that no feed can send is kept", async () => {
  const channel = new Channel("stage", () => state);
  registry.feeds.clear();
  channel.send({ history: "undo" });
  await endOfTask();
  assert.ok(channel.isUnsent);
  addFeed(details);
  channel.send();
  await endOfTask();
  assert.ok(!channel.isUnsent);
  assert.deepEqual(sent, [[details, { ...state, history: "undo" }]]);
});
