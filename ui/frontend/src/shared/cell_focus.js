// Cells in rows and columns that the user can point at with the pointer or the arrow keys.

/**
 * Call `point` with the row and column of the cell that has the pointer or the focus, and with null when the cell loses it.
 * Arrow keys move the focus from cell to cell; the Tab key reaches only one cell.
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
