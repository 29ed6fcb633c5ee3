import assert from "node:assert/strict";
import { test } from "node:test";
import { fileName } from "../src/training_stage/image_export.js";

test("the name of a picture has the data set, the step and the date", () => {
  assert.equal(fileName("rings", 40, new Date(2026, 0, 5, 23, 59)), "rings-step-40-2026-01-05");
});
