// Tables of numbers.

import { add } from "../shared/dom.js";

/**
 * Append a table. Return its head and body.
 * @param {HTMLElement} root
 * @param {string} label
 * @param {string} [style]
 */
export function addGrid(root, label, style) {
  const table = add(add(root, "div", "scroll-x"), "table", style);
  table.setAttribute("role", "grid");
  table.setAttribute("aria-label", label);
  return { head: add(add(table, "thead"), "tr"), body: add(table, "tbody") };
}

/**
 * Append a row for class k with a heading and cells.
 * @param {HTMLElement} body
 * @param {number} k
 * @param {string} heading
 * @param {string[]} testIds One per cell
 */
export function addClassRow(body, k, heading, testIds) {
  const row = add(body, "tr");
  row.style.setProperty("--colour", `var(--class-${k})`);
  add(row, "th", "", heading).scope = "row";
  return testIds.map((testId) => {
    const cell = add(row, "td");
    cell.dataset.testid = testId;
    return cell;
  });
}

/** Append a row of sums. @param {HTMLElement} body @param {string[]} texts */
export function addSumRow(body, texts) {
  const row = add(body, "tr", "total");
  add(row, "th", "", "Σ").scope = "row";
  return texts.map((text) => add(row, "td", "", text));
}
