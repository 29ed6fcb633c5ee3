import { Dial } from "./slider_row.js";
import { add } from "../shared/dom.js";
import { emit, on } from "../shared/events.js";
import { prefersReducedMotion } from "../shared/motion.js";
import { probabilityText } from "../shared/number_format.js";
import { crossEntropy, sigmoid, softmax } from "../shared/softmax.js";

const instances = new WeakMap();
const GLIDE = 700;

/** @param {{data: Object, parentElement: ShadowRoot, setStateValue: (name: string, value: any) => void}} component */
export default function ({ data, parentElement, setStateValue }) {
  let bars = instances.get(parentElement);
  if (!bars) instances.set(parentElement, (bars = new LogitBars(parentElement.querySelector(".bars"), data.bars)));
  bars.take(data, setStateValue);
  return () => {
    bars.leave();
    instances.delete(parentElement);
  };
}

class LogitBars {
  constructor(root, name) {
    this.root = root;
    this.name = name;
    this.held = null;
    this.gliding = null;
    this.before = null;
    this.told = [];
    const deaf = [on("light", name, ({ k }) => this.light(k)), on("move", name, (wish) => this.follow(wish))];
    this.leave = () => {
      deaf.forEach((stop) => stop());
      clearTimeout(this.resting);
      this.stopMoving();
    };
  }

  /** Take what Python says, unless the reader is at it, or it is an answer that the reader's hand has overtaken. */
  take(data, tell) {
    this.tell = tell;
    const { names, outputs, texts, target, temperature, shift } = data;
    const layout = JSON.stringify([names, outputs, texts, target, temperature === null, shift === null]);
    if (this.overtaken(data)) return;
    this.data = data;
    if (this.held !== null) return;
    if (layout === this.layout) return this.glideTo(data);
    this.stopMoving();
    this.before = null;
    this.layout = layout;
    this.set(data);
    this.build();
    this.draw();
  }

  /** Whether Python has yet to hear the last of what it was told. */
  overtaken(data) {
    const answer = this.told.indexOf(state(data));
    if (answer < 0 && this.told.length && state(data) === state(this.data)) return true;
    this.told = answer < 0 ? [] : this.told.slice(answer + 1);
    return this.told.length > 0;
  }

  set({ logits, temperature, shift }) {
    this.logits = logits.slice();
    this.temperature = temperature ?? 1;
    this.shift = shift ?? 0;
  }

  /** Go to where Python wants them in a time one can follow. */
  glideTo(data) {
    if (this.gliding?.to === state(data)) return;
    const from = { logits: this.logits, temperature: this.temperature, shift: this.shift };
    const to = { logits: data.logits, temperature: data.temperature ?? 1, shift: data.shift ?? 0 };
    this.stopMoving();
    if (state(from) === state(to)) return;
    this.before = softmax(this.logits, this.temperature);
    const began = performance.now();
    const step = (now) => {
      const share = prefersReducedMotion() ? 1 : Math.min(Math.max(0, now - began) / GLIDE, 1), eased = share * share * (3 - 2 * share);
      const between = (a, b) => a + (b - a) * eased;
      if (share === 1) {
        this.gliding = null;
        this.set(data);
      } else {
        this.gliding.frame = requestAnimationFrame(step);
        this.logits = from.logits.map((z, k) => between(z, to.logits[k]));
        this.temperature = Math.exp(between(Math.log(from.temperature), Math.log(to.temperature)));
        this.shift = between(from.shift, to.shift);
      }
      this.draw();
    };
    this.gliding = { to: state(data), frame: 0 };
    step(began);
  }

  stopMoving() {
    if (this.gliding) cancelAnimationFrame(this.gliding.frame);
    this.gliding = null;
    this.heat?.halt();
    this.push?.halt();
  }

  /** The reader takes hold: what moves by itself stops. */
  hold(what) {
    clearTimeout(this.resting);
    if (this.gliding) {
      this.stopMoving();
      this.set(this.data);
    }
    if (what !== "temperature") this.heat?.halt();
    if (what !== "shift") this.push?.halt();
    this.held = what;
    this.before = null;
  }

  build() {
    const { names, outputs, texts, glyphs, range, target, temperature, shift } = this.data;
    const root = this.root;
    root.replaceChildren();
    root.classList.toggle("two", outputs.length + (target === null ? 0 : 1) > 1);
    root.classList.toggle("dials", temperature !== null);
    root.classList.toggle("many", names.length > 4);
    const head = add(root, "div", "row head");
    add(head, "span", "name");
    add(head, "span", "", texts.logit);
    add(head, "span", "typed");
    this.heads = outputs.map((output) => add(head, "span", "", texts[output]));
    if (target !== null) add(head, "span", "", texts.error);
    this.rows = names.map((name, k) => {
      const row = add(root, "div", "row");
      row.style.setProperty("--colour", `var(--class-${k})`);
      row.onpointerenter = () => emit("light", { bars: this.name, k });
      row.onpointerleave = () => emit("light", { bars: this.name, k: null });
      add(row, "span", "name", `${glyphs[k]} ${name}`);
      const track = add(row, "div", "track");
      const fill = add(track, "i", "fill");
      const base = add(track, "i", "base");
      const handle = add(track, "div", "handle");
      const value = add(handle, "span", "value");
      Object.assign(handle, { tabIndex: 0 });
      handle.dataset.testid = `logit-${k}`;
      handle.setAttribute("role", "slider");
      handle.setAttribute("aria-label", `${texts.logit} ${name}`);
      handle.setAttribute("aria-valuemin", range[0]);
      handle.setAttribute("aria-valuemax", range[1]);
      handle.onkeydown = (event) => this.press(event, k);
      this.drag(track, k);
      const typed = add(row, "input", "typed");
      Object.assign(typed, { type: "number", step: "any", min: range[0], max: range[1] });
      typed.setAttribute("aria-label", `${texts.type} ${name}`);
      typed.onchange = () => {
        this.hold(k);
        if (typed.value !== "" && Number.isFinite(typed.valueAsNumber)) this.move(k, typed.valueAsNumber);
        typed.value = this.logits[k];
        this.release();
      };
      const shown = outputs.map((output, index) => {
        const cell = add(row, "div", `output ${output}`);
        const meter = add(cell, "div", "meter");
        const bar = add(meter, "i", "level");
        const before = add(meter, "i", "mark before");
        if (temperature !== null) add(meter, "i", "mark").style.left = `${100 / names.length}%`;
        const text = add(cell, "b");
        text.dataset.testid = index === 0 ? `probability-${k}` : `${output}-${k}`;
        return { bar, before, text };
      });
      const error = target === null ? null : add(row, "b", "error");
      if (error) error.dataset.testid = `error-${k}`;
      return { row, handle, fill, base, value, typed, shown, error };
    });
    const foot = add(root, "div", `row foot${temperature === null ? "" : " dial"}`);
    this.heat = temperature === null ? null : this.temperatureDial(foot);
    if (!this.heat) ["name", "gap", "typed"].forEach((cell) => add(foot, "span", cell));
    this.sums = outputs.map((output) => {
      const sum = add(foot, "b");
      sum.dataset.testid = `sum-${output}`;
      return sum;
    });
    this.loss = target === null ? null : add(foot, "b");
    if (this.loss) this.loss.dataset.testid = "loss";
    this.push = shift === null ? null : this.shiftDial(add(root, "div", "row dial"));
  }

  temperatureDial(row) {
    const { texts, temperatures } = this.data;
    return new Dial(row, { label: texts.temperature, id: "temperature", logarithmic: true, texts }, {
      limits: () => temperatures,
      value: () => this.temperature,
      tidy: (value) => (Math.abs(Math.log(value)) < 0.03 ? 1 : Number(value.toPrecision(3))),
      move: (value) => {
        this.hold("temperature");
        this.temperature = value;
        this.draw();
      },
      rest: () => this.release(),
      restSoon: () => this.releaseSoon(),
    });
  }

  shiftDial(row) {
    const { texts, range: [low, high] } = this.data;
    const millionth = (z) => Math.round(z * 1e6) / 1e6;
    let base = null;
    const bases = () => (this.held === "shift" && base) || this.logits.map((z) => millionth(z - this.shift));
    const dial = new Dial(row, { label: texts.shift, id: "shift", texts }, {
      limits: () => [low - Math.min(...bases()), high - Math.max(...bases())],
      value: () => this.shift,
      tidy: (value) => Math.round(value * 10) / 10 + 0,
      move: (value) => {
        base = bases();
        this.hold("shift");
        this.logits = base.map((z) => millionth(z + value));
        this.shift = value;
        this.draw();
      },
      rest: () => this.release(),
      restSoon: () => this.releaseSoon(),
    });
    add(row, "span", "note", texts.shift_note);
    return dial;
  }

  /** Let the pointer move a logit: the bar goes where the hand goes, from the first touch. */
  drag(track, k) {
    const follow = (event) => {
      const box = track.getBoundingClientRect(), [low, high] = this.data.range;
      const at = (event.clientX - box.left) / box.width;
      this.move(k, Math.round((low + at * (high - low)) * 10) / 10);
      this.draw();
    };
    track.onpointerdown = (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      track.setPointerCapture(event.pointerId);
      this.hold(k);
      this.rows[k].handle.focus();
      follow(event);
    };
    track.onpointermove = (event) => this.held === k && track.hasPointerCapture(event.pointerId) && follow(event);
    track.onpointerup = track.onpointercancel = () => this.held === k && this.release();
  }

  press(event, k) {
    const [low, high] = this.data.range, z = this.logits[k];
    const moves = {
      ArrowRight: z + 0.1, ArrowUp: z + 0.1, ArrowLeft: z - 0.1, ArrowDown: z - 0.1,
      PageUp: z + 1, PageDown: z - 1, Home: low, End: high,
    };
    if (!(event.key in moves)) return;
    event.preventDefault();
    event.stopPropagation();
    this.hold(k);
    this.move(k, Math.round(moves[event.key] * 1000) / 1000);
    this.draw();
    this.releaseSoon();
  }

  releaseSoon() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.release(), 150);
  }

  move(k, value) {
    const [low, high] = this.data.range;
    this.logits[k] = Math.min(Math.max(value, low), high);
    this.moved = k;
  }

  /** Go where a view of the same logits wants them. */
  follow({ logits, released }) {
    this.hold("view");
    const [low, high] = this.data.range;
    this.logits = logits.map((z) => Math.min(Math.max(Math.round(z * 1e4) / 1e4, low), high));
    this.draw();
    if (released) this.release();
  }

  /** Tell Python what the reader has set. */
  release() {
    this.held = null;
    const { logits, temperature, shift } = this;
    const set = { logits: logits.slice(), temperature, shift };
    this.draw();
    if (state(set) === (this.told.at(-1) ?? state(this.data))) return;
    this.told.push(state(set));
    this.tell("set", set);
  }

  light(k) {
    this.rows?.forEach((row, index) => row.row.classList.toggle("highlighted", index === k));
  }

  draw() {
    const { range: [low, high], outputs, target, texts } = this.data;
    const place = (z) => ((z - low) / (high - low)) * 100;
    const results = { softmax: softmax(this.logits, this.temperature), sigmoid: sigmoid(this.logits) };
    const shifted = Math.abs(this.shift) > 1e-6;
    this.rows.forEach((row, k) => {
      const z = this.logits[k], zero = place(0), here = place(z), shown = Math.round(z * 1000) / 1000 + 0;
      row.fill.style.left = `${Math.min(zero, here)}%`;
      row.fill.style.width = `${Math.abs(here - zero)}%`;
      row.handle.style.left = `${here}%`;
      row.handle.setAttribute("aria-valuenow", z);
      row.base.hidden = !shifted;
      row.base.style.left = `${place(z - this.shift)}%`;
      row.value.textContent = String(shown).replace("-", "−");
      if (this.root.getRootNode().activeElement !== row.typed || this.held !== null) row.typed.value = shown;
      outputs.forEach((output, index) => {
        const p = results[output][k], { bar, before, text } = row.shown[index];
        bar.style.width = `${p * 100}%`;
        text.textContent = probabilityText(p);
        text.dataset.value = p;
        before.hidden = !this.before || output !== "softmax";
        if (this.before) before.style.left = `calc(${this.before[k] * 100}% - 1.5px)`;
      });
      if (row.error) {
        const error = results[outputs[0]][k] - (k === target ? 1 : 0);
        row.error.textContent = `${error < 0 ? "−" : "+"}${Math.abs(error).toFixed(3)}`;
      }
    });
    outputs.forEach((output, index) => {
      const sum = results[output].reduce((total, p) => total + p, 0);
      this.sums[index].textContent = `${texts.sum} ${sum.toFixed(3)}`;
      this.heads[index].textContent = this.before && output === "softmax" ? `${texts[output]} (${texts.before})` : texts[output];
    });
    if (this.loss) {
      const loss = crossEntropy(this.logits, target);
      this.loss.textContent = `${texts.loss} ${loss.toFixed(3)}`;
      this.loss.dataset.value = loss;
    }
    if (this.heat) this.drawLimits();
    this.push?.draw();
    emit("drawn", {
      bars: this.name, logits: this.logits.slice(), temperature: this.temperature, moved: this.moved,
      moving: this.held !== null || this.gliding !== null,
    });
  }

  /** The temperature, and what it leads to at either end. */
  drawLimits() {
    const { names, glyphs, texts } = this.data;
    const top = Math.max(...this.logits);
    const winners = names.map((_, k) => k).filter((k) => this.logits[k] === top);
    const name = winners.map((k) => `${glyphs[k]} ${names[k]}`).join(" = ");
    const end = winners.length === 1 ? texts.cold.replace("{winner}", name) : texts.cold_tie.replaceAll("{count}", winners.length);
    this.heat.least.textContent = end;
    this.heat.most.textContent = texts.hot.replace("{count}", names.length);
    this.heat.draw();
  }
}

/** Everything a reader can set, as one text to compare. */
function state({ logits, temperature, shift }) {
  return JSON.stringify([logits, temperature ?? 1, shift ?? 0]);
}
