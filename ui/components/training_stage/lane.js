// One of the models on stage: what is known of its run, and the raster its regions are painted on.

class Lane {
  constructor() {
    this.history = new History();
    this.end = null;
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

  /** Paint the regions of a row on the raster. */
  paint(row, colours, background) {
    const { nodes, columns, classes, size } = this, [weights, bias] = this.split(row);
    gridLogits(this.basis, weights, bias, nodes ** 2, columns, classes, this.nodeLogits);
    rasterLogits(this.nodeLogits, this.positions, nodes, classes, size, this.logits);
    shade(this.logits, classes, size, colours, background, this.image.data, this.winners, this.head);
    this.raster.getContext("2d").putImageData(this.image, 0, 0);
  }

  /** Where the two largest logits of what was painted are level. */
  boundaries() {
    return boundaries(this.logits, this.winners, this.classes, this.size);
  }

  /** Probabilities at (u, v) of what was painted, both 0 … 1 from the lower left. */
  probabilitiesAt(u, v) {
    const offset = (Math.floor(v * this.size) * this.size + Math.floor(u * this.size)) * this.classes;
    if (this.head === "softmax") return softmaxAt(this.logits, offset, this.classes);
    return Array.from(this.logits.subarray(offset, offset + this.classes), (z) => 1 / (1 + Math.exp(-z)));
  }

  /** Probabilities of every training sample, (n · 3), of three classes. */
  sampleProbabilities(row) {
    return sampleProbabilities(this.pointFeatures, ...this.split(row), this.columns);
  }
}
