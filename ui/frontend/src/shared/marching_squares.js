// Contour lines of a function on a grid.

/**
 * Return the contour line on which a function on a grid equals a level, as segments, by marching squares.
 * @param {ArrayLike<number>} field Values at the nodes: that of node n, counted row by row, has the index n · stride + offset
 * @param {number} cells Cells along a side of the grid
 * @param {number} level
 * @param {number} stride
 * @param {number} offset
 * @returns {number[][]} segments [x0, y0, x1, y1] in units of cells
 */
export function segments(field, cells, level, stride = 1, offset = 0) {
  /** @type {number[][]} */
  const found = [];
  const width = cells + 1;
  /** @param {number} i @param {number} j */
  const value = (i, j) => field[(j * width + i) * stride + offset] - level;
  for (let j = 0; j < cells; j++) {
    for (let i = 0; i < cells; i++) {
      const corners = [value(i, j), value(i + 1, j), value(i, j + 1), value(i + 1, j + 1)];
      const below = corners.filter((corner) => corner < 0).length;
      if (below === 0 || below === 4) continue;
      const ends = crossings(i, j, corners);
      for (let end = 0; end < ends.length; end += 4) found.push(ends.slice(end, end + 4));
    }
  }
  return found;
}

/**
 * Return the points where the contour line crosses the sides of cell (i, j), as a flat list [x0, y0, x1, y1, …].
 * @param {number} i
 * @param {number} j
 * @param {number[]} corners Values at the corners minus the level
 */
function crossings(i, j, [a, b, c, d]) {
  /** @type {number[]} */
  const ends = [];
  if (a < 0 !== b < 0) ends.push(i + a / (a - b), j);
  if (b < 0 !== d < 0) ends.push(i + 1, j + b / (b - d));
  if (c < 0 !== d < 0) ends.push(i + c / (c - d), j + 1);
  if (a < 0 !== c < 0) ends.push(i, j + a / (a - c));
  return ends;
}
