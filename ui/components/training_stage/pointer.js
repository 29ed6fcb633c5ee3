// What the pointer does on the canvases: read values off, choose a sample, draw samples.

class Pointer extends PictureTaker {
  /** What the pointer does on the plane of a model. */
  wirePlane(lane) {
    const { plane } = lane;
    plane.onclick = (event) => this.pick(event);
    plane.onpointerdown = (event) => {
      this.beginDrawing(event);
      this.beginProbing(event);
    };
    plane.onpointerup = plane.onpointercancel = () => {
      this.endDrawing();
      this.probing = false;
    };
    plane.onpointermove = (event) => {
      this.continueDrawing(event);
      if (this.probing) this.probeAt(event);
      else this.pointAtPlane(event, lane);
    };
    lane.tip.parentElement.onpointerleave = () => (lane.tip.hidden = true);
  }

  pointAtPlane(event, lane) {
    const [u, v] = this.fractionAt(event), { tip } = lane;
    tip.hidden = u < 0 || u >= 1 || v < 0 || v >= 1;
    if (tip.hidden) return;
    const p = lane.outputsAt(u, v);
    const lines = this.scene.classNames.map((name, k) => `${this.scene.texts.glyphs[k]} ${name}  ${p[k].toFixed(3)}`);
    if (this.lanes.some(({ head }) => head !== "softmax")) lines.push(`Σ ${summed(p).toFixed(3)}`);
    this.placeTip(tip, event, lines.join("\n"));
  }

  pointAtCurve(event) {
    if (!this.curve) return;
    const { area, right } = this.curve, tip = this.find(".losses .tip"), { texts } = this.scene;
    const step = Math.round(((event.offsetX - area.left) / area.width) * right);
    tip.hidden = step < 0 || step > this.shown;
    if (tip.hidden) return;
    const lines = this.lanes.flatMap((lane) => {
      const row = lane.at(step), name = lane.name || texts.training;
      return [`${name} ${readable(row.loss)}`, ...(row.heldOut === null ? [] : [`${texts.heldOut} ${readable(row.heldOut)}`])];
    });
    this.placeTip(tip, event, [`${texts.step} ${step}`, ...lines].join("\n"));
  }

  placeTip(tip, event, text) {
    tip.textContent = text;
    const { clientWidth, clientHeight } = tip.parentElement;
    tip.style.left = `${Math.max(0, Math.min(event.offsetX + 14, clientWidth - tip.offsetWidth))}px`;
    tip.style.top = `${Math.max(0, Math.min(event.offsetY + 14, clientHeight - tip.offsetHeight))}px`;
  }

  /** Choose the training sample nearest to the pointer, if one is near. */
  pick(event) {
    const nearest = this.scene.drawing || this.scene.probing ? null : this.nearest(event, this.scene.trainedOn);
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
        const button = element("button", { type: "button", textContent: sign, title: name });
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

  /** Where the pointer is on its plane, from the lower left: 0 … 1 both ways inside of it. */
  fractionAt(event) {
    const area = this.areaOf(event.target, this.planeMargins());
    return [(event.offsetX - area.left) / area.width, 1 - (event.offsetY - area.top) / area.height];
  }

  /** Where the pointer is in the plane's own units; null outside of it. */
  valueAt(event) {
    const { xRange, yRange } = this.scene, [u, v] = this.fractionAt(event);
    if (u < 0 || u > 1 || v < 0 || v > 1) return null;
    return [xRange[0] + u * (xRange[1] - xRange[0]), yRange[0] + v * (yRange[1] - yRange[0])];
  }

  /** The sample nearest to the pointer among the first `count`, if one is near. */
  nearest(event, count = this.scene.labels.length) {
    const area = this.areaOf(event.target, this.planeMargins());
    let nearest = null, least = 18 ** 2;
    for (let i = 0; i < count; i++) {
      const [x, y] = this.placeOf(i, area);
      const distance = (x - event.offsetX) ** 2 + (y - event.offsetY) ** 2;
      if (distance < least) [nearest, least] = [i, distance];
    }
    return nearest;
  }
}
