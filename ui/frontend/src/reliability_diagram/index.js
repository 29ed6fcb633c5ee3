import { measured, refined, tint } from "./measures.js";
import { unpack } from "../shared/binary_message.js";
import { channels, freshContext, onLookChange, resolvedColour } from "../shared/canvas.js";
import { add, svg } from "../shared/dom.js";
import { prefersReducedMotion } from "../shared/motion.js";

const instances = new WeakMap();
const WIDTH = 440, HEIGHT = 372, LEFT = 58, BOTTOM = 50, TOP = 10, RIGHT = 14;
const FINER = 4;
const STOPS = 260;

/** @param {{data: Uint8Array, parentElement: ShadowRoot, setStateValue: (name: string, value: any) => void}} component */
export default function ({ data, parentElement, setStateValue }) {
  let shown = instances.get(parentElement);
  if (!shown) instances.set(parentElement, (shown = new Calibration(parentElement.querySelector(".calibration"))));
  shown.take(unpack(data), setStateValue);
  return () => {
    shown.leave();
    instances.delete(parentElement);
  };
}

class Calibration {
  constructor(root) {
    this.root = root;
    this.held = false;
    this.unwatch = onLookChange(root, () => this.draw());
  }

  leave() {
    this.unwatch();
    cancelAnimationFrame(this.frame);
  }

  take(data, tell) {
    this.tell = tell;
    this.data = data;
    this.classes = data.names.length;
    this.before = this.measure(1);
    this.plane = refined(data.grid, this.classes, FINER);
    this.told ??= data.heard;
    if (!this.held && this.told === data.heard) this.temperature = data.temperature;
    const layout = JSON.stringify([data.texts, data.names, data.enlarged]);
    if (layout !== this.layout) this.build();
    this.layout = layout;
    this.draw();
  }

  measure(temperature) {
    const { logits, labels, bins } = this.data;
    return measured(logits, labels, this.classes, temperature, bins);
  }

  build() {
    const { texts } = this.data;
    this.root.classList.toggle("enlarged", this.data.enlarged);
    this.root.replaceChildren();
    const dial = add(this.root, "div", "dial");
    const label = add(dial, "label", "", texts.temperature);
    this.value = add(label, "b");
    this.slider = add(label, "input");
    Object.assign(this.slider, { type: "range", min: 0, max: STOPS, step: 1 });
    this.slider.dataset.testid = "temperature";
    this.slider.oninput = () => this.hold(this.temperatureAt(Number(this.slider.value)));
    this.slider.onchange = () => this.release();
    this.button(dial, texts.fit, () => this.slide(this.data.fitted));
    this.button(dial, "T = 1", () => this.slide(1));
    const left = add(this.root, "div", "half");
    const right = add(this.root, "div", "half");
    this.svg = svg(left, "svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" });
    this.buildAxes();
    add(left, "p", "small", texts.note);
    this.buildTable(right);
    const figure = add(right, "figure");
    this.canvas = add(figure, "canvas");
    this.canvas.setAttribute("role", "img");
    add(figure, "figcaption", "small", texts.plane);
  }

  buildAxes() {
    const { texts } = this.data;
    for (let tick = 0; tick <= 5; tick++) {
      const value = tick / 5, [x, y] = this.place(value, value);
      const grid = { class: "grid" };
      svg(this.svg, "line", { ...grid, x1: x, x2: x, y1: TOP, y2: HEIGHT - BOTTOM });
      svg(this.svg, "line", { ...grid, x1: LEFT, x2: WIDTH - RIGHT, y1: y, y2: y });
      svg(this.svg, "text", { x, y: HEIGHT - BOTTOM + 18, "text-anchor": "middle" }).textContent = value;
      svg(this.svg, "text", { x: LEFT - 8, y: y + 5, "text-anchor": "end" }).textContent = value;
    }
    const middle = (LEFT + WIDTH - RIGHT) / 2, centre = (TOP + HEIGHT - BOTTOM) / 2;
    svg(this.svg, "text", { x: middle, y: HEIGHT - 8, "text-anchor": "middle" }).textContent = texts.across;
    svg(this.svg, "text", {
      "text-anchor": "middle", transform: `translate(15 ${centre}) rotate(-90)`,
    }).textContent = texts.up;
    const [x1, y1] = this.place(0, 0), [x2, y2] = this.place(1, 1);
    svg(this.svg, "line", { class: "ideal", x1, y1, x2, y2 });
    for (const [place, anchor, text] of [[[0.04, 0.9], "start", texts.modest], [[0.98, 0.06], "end", texts.bold]]) {
      const [x, y] = this.place(...place);
      svg(this.svg, "text", { class: "side", x, y, "text-anchor": anchor }).textContent = text;
    }
    this.curves = svg(this.svg, "g", {});
  }

  buildTable(parent) {
    const { texts } = this.data;
    const table = add(parent, "table");
    add(table, "caption", "", texts.judged);
    const head = add(add(table, "thead"), "tr");
    add(head, "td");
    for (const kind of ["before", "now"]) {
      const cell = add(head, "th", kind);
      cell.scope = "col";
      add(cell, "i", `legend-key ${kind}`);
      cell.append(kind === "before" ? "T = 1" : "");
      if (kind === "now") this.column = add(cell, "span");
    }
    const body = add(table, "tbody");
    this.cells = {};
    for (const name of ["confidence", "accuracy", "error", "nll"]) {
      const row = add(body, "tr");
      add(row, "th", "", texts[name]).scope = "row";
      this.cells[name] = [add(row, "td"), add(row, "td")];
      this.cells[name][0].dataset.testid = `before-${name}`;
      this.cells[name][1].dataset.testid = `now-${name}`;
    }
  }

  /** A temperature in the reader's hand: shown, not yet told. */
  hold(temperature) {
    cancelAnimationFrame(this.frame);
    this.held = true;
    this.temperature = temperature;
    this.draw();
  }

  release() {
    this.held = false;
    this.told += 1;
    this.tell("told", { temperature: this.temperature, number: this.told });
  }

  /** Go to a temperature, in view of the reader. */
  slide(goal) {
    cancelAnimationFrame(this.frame);
    const from = this.temperature, began = performance.now();
    this.held = true;
    const step = (now) => {
      const part = prefersReducedMotion() ? 1 : Math.min(1, Math.max(0, now - began) / 700);
      const eased = part * part * (3 - 2 * part);
      this.temperature = part === 1 ? goal : from * (goal / from) ** eased;
      this.draw();
      if (part === 1) this.release();
      else this.frame = requestAnimationFrame(step);
    };
    this.frame = requestAnimationFrame(step);
  }

  /** The temperature at a stop of the slider, to three digits: each stop is as many times the one before. */
  temperatureAt(stop) {
    const [low, high] = this.data.range;
    return Number((low * (high / low) ** (stop / STOPS)).toPrecision(3));
  }

  stopOf(temperature) {
    const [low, high] = this.data.range;
    return Math.round((STOPS * Math.log(temperature / low)) / Math.log(high / low));
  }

  draw() {
    if (!this.data || !this.svg) return;
    const now = this.measure(this.temperature), { texts } = this.data;
    const T = Number(this.temperature.toPrecision(3));
    this.value.textContent = ` T = ${T}`;
    this.column.textContent = `T = ${T}`;
    this.slider.value = this.stopOf(this.temperature);
    this.slider.setAttribute("aria-valuetext", `T = ${T}, ${texts.error} ${now.error.toFixed(3)}`);
    this.root.dataset.temperature = this.temperature;
    for (const [name, cells] of Object.entries(this.cells)) {
      [this.before, now].forEach((result, i) => {
        cells[i].textContent = result[name].toFixed(3);
        cells[i].dataset.value = result[name];
      });
    }
    const alt = `${texts.diagram} T = 1: ${this.before.error.toFixed(3)}. T = ${T}: ${now.error.toFixed(3)}.`;
    this.svg.setAttribute("aria-label", alt);
    this.canvas.setAttribute("aria-label", `${texts.plane} T = ${T}, ${texts.confidence} ${now.confidence.toFixed(3)}`);
    this.curves.replaceChildren();
    this.curve(this.before.bins, "before");
    this.curve(now.bins, "now");
    this.paint();
  }

  /** The bins as a line with a mark each, the larger the more samples; a stem shows how far each is from the ideal. */
  curve(bins, kind) {
    const places = bins.map((bin) => this.place(bin.confidence, bin.accuracy));
    if (kind === "now") {
      bins.forEach((bin, i) => {
        const [x, y] = places[i], [, ideal] = this.place(bin.confidence, bin.confidence);
        svg(this.curves, "line", { class: "gap", x1: x, x2: x, y1: y, y2: ideal });
      });
    }
    svg(this.curves, "polyline", { class: kind, points: places.map((place) => place.join()).join(" ") });
    bins.forEach((bin, i) => {
      const [x, y] = places[i], radius = 4 + 14 * Math.sqrt(bin.count / this.data.labels.length);
      const mark =
        kind === "now"
          ? svg(this.curves, "circle", { class: kind, cx: x, cy: y, r: radius })
          : svg(this.curves, "rect", {
              class: kind, x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius,
            });
      svg(mark, "title", {}).textContent =
        `${bin.confidence.toFixed(3)} → ${bin.accuracy.toFixed(3)} (n = ${bin.count})`;
    });
  }

  paint() {
    const { glyphs, points, pointLabels } = this.data, { size } = this.plane;
    const width = this.canvas.clientWidth, height = this.canvas.clientHeight;
    if (!width) return;
    const colours = this.data.names.map((_, k) => channels(resolvedColour(this.root, `var(--class-${k})`)));
    const ground = channels(resolvedColour(this.root, "var(--background)"));
    const image = new ImageData(size, size);
    tint(this.plane, this.classes, this.temperature, colours, ground, image.data);
    this.raster ??= document.createElement("canvas");
    Object.assign(this.raster, { width: size, height: size });
    this.raster.getContext("2d").putImageData(image, 0, 0);
    const font = this.data.enlarged ? parseFloat(getComputedStyle(this.root).fontSize) * 0.95 : 12;
    const context = freshContext(this.canvas, `${font}px sans-serif`);
    context.imageSmoothingEnabled = true;
    context.drawImage(this.raster, 0, 0, width, height);
    Object.assign(context, { textAlign: "center", textBaseline: "middle", lineWidth: 3 });
    context.strokeStyle = `rgb(${ground})`;
    for (let i = 0; i < pointLabels.length; i++) {
      const at = [glyphs[pointLabels[i]], points[2 * i] * width, (1 - points[2 * i + 1]) * height];
      context.fillStyle = `rgb(${colours[pointLabels[i]]})`;
      context.strokeText(...at);
      context.fillText(...at);
    }
  }

  /** Where in the diagram a confidence and an accuracy meet. */
  place(confidence, accuracy) {
    return [LEFT + confidence * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - accuracy * (HEIGHT - BOTTOM - TOP)];
  }

  button(parent, text, press) {
    const made = add(parent, "button", "", text);
    made.type = "button";
    made.onclick = press;
  }
}
