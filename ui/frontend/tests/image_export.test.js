import assert from "node:assert/strict";
import { test } from "node:test";
import { footerPlaces } from "../src/training_stage/footer.js";
import { fileName } from "../src/training_stage/image_export.js";

test("the name of a picture has the data set, the step and the date", () => {
  assert.equal(fileName("rings", 40, new Date(2026, 0, 5, 23, 59)), "rings-step-40-2026-01-05");
});

const GAP = 10;

/** @param {import("../src/training_stage/footer.js").Place[]} places @param {number} available */
function assertApart(places, available) {
  places.forEach(({ x, row, width }, i) => {
    assert.ok(x >= 0 && x + width <= available, `text ${i} is beyond the picture`);
    for (const other of places.slice(i + 1)) {
      if (other.row === row) assert.ok(other.x >= x + width + GAP || other.x + other.width + GAP <= x, `text ${i} overlaps another one`);
    }
  });
}

test("the footer has one row if all fits, with the summary at the right end", () => {
  const places = footerPlaces([40, 50, 60], 400, GAP, 2);
  assert.deepEqual(places.map(({ x, row }) => [x, row]), [[0, 0], [50, 0], [340, 0]]);
});

test("ten classes and the summary of two runs wrap into rows without overlaps", () => {
  for (const available of [320, 600, 900]) {
    const places = footerPlaces([...Array(10).fill(75), 60, 240, 240], available, GAP, 10);
    assertApart(places, available);
    const rows = places.map(({ row }) => row);
    assert.deepEqual(rows, [...rows].sort((a, b) => a - b));
  }
});

test("a name wider than the picture gets a whole row", () => {
  const places = footerPlaces([500, 60, 90], 300, GAP, 2);
  assertApart(places, 300);
  assert.deepEqual(places.map(({ row, width }) => [row, width]), [[0, 300], [1, 60], [1, 90]]);
});
