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

/** A channel with `rowsUrl`, whose stage plays and has sent its first message. @param {() => Promise<object>} answer */
async function playingChannel(answer) {
  /** @type {[url: string, message: object][]} */
  const posted = [];
  const now = { ...state, playing: true }, channel = new Channel("stage", () => now);
  globalThis.fetch = /** @type {any} */ ((/** @type {string} */ url, /** @type {{body: string}} */ { body }) => {
    posted.push([url, JSON.parse(body)]);
    return answer();
  });
  channel.rowsUrl = "rows/1";
  channel.knownRevision = 0;
  channel.send();
  await endOfTask();
  assert.deepEqual([sent.pop(), posted], [[details, now], []]);
  return { now, channel, posted };
}

const packed = new Uint8Array([...new Uint8Array(new Uint32Array([13]).buffer), ...new TextEncoder().encode('{"arrays":{}}'), 0, 0, 0, 0, 0, 0, 0]);
const ok = async () => ({ ok: true, arrayBuffer: async () => packed.buffer });

test("a stage that only plays sends its messages to rowsUrl, and takes the answers", async () => {
  const { now, channel, posted } = await playingChannel(ok);
  /** @type {object[]} */
  const received = [];
  registry.stages.set("stage", { receive: (message) => received.push(message), leave() {} });
  channel.send();
  await endOfTask();
  assert.deepEqual(posted, [["rows/1", now]]);
  assert.equal(received.length, 1);
  channel.send({ clickedSample: 3 });
  await endOfTask();
  assert.equal(sent.at(-1)?.[0], details);
});

test("while Python does not know the settings, or that the stage plays, messages go through the feed", async () => {
  const { now, channel, posted } = await playingChannel(ok);
  now.revision = 1;
  channel.send();
  await endOfTask();
  assert.deepEqual(sent, [[rows, now]]);
  channel.rememberKnown({ ...now, revision: 1, playing: false, ends: [], changes: [] });
  channel.send();
  await endOfTask();
  assert.deepEqual([sent.length, posted.length], [2, 0]);
  channel.rememberKnown({ ...now, revision: 1, playing: true, ends: [], changes: [] });
  channel.send();
  await endOfTask();
  assert.deepEqual([sent.length, posted.length], [2, 1]);
});

test("a message that is repeated before there was an answer goes through the feed", async () => {
  const { channel, posted } = await playingChannel(() => new Promise(() => {}));
  channel.send();
  await endOfTask();
  channel.send();
  await endOfTask();
  assert.equal(posted.length, 1);
  assert.deepEqual(sent.map(([feed]) => feed), [rows]);
});

for (const [name, answer] of /** @type {[string, () => Promise<object>][]} */ ([
  ["an error", async () => ({ ok: false })],
  ["no connection", () => Promise.reject(new TypeError("Failed to fetch"))],
  ["a page that is not ours", async () => ({ ok: true, arrayBuffer: async () => new TextEncoder().encode("<!DOCTYPE html><title>Log in</title>").buffer })],
  ["a connection that breaks", async () => ({ ok: true, arrayBuffer: () => Promise.reject(new TypeError("network error")) })],
])) {
  test(`after ${name}, messages go through the feed until Python answers`, async () => {
    const { now, channel, posted } = await playingChannel(answer);
    for (let i = 0; i < 2; i++) {
      channel.send();
      await endOfTask();
      await endOfTask();
    }
    assert.equal(posted.length, 1);
    assert.deepEqual(sent, [[rows, now], [rows, now]]);
    channel.knownRevision = 0;
    channel.send();
    await endOfTask();
    await endOfTask();
    assert.equal(posted.length, 2);
    assert.equal(sent.length, 3);
  });

  test(`after ${name}, a stage that has left the page sends nothing`, async () => {
    const { channel, posted } = await playingChannel(async () => {
      channel.rowsUrl = null;
      return answer();
    });
    channel.send();
    await endOfTask();
    await endOfTask();
    assert.equal(posted.length, 1);
    assert.deepEqual(sent, []);
  });
}

test("a stage that has paused before a message fails sends nothing more", async () => {
  let fail = () => {};
  const { now, channel } = await playingChannel(() => new Promise((resolve) => { fail = () => resolve({ ok: false }); }));
  channel.send();
  await endOfTask();
  now.playing = false;
  channel.send();
  await endOfTask();
  fail();
  await endOfTask();
  await endOfTask();
  assert.deepEqual(sent, [[details, now]]);
});
