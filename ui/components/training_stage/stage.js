// The stage itself: keeps the play head, asks Python for what it will need, and draws what it has.

const SPEEDS = [1, 5, 20, 100];
const FRAMES_PER_SECOND = 60;
const BUFFER_FRAMES = 72;
const ANSWER_LIMIT_MS = 3000;
const LONGEST_CHUNK = 180;
const REPORT_MS = 4000;
const meeting = (globalThis.softmaxLab ??= { stages: new Map(), feeds: new Map() });
const instances = new WeakMap();

/** @param {{data: Uint8Array, parentElement: ShadowRoot}} component */
export default function ({ data, parentElement }) {
  const scene = unpack(data);
  let stage = instances.get(parentElement);
  if (!stage) {
    stage = new Stage(parentElement, scene);
    instances.set(parentElement, stage);
  }
  meeting.stages.set(scene.stage, stage);
  stage.show(scene);
  const feed = meeting.feeds.get(scene.stage);
  if (feed) stage.receive(feed.packet);
  return () => {
    stage.close();
    instances.delete(parentElement);
    if (meeting.stages.get(scene.stage) === stage) meeting.stages.delete(scene.stage);
    meeting.feeds.delete(scene.stage);
  };
}

class Stage {
  constructor(root, scene) {
    this.key = scene.stage;
    this.root = root.querySelector(".stage");
    this.find = (selector) => this.root.querySelector(selector);
    this.named = (name) => this.find(`[data-testid="stage-${name}"]`);
    this.speed = SPEEDS[0];
    this.playing = false;
    this.outbox = {};
    this.picked = null;
    this.recording = null;
    this.moving = null;
    this.tool = 0;
    this.view = "parameters";
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.wire();
  }

  wire() {
    this.named("play").onclick = () => (this.playing ? this.pause() : this.play());
    this.named("step-forward").onclick = () => this.stepBy(1);
    this.named("step-back").onclick = () => this.stepBy(-1);
    this.named("reset").onclick = () => this.reset();
    this.named("scrub").oninput = (event) => this.seek(Number(event.target.value));
    this.find(".speeds").replaceChildren(
      ...SPEEDS.map((speed) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = `${speed}×`;
        button.onclick = () => this.setSpeed(speed);
        return button;
      }),
    );
    this.setSpeed(this.speed);
    this.find(".points").onclick = (event) => this.pick(event);
    const plane = this.find(".points");
    plane.onpointerdown = (event) => this.beginDrawing(event);
    plane.onpointerup = plane.onpointercancel = () => this.endDrawing();
    plane.onpointermove = (event) => {
      this.continueDrawing(event);
      this.pointAtPlane(event);
    };
    this.find(".curve").onpointermove = (event) => this.pointAtCurve(event);
    for (const tip of this.root.querySelectorAll(".tip")) {
      tip.parentElement.onpointerleave = () => (tip.hidden = true);
    }
    this.onkey = (event) => this.press(event);
    document.addEventListener("keydown", this.onkey);
    this.onhide = () => document.hidden && this.playing && this.pause();
    document.addEventListener("visibilitychange", this.onhide);
    this.resizing = new ResizeObserver(() => this.redraw());
    this.resizing.observe(this.root);
    this.themeWatch = setInterval(() => this.isDark() !== this.dark && this.redraw(), 500);
  }

  close() {
    this.playing = false;
    document.removeEventListener("keydown", this.onkey);
    document.removeEventListener("visibilitychange", this.onhide);
    this.resizing.disconnect();
    clearInterval(this.themeWatch);
  }

  // ---- what Python says ----

  /** Take a scene; one with another identity begins a new run. */
  show(scene) {
    const isNew = this.scene?.scene !== scene.scene;
    this.scene = scene;
    this.columns = scene.parameterNames.length;
    this.classes = scene.classNames.length;
    this.nodes = Math.round(Math.sqrt(scene.basis.length / this.columns));
    this.size = this.classes > 4 ? 96 : 128;
    this.positions = gridPositions(this.size, this.nodes);
    if (isNew) {
      this.pause();
      this.history = new History();
      this.history.add(scene);
      this.end = null;
      this.settings = null;
      this.asked = null;
      this.wanted = null;
      this.chunkFrames = 30;
      this.shown = this.position = scene.shown;
      this.raster = document.createElement("canvas");
      this.raster.width = this.raster.height = this.size;
      this.image = new ImageData(this.size, this.size);
      this.nodeLogits = new Float32Array(this.nodes ** 2 * this.classes);
      this.logits = new Float32Array(this.size ** 2 * this.classes);
      this.winners = new Uint8Array(this.size ** 2);
    }
    this.write();
    this.buildViews();
    this.buildTools();
    this.redraw();
  }

  /** Take a packet from the feed. */
  receive(packet) {
    if (packet.scene !== this.scene?.scene) return;
    if (packet.settings !== this.settings) {
      const changed = this.settings !== null;
      this.settings = packet.settings;
      if (changed) {
        this.history.dropAfter(this.shown);
        this.end = null;
        this.asked = null;
        this.chunkFrames = 30;
        this.ask(this.shown, this.shown + this.speed * this.chunkFrames, this.speed, { branch: true });
        return;
      }
    }
    this.end = packet.end;
    if (packet.picked !== this.picked) {
      this.picked = packet.picked;
      this.drawPoints();
    }
    if (packet.steps) {
      this.asked = null;
      this.history.add(packet);
      if (this.wanted !== null && this.history.rows.has(Math.min(this.wanted, this.lastStep()))) {
        this.goTo(Math.min(this.wanted, this.lastStep()));
      } else if (!this.playing) this.redraw();
    }
    if (Object.keys(this.outbox).length) this.send({}); // said before there was a feed
  }

  /** Ask for the rows from one step to another. */
  ask(from, to, stride, also = {}) {
    const waiting = this.asked && performance.now() - this.asked < ANSWER_LIMIT_MS;
    if (waiting) return;
    this.asked = this.reported = performance.now(); // a request says where the play head is, too
    this.send({ rows: { from, to: Math.min(to, this.lastStep()), stride }, ...also });
  }

  /** Post a message; what is said within one turn goes out together. */
  send(message) {
    Object.assign(this.outbox, message);
    this.posting ??= setTimeout(() => {
      this.posting = null;
      const feed = meeting.feeds.get(this.key);
      if (!feed || this.settings === null) return;
      feed.send({ scene: this.scene.scene, settings: this.settings, at: this.shown, ...this.outbox });
      this.outbox = {};
    });
  }

  lastStep() {
    return this.end ? this.end[0] : this.scene.maxSteps;
  }

  // ---- what a person does ----

  play() {
    if (this.shown >= this.lastStep()) return this.pause();
    this.playing = true;
    this.wanted = null;
    this.position = this.shown;
    this.chunkFrames = 30;
    this.reported = performance.now();
    this.write();
    let before = null;
    const tick = (now) => {
      if (!this.playing || !this.root.isConnected) return;
      this.advance(before === null ? 1000 / FRAMES_PER_SECOND : Math.min(now - before, 100));
      before = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }

  pause() {
    const was = this.playing;
    this.playing = false;
    if (!was) return;
    this.write();
    this.settle();
  }

  /** Let Python know how far the play head is, for the numbers below and for a reader who leaves the page. */
  report() {
    this.reported = performance.now();
    this.send({ at: this.shown });
  }

  /** Choose the training sample nearest to the pointer, if one is near. */
  pick(event) {
    const nearest = this.scene.drawing ? null : this.nearest(event, this.scene.trainedOn);
    if (nearest === null) return;
    this.picked = nearest;
    this.drawPoints();
    this.send({ pick: nearest });
  }

  setSpeed(speed) {
    this.speed = speed;
    for (const button of this.find(".speeds").children) {
      button.setAttribute("aria-pressed", String(button.textContent === `${speed}×`));
    }
  }

  stepBy(steps) {
    this.pause();
    this.seek(this.shown + steps);
  }

  reset() {
    this.pause();
    this.history.dropAfter(0);
    this.end = null;
    this.asked = null;
    this.goTo(0);
    this.ask(0, 30, 1, { restart: true });
  }

  /** Go to a step, by way of Python if it is not known yet; the nearest known one stands in meanwhile. */
  seek(step) {
    const target = Math.max(0, Math.min(step, this.lastStep()));
    if (this.playing) this.pause();
    if (this.history.rows.has(target)) return this.goTo(target);
    const nearest = this.history.at(target).step;
    if (nearest !== this.shown) this.goTo(nearest);
    this.wanted = target;
    if (target > this.history.last) {
      const from = this.history.last;
      this.ask(from, Math.max(target, from + 30), Math.max(1, Math.ceil((target - from) / 200)));
    } else this.ask(Math.max(0, target - 15), target + 15, 1);
  }

  goTo(step) {
    this.wanted = null;
    this.shown = this.position = step;
    this.draw();
    this.settle();
  }

  /** Say where one has stopped, to the reader and to Python, once the hand rests. */
  settle() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      if (this.playing) return;
      this.send({ at: this.shown });
      const row = this.history.at(this.shown), { texts } = this.scene;
      this.said(`${texts.step} ${row.step}, ${texts.loss} ${readable(row.loss)}, ${texts.accuracy} ${row.accuracy.toFixed(3)}`);
    }, 150);
  }

  /** Tell a screen reader where the run stands; all readers, why it ended. */
  said(text) {
    const ended = this.end !== null && this.shown >= this.end[0];
    this.find(".said").classList.toggle("quiet", !ended);
    this.find(".said").textContent = ended ? this.end[1] : text;
  }

  press(event) {
    const target = event.composedPath()[0];
    const elsewhere = target !== document.body && !this.root.contains(target);
    if (elsewhere || event.ctrlKey || event.metaKey || event.altKey) return;
    const onScrub = target === this.named("scrub");
    const actions = {
      " ": target.tagName === "BUTTON" ? null : () => this.named("play").click(),
      ArrowRight: onScrub ? null : () => this.stepBy(1),
      ArrowLeft: onScrub ? null : () => this.stepBy(-1),
      r: () => this.reset(),
      R: () => this.reset(),
    };
    if (!actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  }

  // ---- drawing ----

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

  // ---- time ----

  advance(elapsed) {
    const pace = this.speed * FRAMES_PER_SECOND / 1000;
    const horizon = this.shown + this.speed * BUFFER_FRAMES;
    const ready = this.history.smoothFrom(this.shown, this.speed, horizon);
    if (!this.asked && performance.now() - this.reported > REPORT_MS) this.report();
    if (ready < Math.min(horizon, this.lastStep())) {
      this.ask(ready, ready + this.speed * this.chunkFrames, this.speed);
      this.chunkFrames = Math.min(LONGEST_CHUNK, this.chunkFrames * 2);
    }
    this.position = Math.min(this.position + pace * elapsed, ready);
    // With reduced motion the picture changes twice a second, in larger steps.
    const due = this.still.matches ? Math.floor(this.position / (pace * 500)) * pace * 500 : this.position;
    const step = this.history.at(Math.floor(this.position >= ready ? ready : due)).step;
    if (step > this.shown) {
      this.shown = step;
      this.draw();
    }
    if (this.shown >= this.lastStep()) this.pause();
  }

  // ---- drawing ----

  isDark() {
    const [r, g, b] = rgb(getComputedStyle(this.root).getPropertyValue("--st-background-color").trim());
    return r + g + b < 384;
  }

  /** Texts and names, which change with the language. */
  write() {
    const { texts, classNames } = this.scene;
    const name = (element, text) => {
      element.setAttribute("aria-label", text);
      element.title = text;
    };
    const play = this.named("play");
    play.textContent = this.playing ? "❚❚" : "▶";
    name(play, this.playing ? texts.pause : texts.play);
    name(this.named("reset"), texts.reset);
    name(this.named("step-back"), texts.back);
    name(this.named("step-forward"), texts.forward);
    name(this.named("scrub"), texts.scrub);
    this.find(".controls").setAttribute("aria-label", texts.controls);
    this.find(".keys").textContent = texts.keys;
    this.find(".pictures").replaceChildren(
      ...["png", "svg"].map((kind) => {
        const button = document.createElement("button");
        Object.assign(button, { type: "button", textContent: texts[kind], onclick: () => this.savePicture(kind) });
        return button;
      }),
    );
    this.find(".speeds").setAttribute("aria-label", texts.speed);
    for (const button of this.find(".speeds").children) name(button, `${texts.speed} ${button.textContent}`);
    for (const label of ["step", "loss", "accuracy"]) this.find(`.label.${label}`).textContent = texts[label];
    this.find(".legend").replaceChildren(
      ...classNames.map((text, k) => {
        const entry = document.createElement("span");
        entry.textContent = `${texts.glyphs[k]} ${text}`;
        entry.style.color = `var(--class-${k})`;
        return entry;
      }),
    );
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
    this.drawAxes(area, scene.xRange, scene.yRange, scene.xName, scene.yName);
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
    this.drawAxes(area, [0, right], [0, high], this.scene.texts.step, this.scene.texts.lossAxis);
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

  drawAxes({ context, left, top, width, height }, xRange, yRange, xName, yName) {
    const bottom = top + height;
    context.strokeStyle = this.theme.line;
    context.fillStyle = this.theme.muted;
    context.lineWidth = 1;
    context.strokeRect(left, top, width, height);
    context.textAlign = "center";
    context.textBaseline = "top";
    for (const tick of ticks(...xRange, width < 300 ? 4 : 6)) {
      const x = left + ((tick - xRange[0]) / (xRange[1] - xRange[0])) * width;
      context.fillText(tickLabel(tick), x, bottom + 4);
    }
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const tick of ticks(...yRange, height < 240 ? 4 : 6)) {
      const y = bottom - ((tick - yRange[0]) / (yRange[1] - yRange[0])) * height;
      context.fillText(tickLabel(tick), left - 5, Math.max(y, top + this.font / 2));
    }
    context.fillStyle = this.theme.text;
    context.textAlign = "center";
    context.textBaseline = "bottom";
    context.fillText(xName, left + width / 2, bottom + this.font * 3.1);
    context.save();
    context.translate(this.font * 0.2, top + height / 2);
    context.rotate(-Math.PI / 2);
    context.textBaseline = "top";
    context.fillText(yName, 0, 0);
    context.restore();
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

  // ---- pictures to keep ----

  /** Save what is on the canvases, class names below: "png" as they are, "svg" drawn anew as vectors. */
  async savePicture(kind) {
    const frame = this.find(".panels").getBoundingClientRect(), foot = this.font * 2;
    const visible = [...this.root.querySelectorAll("canvas")].filter((canvas) => canvas.clientWidth);
    const boxes = visible.map((canvas) => canvas.getBoundingClientRect());
    const width = Math.max(...boxes.map((box) => box.right)) - frame.left;
    const height = Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top)) + foot;
    const top = Math.min(...boxes.map((box) => box.top));
    let blob;
    if (kind === "svg") {
      this.recording = [];
      this.drawPoints();
      this.draw();
      const layers = this.recording.sort(([a], [b]) => visible.indexOf(a) - visible.indexOf(b));
      this.recording = null;
      const names = new SvgContext(`${this.font}px ${getComputedStyle(this.root).fontFamily}`);
      this.drawNames(names, height - foot / 2);
      const groups = layers.map(([canvas, context]) => {
        const box = canvas.getBoundingClientRect();
        return `<g transform="translate(${fixed(box.left - frame.left)} ${fixed(box.top - top)})">${context.parts.join("")}</g>`;
      });
      const size = `width="${fixed(width)}" height="${fixed(height)}" viewBox="0 0 ${fixed(width)} ${fixed(height)}"`;
      const ground = `<rect width="100%" height="100%" fill="${this.theme.background}"/>`;
      const picture = `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${ground}${groups.join("")}${names.parts.join("")}</svg>`;
      blob = new Blob([picture], { type: "image/svg+xml" });
    } else {
      const ratio = devicePixelRatio || 1, sheet = document.createElement("canvas");
      sheet.width = width * ratio;
      sheet.height = height * ratio;
      const context = sheet.getContext("2d");
      context.scale(ratio, ratio);
      context.fillStyle = this.theme.background;
      context.fillRect(0, 0, width, height);
      visible.forEach((canvas, i) => {
        context.drawImage(canvas, boxes[i].left - frame.left, boxes[i].top - top, boxes[i].width, boxes[i].height);
      });
      context.font = `${this.font}px ${getComputedStyle(this.root).fontFamily}`;
      this.drawNames(context, height - foot / 2);
      blob = await new Promise((done) => sheet.toBlob(done));
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `softmax-step-${this.shown}.${kind}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  /** The classes in a row, with their marks. */
  drawNames(context, y) {
    let x = this.font;
    context.textAlign = "left";
    context.textBaseline = "middle";
    this.scene.classNames.forEach((name, k) => {
      marker(context, this.scene.shapes[k], x, y, this.font * 0.4);
      context.fillStyle = this.theme.classes[k];
      context.fill();
      context.fillText(name, x + this.font, y);
      x += this.font * (2.5 + name.length * 0.75);
    });
  }

  // ---- pointing ----

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
