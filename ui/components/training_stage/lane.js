// One of the models on stage: what is known of its run, and the raster its regions are painted on.

class Lane {
  constructor() {
    this.history = new History();
    this.end = null;
    this.changes = [];
  }

  /** Take what Python says of the model, to be painted on a raster of size × size. */
  take(description, basis, pointFeatures, classes, size) {
    Object.assign(this, description, { basis, pointFeatures, classes });
    this.columns = this.parameterNames.length;
    this.nodes = Math.round(Math.sqrt(basis.length / this.columns));
    this.positions = gridPositions(size, this.nodes);
    this.nodeLogits = new Float32Array(this.nodes ** 2 * classes);
    if (this.size === size && this.logits.length === size * size * classes) return;
    this.size = size;
    this.raster = document.createElement("canvas");
    this.raster.width = this.raster.height = size;
    this.image = new ImageData(size, size);
    this.logits = new Float32Array(size ** 2 * classes);
    this.winners = new Uint8Array(size ** 2);
  }

  /** The last row at or before a step. */
  at(step) {
    return this.history.at(step);
  }

  /** Whether a step is known, or this run ended before it at one that is. */
  knows(step) {
    return this.history.rows.has(this.end ? Math.min(step, this.end[0]) : step);
  }

  /** How far from a step on the rows are no more than `stride` apart: without end, once the run's end is known. */
  smoothFrom(step, stride, horizon) {
    const to = this.history.smoothFrom(step, stride, horizon);
    return this.end && to >= this.end[0] ? Infinity : to;
  }

  /** W and b of a row as [W (D · K), b (K)]. */
  split(row) {
    const weights = this.columns * this.classes;
    return [row.parameters.subarray(0, weights), row.parameters.subarray(weights)];
  }

  /** What the step after this row's adds to W and b, if it is known and was the very next. */
  updateAfter(row) {
    const next = this.history.rows.get(row.step + 1);
    return next ? next.parameters.map((value, i) => value - row.parameters[i]) : null;
  }

  /**
   * Paint the regions of a row on the raster, and give the lines between them: of the largest output; or of the
   * classes whose output exceeds its threshold; or of what the outputs sum to.
   */
  paint(row, paper) {
    const { nodes, columns, classes, size } = this, [weights, bias] = this.split(row);
    gridLogits(this.basis, weights, bias, nodes ** 2, columns, classes, this.nodeLogits);
    rasterLogits(this.nodeLogits, this.positions, nodes, classes, size, this.logits);
    const lines = this.shaded(paper);
    this.raster.getContext("2d").putImageData(this.image, 0, 0);
    return lines;
  }

  shaded(paper) {
    const { classes, size, head, logits } = this, pixels = this.image.data;
    if (!this.answering && !paper.sums) {
      shade(logits, classes, size, paper.colours, paper.background, pixels, this.winners, head);
      return boundaries(logits, this.winners, classes, size);
    }
    const outputs = new Float32Array(logits.length);
    for (let at = 0; at < logits.length; at += classes) outputs.set(outputsOf(head, logits, at, classes), at);
    if (paper.sums) {
      const sums = sumsOf(outputs, classes);
      shadeSums(sums, size, paper, pixels);
      return head === "softmax" ? [] : levelLines(sums, size, 1);
    }
    shadeAnswers(outputs, classes, size, paper.thresholds, paper, pixels);
    return paper.thresholds.flatMap((threshold, k) => levelLines(outputs, size, threshold, classes, k));
  }

  /** Outputs at (u, v) of what was painted, both 0 … 1 from the lower left. */
  outputsAt(u, v) {
    return outputsOf(this.head, logitsAt(this.nodeLogits, this.nodes, this.classes, u, v), 0, this.classes);
  }

  /** Probabilities of every training sample, (n · 3), of three classes. */
  sampleProbabilities(row) {
    return sampleProbabilities(this.pointFeatures, ...this.split(row), this.columns);
  }
}
