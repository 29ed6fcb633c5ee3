// What is on the canvases: regions, boundaries and points of each model; loss curves.

class Painter {
  isDark() {
    const [r, g, b] = rgb(getComputedStyle(this.root).getPropertyValue("--st-background-color").trim());
    return r + g + b < 384;
  }

  redraw() {
    if (!this.scene || !this.root.clientWidth) return;
    this.theme = this.scene.themes[this.isDark() ? "dark" : "light"];
    this.colours = this.theme.classes.map(rgb);
    const type = parseFloat(getComputedStyle(this.root).fontSize), { enlarged } = this.scene;
    this.font = type * (enlarged ? 0.9 : 0.86);
    this.pen = enlarged ? type * 0.08 : 1;
    this.buildParameters();
    this.draw();
    this.drawPoints();
  }

  draw() {
    if (!this.theme) return;
    const rows = this.lanes.map((lane) => lane.at(this.shown));
    this.lanes.forEach((lane, i) => {
      this.drawRegions(lane, rows[i]);
      this.named(suffixed("loss", i)).textContent = readable(rows[i].loss);
      this.named(suffixed("loss", i)).dataset.value = String(rows[i].loss);
      this.named(suffixed("accuracy", i)).textContent = rows[i].accuracy.toFixed(3);
    });
    this.furthest = Math.max(this.furthest, this.shown);
    this.drawCurves(rows);
    this.drawView(this.lanes[0], rows[0]);
    this.writeProbe();
    this.named("step").textContent = String(this.shown);
    const scrub = this.named("scrub");
    scrub.max = String(this.horizon());
    scrub.value = String(this.wanted ?? this.shown);
    if (this.playing) this.said("");
    else this.describe(rows);
  }

  /** What curves and planes show, in words: while they play, nobody is told. */
  describe(rows) {
    const { texts } = this.scene, step = `${texts.step} ${this.shown}`;
    const standing = rows.map((row, i) => [this.lanes[i].name, `${texts.loss} ${readable(row.loss)}`].join(" "));
    this.find(".curve").setAttribute("aria-label", [texts.curve, step, ...standing].join(" "));
    this.lanes.forEach(({ plane, name }, i) => {
      const accuracy = `${texts.accuracy} ${rows[i].accuracy.toFixed(3)}`;
      plane.setAttribute("aria-label", [texts.plane, name, step, accuracy].filter(Boolean).join(", "));
    });
    this.find(".drawing").setAttribute("aria-label", this.viewInWords(this.lanes[0], rows[0]));
  }

  /** The last step the curve's axis and the scrubber reach to: as far as one has been. */
  horizon() {
    return Math.min(this.scene.maxSteps, niceCeil(Math.max(200, this.furthest)));
  }

  /** The name above a model's plane, with what its dials are set to. */
  titleOf(lane) {
    return lane.title.replace(/\{(\w+)\}/g, (_, key) => {
      const dial = this.scene.dials.find((one) => one.key === key);
      return dial.texts[dial.options.indexOf(this.values[key])];
    });
  }

  /** The colour of a model's curves. */
  curveColour(i) {
    return i === 0 ? this.theme.accent : this.theme.text;
  }

  /** The plotting area of a canvas, in CSS pixels, cleared and scaled for the screen. */
  surface(canvas, margins) {
    const font = `${this.font}px ${getComputedStyle(this.root).fontFamily}`;
    const context = this.recording ? new SvgContext(font) : freshContext(canvas, font);
    this.recording?.push([canvas, context]);
    return { context, ...this.areaOf(canvas, margins) };
  }

  areaOf(canvas, { left, top, right, bottom }) {
    return { left, top, width: canvas.clientWidth - left - right, height: canvas.clientHeight - top - bottom };
  }

  planeMargins() {
    return { left: this.font * 3.6, top: this.lanes.length > 1 ? this.font * 1.7 : 4, right: 4, bottom: this.font * 3.5 };
  }

  /** What regions are painted with, and by. */
  paper() {
    const [background, nobody, above] = [this.theme.background, this.theme.muted, this.theme.accent].map(rgb);
    return { colours: this.colours, background, nobody, above, thresholds: this.thresholds(), sums: this.values.paint === 1 };
  }

  /** Each class's threshold: one of its own, or the one of all. */
  thresholds() {
    return this.scene.classNames.map((_, k) => this.values[`threshold_${k}`] ?? this.values.threshold ?? 0.5);
  }

  drawRegions(lane, row) {
    const area = this.surface(lane.regions, this.planeMargins()), { context } = area;
    const lines = lane.paint(row, this.paper());
    context.imageSmoothingQuality = "high";
    context.drawImage(this.recording ? lane.raster.toDataURL() : lane.raster, area.left, area.top, area.width, area.height);
    const x = (u) => area.left + (u / lane.size) * area.width;
    const y = (v) => area.top + area.height - (v / lane.size) * area.height;
    context.strokeStyle = this.theme.text;
    context.lineWidth = 2.2 * this.pen;
    context.lineCap = "round";
    context.beginPath();
    for (let i = 0; i < lines.length; i += 4) {
      context.moveTo(x(lines[i]), y(lines[i + 1]));
      context.lineTo(x(lines[i + 2]), y(lines[i + 3]));
    }
    context.stroke();
  }

  drawPoints() {
    const { scene } = this;
    const radius = (scene.labels.length > 400 ? 3.2 : 4.4) * this.pen * (this.lanes.length > 1 ? 0.85 : 1);
    for (const lane of this.lanes) {
      const area = this.surface(lane.plane, this.planeMargins()), { context } = area;
      drawAxes(area, this, { range: scene.xRange, name: scene.xName }, { range: scene.yRange, name: scene.yName });
      this.drawTitle(area, this.titleOf(lane));
      for (let i = 0; i < scene.labels.length; i++) {
        const k = scene.labels[i], [x, y] = this.placeOf(i, area);
        const hollow = i >= scene.trainedOn;
        if (this.tagsOf(i).length > 1) {
          sectors(context, x, y, radius * 1.35, this.tagsOf(i).map((tag) => this.theme.classes[tag]), this.theme.background);
          continue;
        }
        marker(context, scene.shapes[k], x, y, radius);
        context.fillStyle = hollow ? this.theme.background : this.theme.classes[k];
        context.strokeStyle = hollow ? this.theme.classes[k] : this.theme.background;
        context.lineWidth = (hollow ? 1.8 : 1.2) * this.pen;
        context.fill();
        context.stroke();
      }
      if (this.picked !== null && this.picked < scene.trainedOn) this.ring(context, this.placeOf(this.picked, area), radius);
      if (scene.probing) this.drawCrosshair(area);
    }
  }

  /** The labels of a sample that may have several. */
  tagsOf(i) {
    const { tags } = this.scene;
    return tags ? [...Array(this.classes).keys()].filter((k) => tags[i * this.classes + k]) : [];
  }

  drawCrosshair({ context, left, top, width, height }) {
    const [u, v] = this.probe(), x = left + u * width, y = top + (1 - v) * height, arm = 9 * this.pen;
    for (const [colour, thickness] of [[this.theme.background, 6], [this.theme.text, 2.5]]) {
      context.strokeStyle = colour;
      context.lineWidth = thickness * this.pen;
      context.beginPath();
      context.arc(x, y, arm, 0, 2 * Math.PI);
      for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
        context.moveTo(x + dx * arm * 0.5, y + dy * arm * 0.5);
        context.lineTo(x + dx * arm * 1.8, y + dy * arm * 1.8);
      }
      context.stroke();
    }
  }

  drawTitle({ context, left, top, width }, name) {
    context.fillStyle = this.theme.text;
    context.textAlign = "center";
    context.textBaseline = "bottom";
    fillCentred(context, name, left, width, top - 4, left - this.font * 1.5); // the axis' name stands there
  }

  /** Where a point lies within the area of a plane. */
  placeOf(i, area) {
    const { points, xRange, yRange } = this.scene;
    return [
      area.left + ((points[2 * i] - xRange[0]) / (xRange[1] - xRange[0])) * area.width,
      area.top + area.height * (1 - (points[2 * i + 1] - yRange[0]) / (yRange[1] - yRange[0])),
    ];
  }

  ring(context, [x, y], radius) {
    context.beginPath();
    context.arc(x, y, radius * 2.2, 0, 2 * Math.PI);
    context.strokeStyle = this.theme.text;
    context.lineWidth = 2.5 * this.pen;
    context.stroke();
  }

  drawCurves(rows) {
    const canvas = this.find(".curve"), { texts } = this.scene;
    const area = this.surface(canvas, { left: this.font * 3.9, top: 8 * this.pen, right: this.font * 1.3, bottom: this.font * 3.5 });
    const { context } = area;
    const right = this.horizon(), scale = this.lossScale(rows);
    this.curve = { area, right };
    drawAxes(area, this, { range: [0, right], name: texts.step }, { ...scale, name: texts.lossAxis });
    const x = (step) => area.left + (step / right) * area.width;
    const y = (loss) => {
      const share = (scale.of(loss) - scale.range[0]) / (scale.range[1] - scale.range[0]);
      return area.top + area.height * (1 - Math.min(Math.max(share, 0), 1));
    };
    context.lineJoin = "round";
    this.keyToCurves(area, rows);
    for (let i = rows.length - 1; i >= 0; i--) {
      const { history, changes } = this.lanes[i];
      const head = history.indexAt(rows[i].step), end = history.indexAt(this.furthest);
      for (const [of, dash] of this.curvesOf(rows[i])) {
        context.strokeStyle = context.fillStyle = this.curveColour(i);
        context.lineWidth = (dash.length ? 2 : 2.4) * this.pen;
        context.setLineDash(dash);
        for (const [from, to, strength] of [[head, end, 0.3], [0, head, 1]]) {
          const thin = Math.max(1, Math.floor((to - from) / 1500));
          context.globalAlpha = strength;
          context.beginPath();
          for (let j = from; j <= to; j += j + thin > to && j < to ? to - j : thin) {
            const known = history.rows.get(history.steps[j]);
            context.lineTo(x(known.step), y(known[of]));
          }
          context.stroke();
        }
        context.setLineDash([]);
      }
      context.beginPath();
      context.arc(x(rows[i].step), y(rows[i].loss), 5 * this.pen, 0, 2 * Math.PI);
      context.fill();
      context.lineWidth = this.pen;
      context.setLineDash([2, 4]);
      context.beginPath();
      for (const step of changes.filter((change) => change <= this.furthest)) {
        context.moveTo(x(step), area.top);
        context.lineTo(x(step), area.top + area.height);
      }
      context.stroke();
      context.setLineDash([]);
    }
  }

  /** The loss axis: its range, how a loss is placed in it, and its marks where round numbers will not do. */
  lossScale(rows) {
    let least = Infinity, most = 0, start = 0;
    rows.forEach((_, i) => {
      const { history } = this.lanes[i], upTo = history.indexAt(this.furthest);
      start = Math.max(start, history.rows.get(history.steps[0]).loss);
      for (let j = 0; j <= upTo; j++) {
        const { loss, heldOut } = history.rows.get(history.steps[j]);
        most = Math.max(most, loss, heldOut ?? 0);
        least = Math.min(least, loss, heldOut ?? Infinity);
      }
    });
    if (this.values.scale === 1 && least > 0) return logarithmic(least / 1.15, most * 1.15);
    // A loss that explodes leaves the picture at the top, rather than flattening all before.
    return { range: [0, roundedUp(Math.max(Math.min(most, 10 * start), 1e-12))], of: (loss) => loss };
  }

  /** What is drawn of a run: its loss, and dashed that of the samples held out. */
  curvesOf(row) {
    return row.heldOut === null ? [["loss", []]] : [["heldOut", [6, 5]], ["loss", []]];
  }

  /** Which curve is which, in the upper right where a falling loss leaves room. */
  keyToCurves({ context, left, top, width }, rows) {
    const { texts } = this.scene, several = rows.length > 1, held = rows[0].heldOut !== null;
    if (!several && !held) return;
    const entries = rows.flatMap((_, i) => {
      const name = this.lanes[i].name, colour = this.curveColour(i);
      const own = [[several ? name : texts.training, colour, []]];
      return held ? [...own, [several ? `${name}, ${texts.heldOut}` : texts.heldOut, colour, [6, 5]]] : own;
    });
    context.textAlign = "right";
    context.textBaseline = "middle";
    context.lineWidth = 2.4 * this.pen;
    entries.forEach(([name, colour, dash], i) => {
      const right = left + width - 8, y = top + this.font * (1.1 + 1.5 * i);
      context.fillStyle = this.theme.text;
      context.fillText(name, right - 34, y);
      context.strokeStyle = colour;
      context.setLineDash(dash);
      context.beginPath();
      context.moveTo(right - 28, y);
      context.lineTo(right, y);
      context.stroke();
    });
    context.setLineDash([]);
  }
}

/** The name of a number of run i: the first goes without its own. */
function suffixed(name, i) {
  return i === 0 ? name : `${name}-${i + 1}`;
}

/** Red, green and blue of #rrggbb or rgb(r, g, b). */
function rgb(colour) {
  if (colour.startsWith("#")) return [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
  return channels(colour);
}
