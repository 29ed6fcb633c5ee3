// Samples on the probability simplex of three classes.

/** Probabilities of every sample, (n · 3): softmax of features (n, D) · W (D, 3) + b (3,). */
function sampleProbabilities(features, weights, bias, columns) {
  const n = features.length / columns;
  const logits = new Float32Array(n * 3), all = new Float32Array(n * 3);
  gridLogits(features, weights, bias, n, columns, 3, logits);
  for (let i = 0; i < n; i++) all.set(softmaxAt(logits, i * 3, 3), i * 3);
  return all;
}

/**
 * Draw the triangle, its corners marked and the places where two classes are level dashed; gives the map from
 * probabilities to pixels.
 */
function drawTriangle({ context, left, top, width, height }, theme, shapes, names, pen) {
  const side = Math.min(width, height / HEIGHT);
  const x0 = left + (width - side) / 2, bottom = top + (height + side * HEIGHT) / 2;
  const place = (p) => {
    const [u, v] = simplexPoint(p);
    return [x0 + u * side, bottom - v * side];
  };
  const line = (from, to) => {
    context.beginPath();
    context.moveTo(...place(from));
    context.lineTo(...place(to));
    context.stroke();
  };
  const corners = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
  context.strokeStyle = theme.muted;
  context.lineWidth = 1.5 * pen;
  for (let k = 0; k < 3; k++) line(corners[k], corners[(k + 1) % 3]);
  context.setLineDash([4, 4]);
  context.strokeStyle = theme.line;
  for (const middle of [[0.5, 0.5, 0], [0.5, 0, 0.5], [0, 0.5, 0.5]]) line([1 / 3, 1 / 3, 1 / 3], middle);
  context.setLineDash([]);
  corners.forEach((corner, k) => {
    const [x, y] = place(corner);
    marker(context, shapes[k], x, y + (k === 0 ? -9 : 9) * pen, 6 * pen);
    context.fillStyle = theme.classes[k];
    context.fill();
    context.textBaseline = "middle";
    context.textAlign = k === 2 ? "right" : "left";
    context.fillText(names[k], x + (k === 2 ? -12 : 12) * pen, y + (k === 0 ? -9 : 9) * pen);
  });
  return place;
}
