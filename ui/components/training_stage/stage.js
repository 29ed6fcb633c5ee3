// The stage itself: keeps the play head, asks Python for what it will need, and draws what it has.

const SPEEDS = [0.1, 1, 5, 20, 100]; // steps a frame
const FRAMES_PER_SECOND = 60;
const SHORTEST_BUFFER = 150; // frames: a server with a hundred learners may take a second or two to answer
const LONGEST_BUFFER = 300; // where it costs but BUFFER_STEPS, to outlast its busy moments
const BUFFER_STEPS = 1200;
const ANSWER_LIMIT_MS = 3000;
const SHORTEST_CHUNK = 30; // frames: the first two chunks, since the second must arrive while the first is played
const LONGEST_CHUNK = 240;
const MOST_CHUNK_STEPS = 3600; // which Python takes in well under the time they play
const REPORT_MS = 4000;
const ADDRESS_MS = 1000;
const LOOKOUT_MS = 600;
const ROLES = ["slider", "radio", "tab", "combobox", "spinbutton", "switch", "checkbox", "option", "menuitem", "dialog"];
const INTERACTIVE = ["a", "button", "input", "select", "textarea", "summary", ...ROLES.map((role) => `[role=${role}]`)].join();
// Sides of the rasters: for one model and for two, each for up to four classes and for more.
const RASTERS = [[128, 96], [112, 72]];
const meeting = (globalThis.softmaxLab ??= { stages: new Map(), feeds: new Map() });
const instances = new WeakMap();

/** @param {{data: Uint8Array, parentElement: ShadowRoot}} component */
export default function ({ data, parentElement }) {
  const scene = unpack(data);
  let stage = instances.get(parentElement);
  if (!stage) {
    meeting.stages.get(scene.stage)?.leave();
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

class Stage extends Probe {
  constructor(root, scene) {
    super();
    this.key = scene.stage;
    this.root = root.querySelector(".stage");
    this.find = (selector) => this.root.querySelector(selector);
    this.named = (name) => this.find(`[data-testid="stage-${name}"]`);
    this.playing = false;
    this.outbox = {};
    this.request = null;
    this.picked = null;
    this.recording = null;
    this.noted = 0;
    this.waited = 0;
    this.moving = null;
    this.tool = 0;
    this.view = null;
    this.furthest = 0;
    this.lanes = [];
    this.turn = this.turnOfRun = 0;
    this.values = {};
    this.dials = new Dials(this.find(".dials"), this.find(".help"), (key, value) => this.turnDial(key, value));
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
      ...SPEEDS.map((speed) => element("button", { type: "button", textContent: `${speed}×`, onclick: () => this.setSpeed(speed) })),
    );
    const curve = this.find(".losses");
    curve.onpointermove = (event) => this.pointAtCurve(event);
    curve.onpointerleave = () => (this.find(".losses .tip").hidden = true);
    this.onkey = (event) => this.press(event);
    document.addEventListener("keydown", this.onkey);
    this.onhide = () => document.hidden && this.playing && this.pause();
    document.addEventListener("visibilitychange", this.onhide);
    this.unwatch = onNewLook(this.root, () => this.redraw());
    this.lookout = setInterval(() => this.lookOut(), LOOKOUT_MS);
  }

  /** Tell the stage that comes next where this one stood: on the page one comes back to, or of a newer script. */
  leave() {
    this.playing = false;
    meeting.left = { stage: this.key, scene: this.scene.scene, shown: this.shown };
  }

  close() {
    if (meeting.stages.get(this.key) === this) this.leave();
    clearInterval(this.lookout);
    document.removeEventListener("keydown", this.onkey);
    document.removeEventListener("visibilitychange", this.onhide);
    this.unwatch();
  }

  // ---- what Python says ----

  /** Take a scene; one that does not go on with our runs begins new ones. */
  show(scene) {
    const isNew = !goesOn(this.scene, scene);
    const left = !this.scene && meeting.left?.stage === scene.stage && goesOn(meeting.left, scene) ? meeting.left : null;
    meeting.left = null;
    this.scene = scene;
    this.classes = scene.classNames.length;
    this.root.classList.toggle("enlarged", scene.enlarged);
    if (isNew) {
      this.pause();
      this.request = null;
      this.wanted = null;
      this.chunkFrames = SHORTEST_CHUNK;
      this.shown = this.furthest = scene.shown;
      this.buildPlanes(scene.lanes.length);
    }
    const size = RASTERS[this.lanes.length - 1][this.classes > 4 ? 1 : 0];
    this.lanes.forEach((lane, i) => {
      lane.take(scene.lanes[i], scene[`${i}.basis`], scene[`${i}.pointFeatures`], this.classes, size);
      if (!isNew) return;
      lane.history.add(rowsOf(scene, i));
      lane.end = scene.ends[i];
      lane.changes = scene.changes[i];
    });
    if (isNew && scene.turn >= this.turn) this.take(scene);
    else if (isNew) this.values = { ...scene.values, ...kept(this.values, scene.values) }; // turned while it was on its way
    this.write();
    this.writeReadout();
    this.buildViews();
    this.buildTools();
    this.buildProbe();
    if (scene.turn > this.turn) this.follow(scene);
    this.dials.show(scene.dials, this.values, scene.texts.help);
    this.redraw();
    if (isNew) this.said("");
    const isUnheard = this.request || scene.turn < this.turn || scene.shown !== this.shown;
    if (left) this.seek(left.shown);
    else if (!isNew && isUnheard) this.send();
  }

  /** Take a packet from the feed. */
  receive(packet) {
    if (packet.scene !== this.scene?.scene) return;
    if (packet.turn > this.turn) return this.follow(packet);
    if (packet.picked !== this.picked) {
      this.picked = packet.picked;
      this.drawPoints();
    }
    if (packet.turn >= this.turnOfRun) this.learn(packet);
    if (this.unsaid || packet.playing !== this.playing) this.send(); // there was no feed before; or Python knew no better
  }

  /** Take in the rows of a packet, and what it says of the runs' ends. */
  learn(packet) {
    const isAnswer = packet["0.steps"] !== undefined;
    this.lanes.forEach((lane, i) => {
      lane.end = packet.ends[i];
      lane.changes = packet.changes[i];
      if (isAnswer) lane.history.add(rowsOf(packet, i));
    });
    if (isAnswer) {
      this.request = null;
      this.wait(0);
    }
    const last = this.lastStep(), stopsEarlier = this.furthest > last; // the reader has just chosen so
    this.furthest = Math.min(this.furthest, last);
    if (this.shown > last) this.seek(last);
    else if (isAnswer && this.wanted !== null) this.seek(this.wanted);
    else if ((isAnswer || stopsEarlier) && !this.playing) this.redraw();
  }

  // ---- the dials ----

  /** Take over what Python says the dials are set to. */
  take({ turn, values }) {
    this.turn = this.turnOfRun = turn;
    this.values = values;
  }

  /** Python has turned a dial. */
  follow(packet) {
    const before = this.values;
    this.take(packet);
    this.dials.show(this.scene.dials, this.values, this.scene.texts.help);
    if (this.scene.dials.some(({ key, look }) => !look && before[key] !== this.values[key])) return this.goOnOtherwise();
    this.learn(packet);
    if (this.request) this.send(); // what was asked before Python's turn has got no answer
    this.write();
    this.buildViews();
    this.redraw();
  }

  /** The reader has turned a dial. */
  turnDial(key, value) {
    if (this.scene.dials.find((dial) => dial.key === key).look) return this.look({ [key]: value });
    this.values = { ...this.values, [key]: value };
    this.turn++;
    this.goOnOtherwise();
  }

  /** Change only the picture, and tell Python once the hand rests. */
  look(values) {
    this.values = { ...this.values, ...values };
    this.turn++;
    if ("paint" in values || "speed" in values) this.write();
    if ("view" in values || "scale" in values) this.buildViews();
    this.redraw();
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.send(), 120);
  }

  /** What came after the step on screen no longer holds: drop it, and ask for it anew. */
  goOnOtherwise() {
    this.turnOfRun = this.turn;
    this.furthest = this.shown;
    for (const lane of this.lanes) {
      lane.history.dropAfter(this.shown);
      lane.end = null;
    }
    this.request = null;
    this.chunkFrames = SHORTEST_CHUNK;
    this.ask(this.shown, this.shown + this.stride * this.chunkFrames, this.stride);
  }

  /** Ask for more the next time, as long as nothing changes. */
  lengthen() {
    const most = Math.min(LONGEST_CHUNK, Math.max(SHORTEST_CHUNK, MOST_CHUNK_STEPS / this.stride));
    this.chunkFrames = Math.min(most, this.chunkFrames * 2);
  }

  /** Ask for the rows from one step to another. */
  ask(from, to, stride, also = {}) {
    if (this.request && performance.now() - this.asked < ANSWER_LIMIT_MS) return;
    this.asked = this.reported = performance.now(); // a request says where the play head is, too
    this.request = { rows: { from, to: Math.min(to, this.lastStep()), stride }, ...also };
    this.send();
    this.repeat();
  }

  /** Ask again until there is an answer: what is sent while the connection is lost is lost with it. */
  repeat() {
    clearTimeout(this.repeating);
    this.repeating = setTimeout(() => {
      if (!this.request || !this.root.isConnected) return;
      this.send();
      this.repeat();
    }, ANSWER_LIMIT_MS);
  }

  /**
   * Post a message, which says where the play head is, and whether it moves, whatever else; what is said within one turn
   * goes out together. A later message may overtake one that Python has not begun to read, so each repeats the request
   * still unanswered.
   */
  send(message = {}) {
    Object.assign(this.outbox, message);
    this.posting ??= setTimeout(() => {
      this.posting = null;
      const feed = meeting.feeds.get(this.key);
      this.unsaid = !feed;
      if (!feed) return;
      const { turn, values: dials, shown: at, playing } = this;
      feed.send({ scene: this.scene.scene, turn, dials, at, playing, ...this.request, ...this.outbox });
      this.outbox = {};
    });
  }

  lastStep() {
    return this.lanes.every((lane) => lane.end) ? Math.max(...this.lanes.map((lane) => lane.end[0])) : this.scene.maxSteps;
  }

  /** Whether every run's row at a step is known. */
  knows(step) {
    return this.lanes.every((lane) => lane.knows(step));
  }

  /** The last step at or before this one for which there is a row. */
  nearestKnown(step) {
    return Math.max(...this.lanes.map((lane) => lane.at(step).step));
  }

  // ---- what a person does ----

  play() {
    if (this.shown >= this.lastStep()) return this.pause();
    this.playing = true;
    this.wanted = null;
    this.place();
    this.chunkFrames = SHORTEST_CHUNK;
    this.reported = -Infinity; // Python hears of it as soon as no answer is awaited
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

  /** Put the play head midway between two steps, so that frames a little early or late show one step each. */
  place() {
    this.position = this.shown + this.speed / 2;
  }

  get speed() {
    return this.values.speed ?? 1;
  }

  /** How far apart the steps are that one sees. */
  get stride() {
    return Math.max(1, this.speed);
  }

  setSpeed(speed) {
    this.look({ speed });
    this.place();
  }

  stepBy(steps) {
    this.pause();
    this.seek(this.shown + steps);
  }

  reset() {
    this.pause();
    this.shown = this.furthest = 0;
    for (const lane of this.lanes) {
      lane.history.dropAfter(0);
      lane.end = null;
    }
    this.request = null;
    this.goTo(0);
    this.ask(0, SHORTEST_CHUNK, 1, { restart: true });
  }

  /** Go to a step, by way of Python if it is not known yet; the nearest known one stands in meanwhile. */
  seek(step) {
    const target = Math.max(0, Math.min(step, this.lastStep()));
    if (this.playing) this.pause();
    if (this.knows(target)) return this.goTo(target);
    const nearest = this.nearestKnown(target);
    if (nearest !== this.shown) this.goTo(nearest);
    this.wanted = target;
    const from = Math.min(...this.lanes.filter((lane) => !lane.knows(target)).map((lane) => lane.history.last));
    if (target > from) {
      this.ask(from, Math.max(target, from + SHORTEST_CHUNK), Math.max(1, Math.ceil((target - from) / 200)));
    } else this.ask(Math.max(0, target - 15), target + 15, 1);
  }

  goTo(step) {
    this.wanted = null;
    this.shown = step;
    this.draw();
    this.settle();
  }

  /** Say where one has stopped, to the reader and to Python, once the hand rests. */
  settle() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      if (this.playing) return;
      this.noteInAddress();
      this.send();
      this.describe(this.lanes.map((lane) => lane.at(this.shown)));
      this.said(this.standingInWords());
    }, 150);
  }

  /** Let the address say the step on screen even before Python does, so that a reload opens there. */
  noteInAddress() {
    const { stepKey, opensAt } = this.scene, { search, pathname, hash } = location;
    const said = search.match(new RegExp(`[?&]${stepKey}=(\\d+)`));
    this.noted = performance.now();
    if (Number(said?.[1] ?? opensAt) === this.shown) return;
    const now = `${stepKey}=${this.shown}`;
    const query = said ? search.replace(said[0], said[0][0] + now) : `${search}${search ? "&" : "?"}${now}`;
    history.replaceState(history.state, "", pathname + query + hash);
  }

  /** See whether the picture stands still for want of an answer: the connection may be lost, or the server busy. */
  lookOut() {
    const isStill = this.request && this.shown === this.seen && (this.playing || this.wanted !== null);
    this.seen = this.shown;
    this.wait(isStill ? this.waited + 1 : 0);
  }

  /** Wait, for so many looks by now, or no more; readers are told from the second on. */
  wait(times) {
    const told = this.isWaiting;
    this.waited = times;
    if (told !== this.isWaiting) this.said("");
  }

  get isWaiting() {
    return this.waited >= 2;
  }

  standingInWords() {
    const { texts } = this.scene;
    const runs = this.lanes.map((lane) => {
      const row = lane.at(this.shown);
      return `${this.titleOf(lane)} ${texts.loss} ${readable(row.loss)}, ${texts.accuracy} ${row.accuracy.toFixed(3)}`.trim();
    });
    return [`${texts.step} ${this.shown}`, ...runs].join(", ");
  }

  /** Tell a screen reader where the run stands; all readers, why it ended or does not go on. */
  said(text) {
    const ended = this.lanes.filter((lane) => lane.end && this.shown >= lane.end[0]);
    const said = this.find(".status");
    said.classList.toggle("quiet", !ended.length && !this.isWaiting);
    const why = ended.map(({ name, end }) => (name ? `${name}: ${end[1]}` : end[1])).join(" ");
    const words = why || (this.isWaiting ? this.scene.texts.waiting : text);
    const best = ended.find(({ end }) => end[2] !== null)?.end[2] ?? null;
    if (said.dataset.words === words && said.dataset.best === String(best)) return;
    Object.assign(said.dataset, { words, best });
    said.replaceChildren(words);
    if (best === null) return;
    const back = element("button", { type: "button", textContent: `${this.scene.texts.best} ${best}` });
    back.onclick = () => this.seek(best);
    said.append(" ", back);
  }

  press(event) {
    const target = event.composedPath()[0];
    const elsewhere = !this.root.contains(target) && target.closest?.(INTERACTIVE);
    if (elsewhere || event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.scene.probing && target.classList.contains("points") && this.nudgeProbe(event.key)) return event.preventDefault();
    const onInput = ["INPUT", "SELECT"].includes(target.tagName);
    const actions = {
      " ": ["BUTTON", "SELECT"].includes(target.tagName) ? null : () => this.named("play").click(),
      ArrowRight: onInput ? null : () => this.stepBy(1),
      ArrowLeft: onInput ? null : () => this.stepBy(-1),
      Escape: this.find(".help").hidden ? null : () => this.dials.explain(null),
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
    const buffer = Math.min(LONGEST_BUFFER, Math.max(SHORTEST_BUFFER, BUFFER_STEPS / this.stride));
    const horizon = this.shown + this.stride * buffer;
    const smooth = this.lanes.map((lane) => lane.smoothFrom(this.shown, this.stride, horizon));
    const ready = Math.min(this.lastStep(), ...smooth);
    if (performance.now() - this.noted > ADDRESS_MS) this.noteInAddress();
    if (!this.request && performance.now() - this.reported > REPORT_MS) {
      this.reported = performance.now();
      this.send();
    }
    if (ready < Math.min(horizon, this.lastStep())) {
      this.ask(ready, ready + this.stride * this.chunkFrames, this.stride);
      this.lengthen();
    }
    this.position = Math.min(this.position + pace * elapsed, ready + this.speed / 2);
    // With reduced motion the picture changes twice a second, in larger steps.
    const due = this.still.matches ? Math.floor(this.position / (pace * 500)) * pace * 500 : this.position;
    const step = this.nearestKnown(Math.floor(this.position >= ready ? ready : due));
    if (step > this.shown) {
      this.shown = step;
      this.draw();
    }
    if (this.shown >= this.lastStep()) this.pause();
  }

  // ---- what stands on the page ----

  /** A plane for each of so many models, and a lane to play on it. */
  buildPlanes(count) {
    this.root.classList.toggle("twin", count > 1);
    this.lanes = Array.from({ length: count }, () => {
      const lane = new Lane();
      lane.regions = element("canvas", { className: "regions" });
      lane.plane = element("canvas", { className: "points", role: "img" });
      lane.tip = element("output", { className: "tip", hidden: true });
      return lane;
    });
    this.find(".planes").replaceChildren(
      ...this.lanes.map(({ regions, plane, tip }) => element("figure", { className: "plane" }, regions, plane, tip)),
    );
    this.root.classList.toggle("probing", this.scene.probing);
    for (const lane of this.lanes) {
      this.wirePlane(lane);
      if (this.scene.probing) lane.plane.tabIndex = 0;
    }
  }

  /** What marks and regions mean that are not of one class. */
  keyToRegions() {
    const { texts, trainedOn, labels } = this.scene, held = trainedOn < labels.length ? [texts.hollow] : [];
    if (!this.lanes.some(({ answering }) => answering)) return held;
    return [...held, this.values.paint === 1 ? texts.sums : texts.answers];
  }

  /** The step, and each run's loss and accuracy. */
  writeReadout() {
    const { texts } = this.scene;
    const number = (name, label) => {
      const value = element("b");
      value.dataset.testid = `stage-${name}`;
      return element("span", {}, `${label} `, value);
    };
    const runs = this.lanes.map(({ name }, i) => {
      const numbers = [number(suffixed("loss", i), texts.loss), number(suffixed("accuracy", i), texts.accuracy)];
      return element("span", { className: "run" }, ...(name ? [`${name}: `] : []), ...numbers);
    });
    this.find(".readout").replaceChildren(number("step", texts.step), ...runs);
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
      ...["png", "svg"].map((kind) =>
        element("button", { type: "button", textContent: texts[kind], onclick: () => this.savePicture(kind) }),
      ),
    );
    this.find(".speeds").setAttribute("aria-label", texts.speed);
    for (const button of this.find(".speeds").children) {
      name(button, `${texts.speed} ${button.textContent}`);
      button.setAttribute("aria-pressed", String(button.textContent === `${this.speed}×`));
    }
    this.find(".dials").setAttribute("aria-label", texts.dials);
    this.find(".legend").replaceChildren(
      ...classNames.map((text, k) => {
        const entry = element("span", { textContent: `${texts.glyphs[k]} ${text}` });
        entry.style.color = `var(--class-${k})`;
        return entry;
      }),
      ...this.keyToRegions().map((textContent) => element("span", { className: "legend-key", textContent })),
    );
  }
}

/** The rows of run i in a message. */
function rowsOf(message, i) {
  const names = ["steps", "parameters", "losses", "accuracies", "heldOut"];
  return Object.fromEntries(names.map((name) => [name, message[`${i}.${name}`]]));
}

/**
 * Whether a scene goes on with the runs of another. Python counts the beginnings of a scene in an identity, name.count: a
 * larger count is a new beginning; a smaller one comes of a server that has forgotten ours.
 */
function goesOn(before, after) {
  const [from, number] = (before?.scene ?? "").split("."), [to, count] = after.scene.split(".");
  return from === to && Number(number) >= Number(count);
}

/** What of some values has a place among others. */
function kept(values, others) {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key in others));
}
