// The stage itself: keeps the play head, asks Python for what it will need, and draws what it has.

const SPEEDS = [1, 5, 20, 100];
const FRAMES_PER_SECOND = 60;
const BUFFER_FRAMES = 72;
const ANSWER_LIMIT_MS = 3000;
const LONGEST_CHUNK = 180;
const MOST_CHUNK_STEPS = 3600; // which Python takes in well under the time they play
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

class Stage extends Pointer {
  constructor(root, scene) {
    super();
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

  // ---- time ----

  advance(elapsed) {
    const pace = this.speed * FRAMES_PER_SECOND / 1000;
    const horizon = this.shown + this.speed * BUFFER_FRAMES;
    const ready = this.history.smoothFrom(this.shown, this.speed, horizon);
    if (!this.asked && performance.now() - this.reported > REPORT_MS) this.report();
    if (ready < Math.min(horizon, this.lastStep())) {
      this.ask(ready, ready + this.speed * this.chunkFrames, this.speed);
      this.chunkFrames = Math.min(LONGEST_CHUNK, Math.max(30, MOST_CHUNK_STEPS / this.speed), this.chunkFrames * 2);
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

  // ---- controls ----

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
}
