// Tables of numbers whose cells the user can point at with the pointer or the arrow keys.

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

/**
 * Call `point` with the row and column of the cell that has the pointer or the focus, and with null when the cell loses it.
 * Arrow keys move the focus from cell to cell; the Tab key reaches only one cell of the table.
 * @param {HTMLElement[][]} rows
 * @param {(position: [row: number, column: number] | null) => void} point
 */
export function listenToCells(rows, point) {
  rows.forEach((cells, i) =>
    cells.forEach((cell, j) => {
      cell.tabIndex = i === 0 && j === 0 ? 0 : -1;
      cell.onpointerenter = cell.onpointerdown = () => point([i, j]);
      cell.onpointerleave = cell.onblur = () => point(null);
      cell.onfocus = () => {
        for (const other of rows.flat()) other.tabIndex = other === cell ? 0 : -1;
        point([i, j]);
      };
      cell.onkeydown = (event) => {
        const step = arrowStep(event.key);
        if (!step) return;
        event.preventDefault();
        event.stopPropagation();
        rows[i + step[1]]?.[j + step[0]]?.focus();
      };
    }),
  );
}

/** Return the columns to the right and rows down that an arrow key moves; undefined for other keys. @param {string} key */
export function arrowStep(key) {
  /** @type {Record<string, [number, number]>} */
  const steps = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  return steps[key];
}
