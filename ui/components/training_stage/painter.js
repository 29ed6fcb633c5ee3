// What is on the canvases: regions, boundary and points; loss curves; the simplex; W and b as a table.

class Painter {
  isDark() {
    const [r, g, b] = rgb(getComputedStyle(this.root).getPropertyValue("--st-background-color").trim());
    return r + g + b < 384;
  }

  redraw() {
    if (!this.scene || !this.root.clientWidth) return;
    this.dark = this.isDark();
    this.theme = this.scene.themes[this.dark ? "dark" : "light"];
    this.colours = this.theme.classes.map(rgb);
    this.font = parseFloat(getComputedStyle(this.root).fontSize) * 0.86;
    this.pen = this.scene.enlarged ? 1.6 : 1;
    this.drawPoints();
    this.buildParameters();
    this.draw();
  }

  draw() {
    const row = this.history?.at(this.shown);
    if (!row || !this.theme) return;
    this.drawRegions(row);
    this.drawCurve(row);
    this.drawSimplex(row);
    this.named("step").textContent = String(row.step);
    this.named("loss").textContent = readable(row.loss);
    this.named("loss").dataset.value = String(row.loss);
    this.named("accuracy").textContent = row.accuracy.toFixed(3);
    const scrub = this.named("scrub");
    scrub.max = String(this.horizon());
    scrub.value = String(this.wanted ?? row.step);
    this.writeParameters(row);
    if (this.playing) this.said("");
  }

  /** The last step the curve's axis and the scrubber reach to. */
  horizon() {
    return Math.min(this.scene.maxSteps, niceCeil(Math.max(200, this.shown)));
  }

  /** The plotting area of a canvas, in CSS pixels, cleared and scaled for the screen. */
  surface(selector, margins) {
    const canvas = this.find(selector);
    const width = canvas.clientWidth, height = canvas.clientHeight, ratio = devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const area = { left: margins.left, top: margins.top, width: width - margins.left - margins.right };
    area.height = height - margins.top - margins.bottom;
    const font = `${this.font}px ${getComputedStyle(this.root).fontFamily}`;
    if (this.recording) {
      const context = new SvgContext(font);
      this.recording.push([canvas, context]);
      return { context, ...area };
    }
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.font = font;
    return { context, ...area };
  }

  planeMargins() {
    return { left: this.font * 3.6, top: 4, right: 4, bottom: this.font * 3.5 };
  }

  drawRegions(row) {
    const area = this.surface(".regions", this.planeMargins()), { context } = area;
    const bias = row.parameters.subarray(this.columns * this.classes);
    gridLogits(this.scene.basis, row.parameters, bias, this.nodes ** 2, this.columns, this.classes, this.nodeLogits);
    rasterLogits(this.nodeLogits, this.positions, this.nodes, this.classes, this.size, this.logits);
    shade(this.logits, this.classes, this.size, this.colours, rgb(this.theme.background), this.image.data, this.winners);
    this.raster.getContext("2d").putImageData(this.image, 0, 0);
    context.imageSmoothingQuality = "high";
    context.drawImage(this.recording ? this.raster.toDataURL() : this.raster, area.left, area.top, area.width, area.height);
    const lines = boundaries(this.logits, this.winners, this.classes, this.size);
    const x = (u) => area.left + (u / this.size) * area.width;
    const y = (v) => area.top + area.height - (v / this.size) * area.height;
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
    const area = this.surface(".points", this.planeMargins()), { context } = area;
    this.find(".points").setAttribute("aria-label", scene.texts.plane);
    drawAxes(area, this, { range: scene.xRange, name: scene.xName }, { range: scene.yRange, name: scene.yName });
    const radius = (scene.labels.length > 400 ? 3.2 : 4.4) * this.pen;
    for (let i = 0; i < scene.labels.length; i++) {
      const k = scene.labels[i], [x, y] = this.placeOf(i);
      const hollow = i >= scene.trainedOn;
      marker(context, scene.shapes[k], x, y, radius);
      context.fillStyle = hollow ? this.theme.background : this.theme.classes[k];
      context.strokeStyle = hollow ? this.theme.classes[k] : this.theme.background;
      context.lineWidth = (hollow ? 1.8 : 1.2) * this.pen;
      context.fill();
      context.stroke();
    }
    if (this.picked !== null && this.picked < scene.trainedOn) this.ring(context, this.placeOf(this.picked), radius);
  }

  /** Where a point lies on the plane's canvas. */
  placeOf(i) {
    const { points, xRange, yRange } = this.scene;
    const area = this.surfaceOf(".points", this.planeMargins());
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

  drawCurve(row) {
    const canvas = ".curve", margins = { left: this.font * 3.9, top: 6, right: this.font * 1.3, bottom: this.font * 3.5 };
    const area = this.surface(canvas, margins), { context } = area;
    const right = this.horizon();
    const upTo = this.history.indexAt(row.step);
    let top = 0;
    for (let i = 0; i <= upTo; i++) {
      const known = this.history.rows.get(this.history.steps[i]);
      top = Math.max(top, known.loss, known.heldOut ?? 0);
    }
    // A loss that explodes leaves the picture at the top, rather than flattening all that came before.
    const high = roundedUp(Math.max(Math.min(top, 10 * this.history.rows.get(this.history.steps[0]).loss), 1e-12));
    this.curve = { area, right, high };
    this.find(canvas).setAttribute("aria-label", `${this.scene.texts.curve} ${this.scene.texts.step} ${row.step}, ${this.scene.texts.loss} ${readable(row.loss)}`);
    const { step, lossAxis } = this.scene.texts;
    drawAxes(area, this, { range: [0, right], name: step }, { range: [0, high], name: lossAxis });
    const x = (step) => area.left + (step / right) * area.width;
    const y = (loss) => area.top + area.height * (1 - Math.min(loss / high, 1));
    context.lineWidth = 2.4 * this.pen;
    context.lineJoin = "round";
    const thin = Math.max(1, Math.floor(upTo / 1500));
    const curve = (of, colour, dash) => {
      context.strokeStyle = colour;
      context.setLineDash(dash);
      context.beginPath();
      for (let i = 0; i <= upTo; i += i + thin > upTo && i < upTo ? upTo - i : thin) {
        const known = this.history.rows.get(this.history.steps[i]);
        context.lineTo(x(known.step), y(of(known)));
      }
      context.stroke();
      context.setLineDash([]);
    };
    if (row.heldOut !== null) {
      curve((known) => known.heldOut, this.theme.text, [6, 5]);
      this.keyToCurves(area);
    }
    curve((known) => known.loss, this.theme.accent, []);
    context.fillStyle = this.theme.accent;
    context.beginPath();
    context.arc(x(row.step), y(row.loss), 5 * this.pen, 0, 2 * Math.PI);
    context.fill();
  }

  /** Which curve is which, in the upper right where a falling loss leaves room. */
  keyToCurves({ context, left, top, width }) {
    context.textAlign = "right";
    context.textBaseline = "middle";
    [["training", this.theme.accent, []], ["heldOut", this.theme.text, [6, 5]]].forEach(([name, colour, dash], i) => {
      const right = left + width - 8, y = top + this.font * (1.1 + 1.5 * i);
      context.fillStyle = this.theme.text;
      context.fillText(this.scene.texts[name], right - 34, y);
      context.strokeStyle = colour;
      context.setLineDash(dash);
      context.beginPath();
      context.moveTo(right - 28, y);
      context.lineTo(right, y);
      context.stroke();
    });
    context.setLineDash([]);
  }

  /** The training samples on the probability simplex. */
  drawSimplex(row) {
    if (this.view !== "simplex") return;
    const { scene } = this, margins = { left: 16, top: 22, right: 16, bottom: 22 };
    const area = this.surface(".simplex", margins), { context } = area;
    this.find(".simplex").setAttribute("aria-label", scene.texts.simplex);
    const place = drawTriangle(area, this.theme, scene.shapes, this.pen);
    const bias = row.parameters.subarray(this.columns * this.classes);
    const all = sampleProbabilities(scene.pointFeatures, row.parameters, bias, this.columns);
    context.globalAlpha = 0.75;
    for (let i = 0; i < scene.trainedOn; i++) {
      marker(context, scene.shapes[scene.labels[i]], ...place(all.subarray(3 * i, 3 * i + 3)), 3.4 * this.pen);
      context.fillStyle = this.theme.classes[scene.labels[i]];
      context.fill();
    }
    context.globalAlpha = 1;
    if (this.picked !== null && this.picked < scene.trainedOn) {
      this.ring(context, place(all.subarray(3 * this.picked, 3 * this.picked + 3)), 3.4 * this.pen);
    }
  }

  /** W and b as a table, where they are few enough to read. */
  buildParameters() {
    const { parameterNames, texts } = this.scene;
    const table = this.find(".parameters");
    table.hidden = this.view !== "parameters" || !this.hasReadableParameters();
    table.setAttribute("aria-label", texts.parameters);
    this.cells = [];
    table.replaceChildren(
      ...[...parameterNames, texts.bias].map((name) => {
        const line = document.createElement("tr");
        const head = document.createElement("th");
        head.scope = "row";
        head.textContent = name;
        line.append(head);
        for (let k = 0; k < this.classes; k++) {
          const cell = document.createElement("td");
          cell.style.color = `var(--class-${k})`;
          this.cells.push(cell);
          line.append(cell);
        }
        return line;
      }),
    );
  }

  hasReadableParameters() {
    return this.columns <= 2 && this.classes <= 4;
  }

  /** What stands below the curve: W and b where they can be read, the simplex where there are three classes. */
  buildViews() {
    const { texts } = this.scene;
    const possible = [];
    if (this.hasReadableParameters()) possible.push(["parameters", texts.showParameters]);
    if (this.classes === 3) possible.push(["simplex", texts.showSimplex]);
    if (!possible.some(([view]) => view === this.view)) this.view = possible.length ? possible[0][0] : "parameters";
    const views = this.find(".views");
    views.hidden = possible.length < 2;
    views.setAttribute("aria-label", texts.views);
    views.replaceChildren(
      ...possible.map(([view, text]) => {
        const button = document.createElement("button");
        Object.assign(button, { type: "button", textContent: text });
        button.setAttribute("aria-pressed", String(view === this.view));
        button.onclick = () => {
          this.view = view;
          this.buildViews();
          this.redraw();
          this.find('.views [aria-pressed="true"]').focus();
        };
        return button;
      }),
    );
    this.find(".triangle").hidden = this.view !== "simplex";
  }

  writeParameters(row) {
    if (this.find(".parameters").hidden) return;
    row.parameters.forEach((value, i) => (this.cells[i].textContent = value.toFixed(3).replace("-", "−")));
  }

  surfaceOf(selector, { left, top, right, bottom }) {
    const canvas = this.find(selector);
    return { left, top, width: canvas.clientWidth - left - right, height: canvas.clientHeight - top - bottom };
  }
}

/** Red, green and blue of #rrggbb or rgb(r, g, b). */
function rgb(colour) {
  if (colour.startsWith("#")) return [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
  return colour.match(/[\d.]+/g).slice(0, 3).map(Number);
}
