// The loss of three logits, its gradient, and the steps down.

/** −log softmax(z) of the true class: the loss, in nats. */
function lossOf(z, target) {
  const top = Math.max(...z);
  return top - z[target] + Math.log(z.reduce((sum, value) => sum + Math.exp(value - top), 0));
}

/** ŷ − y. */
function gradientOf(z, target) {
  return softmax(z).map((p, k) => p - (k === target ? 1 : 0));
}

/** z − α(ŷ − y). */
function stepped(z, target, rate) {
  const gradient = gradientOf(z, target);
  return z.map((value, k) => value - rate * gradient[k]);
}

/** Where logits lie on the plane: z₁ − z₃ and z₂ − z₃. */
function differences([z1, z2, z3]) {
  return [z1 - z3, z2 - z3];
}

/** The loss over a square window of the plane, row by row from the lower left: (side + 1)² values. */
function heights({ middle: [u, v], half }, side, target) {
  const values = new Float64Array((side + 1) ** 2);
  for (let j = 0; j <= side; j++) {
    for (let i = 0; i <= side; i++) {
      const at = [u + half * ((2 * i) / side - 1), v + half * ((2 * j) / side - 1), 0];
      values[j * (side + 1) + i] = lossOf(at, target);
    }
  }
  return values;
}

/**
 * The line along which a field on a grid has a level, in pieces, by marching squares.
 * @returns {number[][]} pieces [x0, y0, x1, y1] in units of cells
 */
function contour(field, side, level) {
  const pieces = [], width = side + 1;
  for (let j = 0; j < side; j++) {
    for (let i = 0; i < side; i++) {
      const at = j * width + i, corners = [field[at], field[at + 1], field[at + width + 1], field[at + width]];
      const places = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]], crossings = [];
      for (let k = 0; k < 4; k++) {
        const a = corners[k] - level, b = corners[(k + 1) % 4] - level;
        if (a < 0 === b < 0) continue;
        const share = a / (a - b), [from, to] = [places[k], places[(k + 1) % 4]];
        crossings.push(from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1]));
      }
      for (let k = 0; k + 3 < crossings.length; k += 4) pieces.push(crossings.slice(k, k + 4));
    }
  }
  return pieces;
}
