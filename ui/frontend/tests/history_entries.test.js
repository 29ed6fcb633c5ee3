import assert from "node:assert/strict";
import { test } from "node:test";
import { HistoryEntries } from "../src/streamlit_patches/history_entries.js";

/** Which of the addresses after the first one are new entries. @param {string[]} addresses */
function newEntries(...addresses) {
  const entries = new HistoryEntries(), urls = addresses.map((address) => new URL(address, "http://host/"));
  return urls.slice(1).map((url, i) => entries.isNew(urls[i], url));
}

test("a page is a new entry, a change of its settings is not", () => {
  assert.deepEqual(newEntries("/", "/loss", "/loss?rate=1", "/loss?rate=2", "/"), [true, false, false, true]);
});

test("a step of the lecture is a new entry, its beginning, its end and its answer are not", () => {
  assert.deepEqual(newEntries("/a", "/a?lecture=one", "/a?lecture=one&guess=x", "/a?lecture=two", "/a"), [false, false, true, false]);
});

test("a step on another page is one entry", () => {
  assert.deepEqual(newEntries("/a?lecture=one", "/a?lecture=two", "/b?lecture=two", "/b?lecture=two&rate=1"), [true, false, false]);
  assert.deepEqual(newEntries("/a?lecture=one", "/a?lecture=two", "/a?lecture=two&rate=1", "/b?lecture=two"), [true, false, false]);
});

test("a page after a step on another page is a new entry", () => {
  assert.deepEqual(newEntries("/a?lecture=one", "/a?lecture=two", "/b?lecture=two", "/c?lecture=two"), [true, false, true]);
  assert.deepEqual(newEntries("/a?lecture=one", "/a?lecture=two", "/c"), [true, true]);
});

test("an entry keeps the address that its page had when the user left it", () => {
  const entries = new HistoryEntries(), url = (/** @type {string} */ address) => new URL(address, "http://host/");
  assert.equal(entries.left(url("/a?rate=1"), url("/b")).search, "?rate=1");
  entries.press(url("/a?rate=1"));
  assert.equal(entries.left(url("/a?lang=en"), url("/b?lang=en")).search, "?rate=1");
  assert.equal(entries.left(url("/a?rate=2"), url("/b?lang=en")).search, "?rate=2");
  assert.equal(entries.left(url("/c?lang=en"), url("/b?lang=en")).search, "?lang=en");
});
