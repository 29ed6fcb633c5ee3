// What stands below the curves of a single model: W and b, as numbers or as arrows, or the probability simplex.

const VIEWS = ["first", "parameters", "arrows", "simplex", "none"];

class ViewPainter extends Painter {
  /**
   * The views there are: numbers where they can be read, arrows in a plane of two weights, the simplex of three
   * classes. One is shown at a time; the first to begin with, but on a projector none, where it takes the curve's place.
   */
  buildViews() {
    const { texts, enlarged } = this.scene, [lane] = this.lanes, possible = [];
    if (this.lanes.length === 1) {
      if (this.hasReadableParameters()) possible.push(["parameters", texts.showParameters]);
      if (lane.columns === 2) possible.push(["arrows", texts.showArrows]);
      if (this.classes === 3) possible.push(["simplex", texts.showSimplex]);
    }
    const chosen = VIEWS[this.values.view], closed = chosen === "none" || (chosen === "first" && enlarged);
    this.view = closed ? null : (possible.find(([view]) => view === chosen) ?? possible[0])?.[0];
    const button = (text, pressed, values) => {
      const made = element("button", { type: "button", textContent: text });
      made.setAttribute("aria-pressed", String(pressed));
      made.onclick = () => {
        const place = [...views.children].indexOf(made);
        this.look(values);
        views.children[place].focus();
      };
      return made;
    };
    const views = this.find(".views"), isLog = this.values.scale === 1;
    views.setAttribute("aria-label", texts.views);
    views.replaceChildren(
      ...possible.map(([view, text]) => {
        const pressed = view === this.view;
        return button(text, pressed, { view: VIEWS.indexOf(pressed ? "none" : view) });
      }),
      button(texts.logarithmic, isLog, { scale: isLog ? 0 : 1 }),
    );
    this.find(".view").hidden = !["arrows", "simplex"].includes(this.view);
    this.root.classList.toggle("viewing", Boolean(this.view));
  }

  drawView(lane, row) {
    if (this.view === "parameters") this.writeParameters(lane, row);
    if (this.view === "arrows") this.drawArrows(lane, row);
    if (this.view === "simplex") this.drawSimplex(lane, row);
  }

  hasReadableParameters() {
    return this.lanes[0].columns <= 2 && this.classes <= 4;
  }

  /** W and b as a table; where there is room, beside each what the next step adds to it. */
  buildParameters() {
    const table = this.find(".parameters"), { texts } = this.scene, [lane] = this.lanes;
    table.hidden = this.view !== "parameters";
    if (table.hidden) return;
    table.setAttribute("aria-label", texts.parameters);
    const columns = this.scene.enlarged ? 2 : 1; // the curve stands beside the table, or above it
    const room = this.find(".side").clientWidth / columns / this.font > 2 * (2 + 4.4 * this.classes);
    const parts = room ? [texts.bothParameters, texts.update] : [texts.bothParameters];
    this.cells = parts.map(() => []);
    const head = parts.map((text) => element("th", { scope: "colgroup", colSpan: this.classes, textContent: text }));
    table.replaceChildren(
      element("tr", {}, element("td"), ...head),
      element("tr", {}, element("td"), ...parts.flatMap(() => this.scene.classNames.map((name, k) => this.classHead(name, k)))),
      ...[...lane.parameterNames, texts.bias].map((name) => {
        const line = element("tr", {}, element("th", { scope: "row", textContent: name }));
        for (const cells of this.cells) {
          for (let k = 0; k < this.classes; k++) {
            const cell = element("td");
            cell.style.color = `var(--class-${k})`;
            cells.push(cell);
            line.append(cell);
          }
        }
        return line;
      }),
    );
  }

  classHead(name, k) {
    const head = element("th", { scope: "col", textContent: this.scene.texts.glyphs[k], title: name });
    head.setAttribute("aria-label", name);
    head.style.color = `var(--class-${k})`;
    return head;
  }

  writeParameters(lane, row) {
    const [values, changes] = this.cells, update = lane.updateAfter(row);
    row.parameters.forEach((value, i) => (values[i].textContent = value.toFixed(3).replace("-", "−")));
    changes?.forEach((cell, i) => (cell.textContent = update ? arrowed(update[i]) : ""));
  }

  /** Each class's two weights as an arrow from the origin, and at its tip where the next step takes it, magnified. */
  drawArrows(lane, row) {
    const { scene } = this, canvas = this.find(".drawing"), [weights] = lane.split(row), update = lane.updateAfter(row);
    const box = this.surface(canvas, { left: this.font * 3.9, top: 6, right: this.font * 1.3, bottom: this.font * 3.5 });
    const side = Math.min(box.width, box.height), { context } = box;
    const area = { ...box, left: box.left + (box.width - side) / 2, width: side, height: side };
    const reach = roundedUp(1.6 * Math.max(0.3, ...weights.map(Math.abs)));
    const axes = lane.parameterNames.map((name) => ({ range: [-reach, reach], name: scene.texts.weight.replace("{name}", name) }));
    drawAxes(area, this, ...axes);
    const x = (w) => area.left + ((w + reach) / (2 * reach)) * side;
    const y = (w) => area.top + side * (1 - (w + reach) / (2 * reach));
    const lengths = Array.from({ length: this.classes }, (_, k) => (update ? Math.hypot(update[k], update[this.classes + k]) : 0));
    const longest = Math.max(...lengths);
    const magnified = longest > 0 ? niceCeil(Math.max(1, (0.15 * reach) / longest)) : 1; // at most 3/8 of the reach
    for (let k = 0; k < this.classes; k++) {
      const tip = [weights[k], weights[this.classes + k]];
      context.strokeStyle = context.fillStyle = this.theme.classes[k];
      context.lineWidth = 2.4 * this.pen;
      context.beginPath();
      context.moveTo(x(0), y(0));
      context.lineTo(x(tip[0]), y(tip[1]));
      context.stroke();
      marker(context, scene.shapes[k], x(tip[0]), y(tip[1]), 5 * this.pen);
      context.fill();
      if (longest === 0) continue;
      context.strokeStyle = this.theme.text;
      arrow(context, x(tip[0]), y(tip[1]), x(tip[0] + magnified * update[k]), y(tip[1] + magnified * update[this.classes + k]), 6 * this.pen);
    }
    if (longest === 0) return;
    context.fillStyle = this.theme.text;
    context.textAlign = "left";
    context.textBaseline = "top";
    const right = area.left + side + 8, room = canvas.clientWidth - right;
    [scene.texts.update, scene.texts.magnified.replace("{times}", tickLabel(magnified))].forEach((text, i) => {
      context.fillText(text, right, area.top + 5 + i * this.font * 1.4, room);
    });
  }

  /** What the drawing below the curves shows now. */
  viewInWords(lane, row) {
    const { texts, classNames } = this.scene, step = `${texts.step} ${this.shown}`, [weights] = lane.split(row);
    if (this.view === "simplex") return `${texts.simplex}. ${step}, ${texts.accuracy} ${row.accuracy.toFixed(3)}`;
    const arrows = classNames.map((name, k) => {
      const [across, up] = [weights[k], weights[this.classes + k]].map((weight) => weight.toFixed(2).replace("-", "−"));
      return `${name} (${across}, ${up})`;
    });
    return `${texts.arrows}. ${[step, ...arrows].join(", ")}`;
  }

  /** The training samples on the probability simplex. */
  drawSimplex(lane, row) {
    const { scene } = this, canvas = this.find(".drawing");
    const area = this.surface(canvas, { left: 16, top: 22 * this.pen, right: 16, bottom: 22 * this.pen }), { context } = area;
    const place = drawTriangle(area, this.theme, scene.shapes, scene.classNames, this.pen);
    const all = lane.sampleProbabilities(row);
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
}

/** A change as an arrow up or down, and how large it is. */
function arrowed(change) {
  const size = Math.abs(change).toFixed(4);
  return `${Number(size) === 0 ? "·" : change > 0 ? "↑" : "↓"} ${size}`;
}
