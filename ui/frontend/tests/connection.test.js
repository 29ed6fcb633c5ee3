import assert from "node:assert/strict";
import { test } from "node:test";
import { ConnectionStates } from "../src/connection/states.js";

const IDLE = { isConnected: true, isRunning: false }, RUNNING = { isConnected: true, isRunning: true };
const LOST = { isConnected: false, isRunning: false };

/** The events of a sequence of states. @param {{isConnected: boolean, isRunning: boolean}[]} sequence */
function events(...sequence) {
  /** @type {string[]} */
  const found = [];
  const states = new ConnectionStates({
    onLost: () => found.push("lost"), onReconnected: () => found.push("reconnected"), onRestored: () => found.push("restored"),
  });
  for (const state of sequence) states.update(state);
  return found;
}

test("runs of the page without a loss of the connection are no events", () => {
  assert.deepEqual(events(IDLE, RUNNING, IDLE), []);
});

test("the page is restored after a run that began after the reconnection", () => {
  assert.deepEqual(events(IDLE, LOST, LOST, IDLE), ["lost", "reconnected"]);
  assert.deepEqual(events(IDLE, LOST, IDLE, RUNNING, IDLE, IDLE), ["lost", "reconnected", "restored"]);
  assert.deepEqual(events(RUNNING, LOST, RUNNING, IDLE), ["lost", "reconnected", "restored"]);
});

test("a connection lost again is restored only once", () => {
  assert.deepEqual(events(LOST, RUNNING, LOST, RUNNING, IDLE), ["lost", "reconnected", "lost", "reconnected", "restored"]);
});
