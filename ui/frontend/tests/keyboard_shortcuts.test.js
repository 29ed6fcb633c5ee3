import assert from "node:assert/strict";
import { test } from "node:test";
import { isKeyboardUse, remoteDirection, shortcut } from "../src/keyboard_shortcuts/keys.js";

const PAGE = { isText: false, isSlider: false, usesArrows: false };
const SLIDER = { isText: false, isSlider: true, usesArrows: true };
const RADIO = { isText: false, isSlider: false, usesArrows: true };
const TEXT = { isText: true, isSlider: false, usesArrows: true };

test("a remote's keys change the step", () => {
  assert.equal(remoteDirection("PageDown", PAGE, false), "next");
  assert.equal(remoteDirection("PageUp", RADIO, false), "back");
  assert.equal(remoteDirection("ArrowRight", PAGE, false), null);
});

test("a slider keeps these keys only if it has got the focus by keyboard", () => {
  assert.equal(remoteDirection("PageDown", SLIDER, false), null);
  assert.equal(remoteDirection("PageDown", SLIDER, true), "next");
  assert.equal(remoteDirection("PageDown", TEXT, true), null);
});

test("a remote's keys and modifier keys are no use of the keyboard", () => {
  assert.deepEqual(["PageDown", "PageUp", "Shift", "Control"].map(isKeyboardUse), [false, false, false, false]);
  assert.deepEqual(["Tab", "a", "ArrowRight"].map(isKeyboardUse), [true, true, true]);
});

test("arrow keys change the step unless the focus uses them", () => {
  assert.deepEqual(shortcut("ArrowRight", false, PAGE), { kind: "step", direction: "next" });
  assert.deepEqual(shortcut("ArrowLeft", false, PAGE), { kind: "step", direction: "back" });
  assert.equal(shortcut("ArrowRight", true, PAGE), null);
  for (const focus of [SLIDER, RADIO, TEXT]) assert.equal(shortcut("ArrowRight", false, focus), null);
});

test("digits choose an answer unless the focus is on a slider", () => {
  assert.deepEqual(shortcut("1", false, PAGE), { kind: "option", index: 0 });
  assert.deepEqual(shortcut("9", false, RADIO), { kind: "option", index: 8 });
  assert.equal(shortcut("0", false, PAGE), null);
  assert.equal(shortcut("1", false, SLIDER), null);
});

test("a question mark opens the list; b and a full stop fold the step", () => {
  assert.deepEqual(shortcut("?", true, SLIDER), { kind: "list" });
  for (const key of ["b", "B", "."]) assert.deepEqual(shortcut(key, false, PAGE), { kind: "fold" });
});

test("there are no shortcuts while typing", () => {
  for (const key of ["?", "b", ".", "1", "ArrowRight"]) assert.equal(shortcut(key, false, TEXT), null);
});
