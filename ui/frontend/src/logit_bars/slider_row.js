import { add } from "../shared/dom.js";
import { prefersReducedMotion } from "../shared/motion.js";

const LAP = 9000;
const CALM_STOPS = 12;
const NUDGE = 0.1;

/** Where a lap from `start` through `high` and `low` and back has come to, `share` of the way. */
function lap(start, low, high, share) {
  const there = high - low;
  const gone = (start - low + share * 2 * there) % (2 * there);
  return low + Math.min(gone, 2 * there - gone);
}

/** A range with a play button before it and a number to type after it: the first three cells of a row. */
export class Dial {
  /**
   * @param {HTMLElement} row
   * @param {{label: string, id: string?: boolean, texts: Object}} appearance
   * @param {{limits: () => number[], value: () => number, tidy: (value: number) => number,
   *   move: (value: number) => void, rest: () => void, restSoon: () => void}} model
   */
  constructor(row, { label, id, logarithmic = false, texts }, model) {
    Object.assign(this, { texts, label, model, frame: null });
    this.position = logarithmic ? Math.log : (value) => value;
    this.value = logarithmic ? Math.exp : (position) => position;
    const head = add(row, "span", "name");
    this.button = add(head, "button", "play");
    this.button.type = "button";
    this.button.dataset.testid = `play-${id}`;
    this.button.onclick = () => (this.frame === null ? this.play() : this.stop());
    add(head, "span", "", label);
    const cell = add(row, "div", "scale");
    this.range = add(cell, "input");
    this.range.type = "range";
    this.range.dataset.testid = id;
    this.range.setAttribute("aria-label", label);
    this.range.oninput = () => {
      this.halt();
      model.move(model.tidy(this.value(this.range.valueAsNumber)));
    };
    this.range.onchange = () => model.rest();
    this.range.onkeydown = (event) => this.press(event);
    this.ends = add(cell, "div", "ends");
    this.least = add(this.ends, "span");
    this.most = add(this.ends, "span");
    this.typed = add(row, "input", "typed");
    Object.assign(this.typed, { type: "number", step: "any" });
    this.typed.setAttribute("aria-label", `${texts.value}: ${label}`);
    this.typed.onchange = () => {
      const [low, high] = model.limits();
      this.halt();
      if (Number.isFinite(this.typed.valueAsNumber)) model.move(Math.min(Math.max(this.typed.valueAsNumber, low), high));
      this.draw(true);
      model.rest();
    };
    this.name();
  }

  /** Arrow and page keys, by steps one can see; a range's own are a thousandth. */
  press(event) {
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (!steps) return;
    event.preventDefault();
    event.stopPropagation();
    const [low, high] = this.model.limits();
    const wanted = this.model.tidy(this.value(this.position(this.model.value()) + steps * NUDGE));
    this.halt();
    this.model.move(Math.min(Math.max(wanted, low), high));
    this.model.restSoon();
  }

  name() {
    const playing = this.frame !== null;
    this.button.textContent = playing ? "❚❚" : "▶";
    this.button.setAttribute("aria-label", `${playing ? this.texts.pause : this.texts.play}: ${this.label}`);
  }

  play() {
    const start = this.model.value(), began = performance.now();
    const [low, high] = this.model.limits().map(this.position);
    const step = (now) => {
      const share = Math.max(0, now - began) / LAP;
      if (share >= 1) {
        this.model.move(start);
        return this.stop();
      }
      const seen = prefersReducedMotion() ? Math.floor(share * CALM_STOPS) / CALM_STOPS : share;
      this.model.move(this.value(lap(this.position(start), low, high, seen)));
      this.frame = requestAnimationFrame(step);
    };
    this.frame = requestAnimationFrame(step);
    this.name();
  }

  /** End the play where it is. */
  stop() {
    this.halt();
    this.model.move(this.model.tidy(this.model.value()));
    this.model.rest();
  }

  halt() {
    if (this.frame === null) return;
    cancelAnimationFrame(this.frame);
    this.frame = null;
    this.name();
  }

  draw(typed = false) {
    const [low, high] = this.model.limits(), value = this.model.value(), shown = this.model.tidy(value);
    Object.assign(this.range, { min: this.position(low), max: this.position(high), step: 0.001 });
    this.range.value = this.position(value);
    this.range.setAttribute("aria-valuetext", shown);
    Object.assign(this.typed, { min: low, max: high });
    if (typed || this.typed.getRootNode().activeElement !== this.typed) this.typed.value = shown;
  }
}
