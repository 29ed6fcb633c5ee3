// The crosshair one drags over the planes, and what each model puts out there.

class Probe extends Pointer {
  /** Where it stands, 0 … 1 both ways from the lower left. */
  probe() {
    return [this.values.probe_x / 100, this.values.probe_y / 100];
  }

  /** Put it somewhere, 0 … 1 both ways. */
  putProbe(u, v) {
    const [x, y] = [u, v].map((share) => Number((100 * Math.min(Math.max(share, 0), 1)).toPrecision(4)));
    this.look({ probe_x: x, probe_y: y });
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.said(this.probeInWords()), 400);
  }

  beginProbing(event) {
    if (!this.scene.probing || event.button !== 0) return;
    event.target.setPointerCapture(event.pointerId);
    this.probing = true;
    this.probeAt(event);
  }

  probeAt(event) {
    this.putProbe(...this.fractionAt(event));
  }

  /** Move it by an arrow key; says whether the key was one. */
  nudgeProbe(key) {
    const moves = { ArrowRight: [0.02, 0], ArrowLeft: [-0.02, 0], ArrowUp: [0, 0.02], ArrowDown: [0, -0.02] };
    if (!moves[key]) return false;
    const [u, v] = this.probe();
    this.putProbe(u + moves[key][0], v + moves[key][1]);
    return true;
  }

  /** A row for each class with a bar for each model's output, and what they sum to. */
  buildProbe() {
    const table = this.find(".probe"), { texts, classNames, probing } = this.scene;
    table.hidden = !probing;
    this.outputs = [];
    if (!probing) return;
    const names = this.lanes.map(({ name }) => element("th", { scope: "col", textContent: name }));
    const rows = classNames.map((name, k) => {
      const row = element("tr", {}, element("th", { scope: "row", textContent: `${texts.glyphs[k]} ${name}` }));
      row.style.color = `var(--class-${k})`;
      const cells = this.lanes.map(() => {
        const bar = element("i"), number = element("b");
        row.append(element("td", {}, element("span", { className: "meter" }, bar), number));
        return { bar, number };
      });
      this.outputs.push(cells);
      return row;
    });
    this.sums = this.lanes.map(() => element("b"));
    const foot = element("tr", {}, element("th", { scope: "row", textContent: "Σ" }), ...this.sums.map((sum) => element("td", {}, sum)));
    foot.className = "foot";
    table.replaceChildren(
      element("caption", { textContent: texts.probe }),
      element("tr", { className: "heads" }, element("td"), ...names),
      ...rows,
      foot,
    );
    this.sums.forEach((sum, i) => (sum.dataset.testid = `stage-${suffixed("probe-sum", i)}`));
  }

  writeProbe() {
    if (!this.scene.probing) return;
    this.lanes.forEach((lane, i) => {
      const p = lane.outputsAt(...this.probe());
      p.forEach((value, k) => {
        this.outputs[k][i].bar.style.width = `${100 * value}%`;
        this.outputs[k][i].number.textContent = value.toFixed(3);
      });
      this.sums[i].textContent = summed(p).toFixed(3);
    });
  }

  probeInWords() {
    return this.lanes
      .map((lane) => {
        const p = lane.outputsAt(...this.probe());
        const each = this.scene.classNames.map((name, k) => `${name} ${p[k].toFixed(3)}`);
        return `${lane.name}: ${each.join(", ")}, Σ ${summed(p).toFixed(3)}`;
      })
      .join("; ");
  }
}

/** The sum of some numbers. */
function summed(numbers) {
  return numbers.reduce((sum, value) => sum + value, 0);
}
