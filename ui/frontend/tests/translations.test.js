import assert from "node:assert/strict";
import { test } from "node:test";
import { Originals, translated } from "../src/streamlit_patches/translations.js";

/** @typedef {import("../src/streamlit_patches/translations.js").Translation} Translation */

/** @type {Translation[]} */
const JAPANESE = [["Open", "開く"], ["Help for {label}", "「{label}」の説明"], ["{label} per file", "1 ファイル {label} まで"]];
/** @type {Translation[]} */
const ENGLISH = JAPANESE.map(([english]) => [english, english]);

test("a text is translated as a whole, with any label", () => {
  assert.equal(translated("Open", JAPANESE), "開く");
  assert.equal(translated("Help for Features", JAPANESE), "「Features」の説明");
  assert.equal(translated("5MB per file", JAPANESE), "1 ファイル 5MB まで");
});

test("other texts are left as they are", () => {
  for (const text of ["Open it", "open", "Help", "", "per file"]) assert.equal(translated(text, JAPANESE), text);
});

test("a label is inserted literally", () => {
  assert.equal(translated("Help for $& {label}", JAPANESE), "「$& {label}」の説明");
});

test("a translated text is translated from its original into another language", () => {
  const originals = new Originals(), node = {};
  assert.equal(originals.of(node, "title", "Open"), "Open");
  originals.remember(node, "title", "Open", "開く");
  assert.equal(originals.of(node, "title", "開く"), "Open");
  assert.equal(translated(originals.of(node, "title", "開く"), ENGLISH), "Open");
  assert.equal(originals.of(node, "aria-label", "開く"), "開く");
  assert.equal(originals.of(node, "title", "Close"), "Close"); // written by Streamlit since
});
