import assert from "node:assert/strict";
import { test } from "node:test";
import { parseNumber } from "../src/shared/number_input.js";
import { samples } from "./samples.js";

test("typed texts mean the numbers that Python reads, and the same texts are refused", () => {
  for (const [text, number] of samples("number_input")) assert.equal(parseNumber(text), number, JSON.stringify(text));
});
