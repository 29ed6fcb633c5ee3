import assert from "node:assert/strict";
import { test } from "node:test";
import { decimal } from "../src/shared/number_format.js";
import { samples } from "./samples.js";

test("signed, small and large numbers have the texts that Python gives them", () => {
  for (const { value, text } of samples("decimals")) assert.equal(decimal(value), text);
  assert.deepEqual([Infinity, -Infinity, NaN].map((value) => decimal(value)), ["∞", "−∞", "NaN"]);
});
