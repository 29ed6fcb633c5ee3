/**
 * The line along which a field on a grid has a level, in pieces, by marching squares. The grid has `cells` cells along a
 * side; the value at its node n, counted row by row, stands at n · stride + offset.
 * @returns {number[][]} pieces [x0, y0, x1, y1] in units of cells
 */
function contour(field, cells, level, stride = 1, offset = 0) {
  const pieces = [], width = cells + 1;
  const value = (i, j) => field[(j * width + i) * stride + offset] - level;
  for (let j = 0; j < cells; j++) {
    for (let i = 0; i < cells; i++) {
      const a = value(i, j), b = value(i + 1, j), c = value(i, j + 1), d = value(i + 1, j + 1);
      const below = (a < 0) + (b < 0) + (c < 0) + (d < 0);
      if (below === 0 || below === 4) continue;
      const ends = [];
      if (a < 0 !== b < 0) ends.push(i + a / (a - b), j);
      if (b < 0 !== d < 0) ends.push(i + 1, j + b / (b - d));
      if (c < 0 !== d < 0) ends.push(i + c / (c - d), j + 1);
      if (a < 0 !== c < 0) ends.push(i, j + a / (a - c));
      for (let end = 0; end < ends.length; end += 4) pieces.push(ends.slice(end, end + 4));
    }
  }
  return pieces;
}
