import assert from "node:assert/strict";
import { test } from "node:test";
import { formatDecimal, formatExponential, formatGeneral, formatProbability } from "../src/shared/number_format.js";
import { samples } from "./samples.js";

test("numbers have the texts that Python gives them", () => {
  const { probability, decimal: decimals, exponential: powers, general: short } = samples("number_format");
  for (const [p, text] of probability) assert.equal(formatProbability(p), text);
  for (const [value, text] of powers) assert.equal(formatExponential(value), text);
  for (const [value, text] of short) assert.equal(formatGeneral(value), text);
  for (const [value, digits, text] of decimals) assert.equal(formatDecimal(value, digits), text, `${value}, ${digits} digits`);
});
