import assert from "node:assert/strict";
import { test } from "node:test";
import { exponentParts } from "../src/linked_table/exponents.js";

test("exponents are separated from the text around them", () => {
  assert.deepEqual(exponentParts("1 / (1 + e^(−z))"), [
    { text: "1 / (1 + e", isExponent: false }, { text: "−z", isExponent: true }, { text: ")", isExponent: false },
  ]);
});

test("a text without exponents is one part, an empty one none", () => {
  assert.deepEqual(exponentParts("σ(z)"), [{ text: "σ(z)", isExponent: false }]);
  assert.deepEqual(exponentParts(""), []);
});
