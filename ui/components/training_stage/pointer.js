// What the pointer does on the canvases: read values off, choose a sample, draw samples.

class Pointer extends PictureTaker {
  pointAtPlane(event) {
    const area = this.surfaceOf(".points", this.planeMargins());
    const u = (event.offsetX - area.left) / area.width, v = 1 - (event.offsetY - area.top) / area.height;
    const tip = this.find(".plane .tip");
    tip.hidden = u < 0 || u >= 1 || v < 0 || v >= 1;
    if (tip.hidden) return;
    const pixel = Math.floor(v * this.size) * this.size + Math.floor(u * this.size);
    const p = softmaxAt(this.logits, pixel * this.classes, this.classes);
    const lines = this.scene.classNames.map((name, k) => `${this.scene.texts.glyphs[k]} ${name}  ${p[k].toFixed(3)}`);
    this.placeTip(tip, event, lines.join("\n"));
  }

  pointAtCurve(event) {
    if (!this.curve) return;
    const { area, right } = this.curve, tip = this.find(".losses .tip");
    const step = Math.round(((event.offsetX - area.left) / area.width) * right);
    tip.hidden = step < 0 || step > this.shown;
    if (tip.hidden) return;
    const row = this.history.at(step), { texts } = this.scene;
    const held = row.heldOut === null ? "" : `\n${texts.heldOut} ${readable(row.heldOut)}`;
    this.placeTip(tip, event, `${texts.step} ${row.step}\n${texts.training} ${readable(row.loss)}${held}`);
  }

  placeTip(tip, event, text) {
    tip.textContent = text;
    const { clientWidth, clientHeight } = tip.parentElement;
    tip.style.left = `${Math.max(0, Math.min(event.offsetX + 14, clientWidth - tip.offsetWidth))}px`;
    tip.style.top = `${Math.max(0, Math.min(event.offsetY + 14, clientHeight - tip.offsetHeight))}px`;
  }

  /** Choose the training sample nearest to the pointer, if one is near. */
  pick(event) {
    const nearest = this.scene.drawing ? null : this.nearest(event, this.scene.trainedOn);
    if (nearest === null) return;
    this.picked = nearest;
    this.drawPoints();
    this.send({ pick: nearest });
  }

  /** Buttons for what a press on the plane does: add a point of a class, move one, delete one. */
  buildTools() {
    const { drawing, texts, classNames } = this.scene, tools = this.find(".tools");
    tools.hidden = !drawing;
    if (!drawing) return;
    tools.setAttribute("aria-label", texts.tools);
    const offered = Math.min(classNames.length + 1, this.scene.shapes.length);
    const buttons = [...Array(offered).keys()].map((k) => [k, texts.glyphs[k], `${texts.add} ${k + 1}`]);
    buttons.push(["move", "✥", texts.move], ["delete", "✕", texts.delete]);
    if (!buttons.some(([tool]) => tool === this.tool)) this.tool = 0;
    tools.replaceChildren(
      ...buttons.map(([tool, sign, name]) => {
        const button = document.createElement("button");
        Object.assign(button, { type: "button", textContent: sign, title: name });
        button.setAttribute("aria-label", name);
        button.setAttribute("aria-pressed", String(tool === this.tool));
        if (typeof tool === "number") button.style.color = `var(--class-${tool})`;
        button.onclick = () => {
          this.tool = tool;
          for (const other of tools.children) other.setAttribute("aria-pressed", String(other === button));
        };
        return button;
      }),
    );
  }

  /** Begin with what the chosen tool does; moving goes on until the pointer is let go. */
  beginDrawing(event) {
    if (!this.scene.drawing || event.button !== 0) return;
    const place = this.valueAt(event), near = this.nearest(event);
    if (!place) return;
    this.pause();
    const points = this.drawnPoints();
    if (this.tool === "delete") {
      if (near !== null && points.length > 1) this.sendDrawing(points.filter((_, i) => i !== near));
    } else if (this.tool === "move") {
      if (near === null) return;
      event.target.setPointerCapture(event.pointerId);
      this.moving = near;
    } else this.sendDrawing([...points, [...place, this.tool]]);
  }

  continueDrawing(event) {
    const place = this.moving === null ? null : this.valueAt(event);
    if (!place) return;
    this.scene.points.set(place, 2 * this.moving);
    this.drawPoints();
  }

  endDrawing() {
    if (this.moving === null) return;
    this.moving = null;
    this.sendDrawing(this.drawnPoints());
  }

  /** All points as [x, y, class], in their order; those held out come last. */
  drawnPoints() {
    const { points, labels } = this.scene;
    return Array.from(labels, (label, i) => [points[2 * i], points[2 * i + 1], label]);
  }

  sendDrawing(points) {
    this.send({ points });
  }

  /** Where the pointer is in the plane's own units; null outside of it. */
  valueAt(event) {
    const { xRange, yRange } = this.scene, area = this.surfaceOf(".points", this.planeMargins());
    const u = (event.offsetX - area.left) / area.width, v = 1 - (event.offsetY - area.top) / area.height;
    if (u < 0 || u > 1 || v < 0 || v > 1) return null;
    return [xRange[0] + u * (xRange[1] - xRange[0]), yRange[0] + v * (yRange[1] - yRange[0])];
  }

  /** The sample nearest to the pointer among the first `count`, if one is near. */
  nearest(event, count = this.scene.labels.length) {
    let nearest = null, least = 18 ** 2;
    for (let i = 0; i < count; i++) {
      const [x, y] = this.placeOf(i);
      const distance = (x - event.offsetX) ** 2 + (y - event.offsetY) ** 2;
      if (distance < least) [nearest, least] = [i, distance];
    }
    return nearest;
  }
}
