import { drawAxes } from "../shared/axes.js";
import { unpack } from "../shared/binary_message.js";
import { freshContext, onLookChange, resolvedColour, resolvedTheme } from "../shared/canvas.js";
import { add, svg } from "../shared/dom.js";
import { emit, on } from "../shared/events.js";
import { marker } from "../shared/markers.js";
import { decimal, exponential, probabilityText } from "../shared/number_format.js";
import { softmax } from "../shared/softmax.js";
import { niceCeil } from "../shared/ticks.js";

const instances = new WeakMap();
const DASHES = { solid: [], dash: [9, 6], dot: [2, 5], dashdot: [10, 5, 2, 5] };
const FORMATS = {
  decimal, exponential, probability: probabilityText, integer: (value) => String(Math.round(value)),
  float: (value) => (value === 0 ? "0.0" : exponential(value)),
};

/** @param {{data: Uint8Array, parentElement: ShadowRoot, setStateValue: (name: string, value: any) => void}} component */
export default function ({ data, parentElement, setStateValue }) {
  let curves = instances.get(parentElement);
  if (!curves) instances.set(parentElement, (curves = new Curves(parentElement.querySelector(".curves"))));
  curves.take(unpack(data), setStateValue);
  return () => {
    curves.close();
    instances.delete(parentElement);
  };
}

class Curves {
  constructor(root) {
    this.root = root;
    this.held = false;
    this.said = 0;
    this.following = false;
    this.unwatch = onLookChange(root, () => this.redraw());
    this.deaf = () => {};
  }

  close() {
    this.unwatch();
    this.deaf();
    clearTimeout(this.resting);
  }

  /** Take what Python says, unless the point is in the reader's hand or Python has not heard yet where it is. */
  take(data, tell) {
    this.tell = tell;
    if (this.held || data.said < this.said) return;
    this.said = data.said;
    if (data.bars?.key !== this.data?.bars?.key) {
      this.deaf();
      this.deaf = data.bars ? on("drawn", data.bars.key, (bars) => this.follow(bars)) : () => {};
    }
    this.data = data;
    this.at = data.at;
    const layout = JSON.stringify([data.axis, data.panels.map(({ curves, alt, axis }) => [curves, alt, axis]), data.enlarged]);
    if (layout !== this.layout) {
      this.layout = layout;
      this.build();
    }
    this.redraw();
  }

  build() {
    const { panels, axis } = this.data;
    const focused = this.root.getRootNode().activeElement?.classList.contains("handle");
    this.root.replaceChildren();
    this.readout = add(this.root, "p", "at");
    this.readout.dataset.testid = "curves-at";
    const grid = add(this.root, "div", "panels");
    this.panels = panels.map((panel, i) => {
      const figure = add(grid, "figure", "");
      const plot = add(figure, "div", panels.length === 1 ? "plot tall" : "plot");
      const canvas = add(plot, "canvas", "");
      canvas.setAttribute("role", "img");
      const handle = add(plot, "div", "handle");
      this.drag(plot, i);
      const legend = add(figure, "figcaption", "");
      const entries = panel.curves.map((curve, j) => this.entry(legend, curve, `${i}-${j}`));
      return { plot, canvas, handle, entries };
    });
    const { handle } = this.panels[0];
    handle.tabIndex = 0;
    handle.setAttribute("role", "slider");
    handle.setAttribute("aria-label", axis.name);
    handle.dataset.testid = "curves-point";
    handle.onkeydown = (event) => this.press(event);
    if (focused) handle.focus();
  }

  /** A curve's line in the legend, with its number where one stands. */
  entry(legend, curve, name) {
    const entry = add(legend, "span", "entry");
    const picture = svg(entry, "svg", { viewBox: "0 0 34 10", "aria-hidden": "true" });
    const dashes = DASHES[curve.dash].join(" ");
    const line = svg(picture, "line", { x1: 0, y1: 5, x2: 34, y2: 5, "stroke-width": 3, "stroke-dasharray": dashes });
    line.style.stroke = curve.colour;
    add(entry, "span", "", curve.name);
    const value = add(entry, "b", "");
    value.dataset.testid = `curve-${name}`;
    const slope = curve.slopeName ? add(add(legend, "span", "entry", curve.slopeName), "b", "") : null;
    if (slope) slope.dataset.testid = `slope-${name}`;
    return { value, slope };
  }

  // ---- where things are ----

  /** From a number to its place along an axis: 0 at the beginning of its range, 1 at the end. */
  along({ range: [low, high], log }, value) {
    if (!log) return (value - low) / (high - low);
    return (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low));
  }

  area(panel) {
    const left = this.font * 5, bottom = this.font * 3.5, top = 8, right = this.font * 1.4;
    return { left, top, width: panel.plot.clientWidth - left - right, height: panel.plot.clientHeight - top - bottom };
  }

  y(i, j, place = this.at) {
    return this.data[`y${i}_${j}`][place];
  }

  /** Pixels of curve j of panel i at a place; what lies beyond an axis waits at its end. */
  pixel(i, j, place = this.at) {
    const area = this.area(this.panels[i]), within = (share) => Math.min(Math.max(share, 0), 1);
    const across = within(this.along(this.data.axis, this.data.x[place]));
    const up = within(this.along(this.data.panels[i].axis, this.y(i, j, place)));
    return [area.left + across * area.width, area.top + (1 - up) * area.height];
  }

  /** The place nearest to the pointer: on a lone curve as the crow flies, else straight up or down. */
  nearest(event, i) {
    const box = this.panels[i].plot.getBoundingClientRect(), [from, to] = this.data.reach;
    const x = event.clientX - box.left, y = event.clientY - box.top, alone = this.data.panels[i].curves.length === 1;
    let best = from, least = Infinity;
    for (let place = from; place <= to; place++) {
      const [px, py] = this.pixel(i, 0, place);
      const distance = (px - x) ** 2 + (alone ? (py - y) ** 2 : 0);
      if (distance < least) [best, least] = [place, distance];
    }
    return best;
  }

  // ---- the hand ----

  drag(plot, i) {
    plot.onpointerdown = (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      plot.setPointerCapture(event.pointerId);
      this.held = true;
      this.panels[0].handle.focus({ preventScroll: true });
      this.go(this.nearest(event, i));
    };
    plot.onpointermove = (event) => this.held && plot.hasPointerCapture(event.pointerId) && this.go(this.nearest(event, i));
    plot.onpointerup = plot.onpointercancel = () => this.held && this.release();
  }

  press(event) {
    const [from, to] = this.data.reach, at = this.at;
    const moves = {
      ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1,
      PageUp: at + 10, PageDown: at - 10, Home: from, End: to,
    };
    if (!(event.key in moves)) return;
    event.preventDefault();
    event.stopPropagation();
    this.held = true;
    this.go(Math.min(Math.max(moves[event.key], from), to));
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.release(), 150);
  }

  go(place) {
    this.at = place;
    this.draw();
    if (this.data.bars) this.moveBars(false);
  }

  release() {
    this.held = false;
    if (this.data.bars) return this.moveBars(true);
    this.said += 1;
    this.tell("moved", { at: this.at, said: this.said });
  }

  moveBars(released) {
    const { key, logits, k } = this.data.bars;
    emit("moved", { bars: key, logits: logits.map((z, i) => (i === k ? this.data.logit[this.at] : z)), released });
  }

  /** Stand at the place nearest to where the bars are while they move, and where they come to rest. */
  follow({ logits, moving }) {
    if (this.held || !(moving || this.following)) return;
    this.following = moving;
    const { bars: { k, measure }, x } = this.data;
    const rival = Math.max(...logits.filter((_, i) => i !== k));
    const here = measure === "margin" ? logits[k] - rival : softmax(logits)[k];
    let best = 0;
    for (let place = 1; place < x.length; place++) if (Math.abs(x[place] - here) < Math.abs(x[best] - here)) best = place;
    this.at = best;
    this.draw();
  }

  // ---- drawing ----

  redraw() {
    if (!this.data || !this.root.clientWidth) return;
    const { fontSize, fontFamily } = getComputedStyle(this.root);
    const { enlarged } = this.data, type = parseFloat(fontSize);
    this.root.classList.toggle("enlarged", enlarged);
    this.font = type * (enlarged ? 0.9 : 0.86);
    this.family = fontFamily;
    this.pen = enlarged ? type * 0.08 : 1;
    this.theme = resolvedTheme(this.root);
    this.colour = resolvedColour(this.root, this.data.colour);
    this.colours = this.data.panels.map(({ curves }) => curves.map(({ colour }) => resolvedColour(this.root, colour)));
    this.draw();
  }

  draw() {
    if (!this.theme) return;
    const { axis, x, panels, reach } = this.data;
    this.readout.textContent = `${axis.name} = ${FORMATS[axis.format](x[this.at])}`;
    this.readout.dataset.value = x[this.at];
    panels.forEach((panel, i) => {
      this.drawPanel(i);
      panel.curves.forEach((_, j) => {
        const { value, slope } = this.panels[i].entries[j];
        value.textContent = FORMATS[panel.axis.format](this.y(i, j));
        value.dataset.value = this.y(i, j);
        if (slope) slope.textContent = `= ${decimal(this.data[`slope${i}_${j}`][this.at])}`;
      });
      const standing = panel.curves.map(({ name }, j) => `${name} = ${FORMATS[panel.axis.format](this.y(i, j))}`);
      this.panels[i].canvas.setAttribute("aria-label", `${panel.alt} ${[this.readout.textContent, ...standing].join(", ")}`);
      const [left, top] = this.pixel(i, 0);
      Object.assign(this.panels[i].handle.style, { left: `${left}px`, top: `${top}px` });
    });
    const { handle } = this.panels[0];
    const first = `${panels[0].curves[0].name} = ${FORMATS[panels[0].axis.format](this.y(0, 0))}`;
    const texts = { valuenow: plain(x[this.at]), valuemin: plain(x[reach[0]]), valuemax: plain(x[reach[1]]), valuetext: `${this.readout.textContent}, ${first}` };
    for (const [name, text] of Object.entries(texts)) handle.setAttribute(`aria-${name}`, text);
  }

  drawPanel(i) {
    const panel = this.data.panels[i], { canvas } = this.panels[i], area = this.area(this.panels[i]);
    const context = freshContext(canvas, `${this.font}px ${this.family}`);
    drawAxes({ context, ...area }, this, this.marked(this.data.axis), this.marked(panel.axis));
    context.save();
    context.beginPath();
    context.rect(area.left, area.top - 2, area.width, area.height + 4);
    context.clip();
    this.drawGuide(context, area);
    context.lineJoin = "round";
    panel.curves.forEach((curve, j) => this.drawCurve(context, i, j, DASHES[curve.dash]));
    panel.curves.forEach((_, j) => this.drawTangent(context, i, j));
    context.restore();
    for (const [x, y, text] of panel.marks) this.drawMark(context, area, panel.axis, x, y, text);
    for (let j = panel.curves.length - 1; j >= 0; j--) this.drawPoint(context, i, j); // the one held lies on top
  }

  /** What an axis needs drawn: powers of ten where it is logarithmic. */
  marked({ range, name, log }) {
    if (!log) return { range, name };
    const ends = range.map(Math.log10), step = niceCeil(Math.max(1, (ends[1] - ends[0]) / 6)), marks = [];
    for (let n = Math.ceil(ends[0] - 1e-9); n <= ends[1] + 1e-9; n++) {
      if (n % step === 0) marks.push([n, exponential(10 ** n).split("×")[1]]);
    }
    return { range: ends, name, marks };
  }

  /** A line down to where one stands. */
  drawGuide(context, area) {
    const x = area.left + this.along(this.data.axis, this.data.x[this.at]) * area.width;
    context.strokeStyle = this.theme.muted;
    context.lineWidth = 1;
    context.setLineDash([3, 4]);
    context.beginPath();
    context.moveTo(x, area.top);
    context.lineTo(x, area.top + area.height);
    context.stroke();
    context.setLineDash([]);
  }

  drawCurve(context, i, j, dash) {
    const { x, axis, panels } = this.data, area = this.area(this.panels[i]), ys = this.data[`y${i}_${j}`];
    context.strokeStyle = this.colours[i][j];
    context.lineWidth = 3 * this.pen;
    context.setLineDash(dash);
    context.beginPath();
    for (let place = 0; place < x.length; place++) {
      const up = Math.min(Math.max(this.along(panels[i].axis, ys[place]), -1), 2);
      if (!Number.isNaN(up)) {
        context.lineTo(area.left + this.along(axis, x[place]) * area.width, area.top + (1 - up) * area.height);
      }
    }
    context.stroke();
    context.setLineDash([]);
  }

  drawTangent(context, i, j) {
    const slopes = this.data[`slope${i}_${j}`];
    if (!slopes) return;
    const { axis, x, panels } = this.data, area = this.area(this.panels[i]), y = this.y(i, j), slope = slopes[this.at];
    context.strokeStyle = this.colour;
    context.lineWidth = 2 * this.pen;
    context.setLineDash([7, 5]);
    context.beginPath();
    for (const end of axis.range) {
      const up = this.along(panels[i].axis, y + slope * (end - x[this.at]));
      context.lineTo(area.left + this.along(axis, end) * area.width, area.top + (1 - up) * area.height);
    }
    context.stroke();
    context.setLineDash([]);
  }

  drawMark(context, area, axis, x, y, text) {
    const px = area.left + this.along(this.data.axis, x) * area.width;
    const py = area.top + (1 - Math.min(Math.max(this.along(axis, y), 0), 1)) * area.height;
    context.strokeStyle = context.fillStyle = this.theme.muted;
    context.lineWidth = 2 * this.pen;
    context.beginPath();
    context.arc(px, py, 5.5 * this.pen, 0, 2 * Math.PI);
    context.stroke();
    const right = px + 12 + context.measureText(text).width < area.left + area.width;
    context.textAlign = right ? "left" : "right";
    context.textBaseline = "bottom";
    context.fillText(text, px + (right ? 9 : -9), py - 4);
  }

  /** The point one holds: the shape of its class on the first curve, a dot on the others. */
  drawPoint(context, i, j) {
    const [x, y] = this.pixel(i, j);
    if (Number.isNaN(y)) return;
    marker(context, j === 0 ? this.data.shape : "circle", x, y, (j === 0 ? 8.5 : 5.5) * this.pen);
    context.fillStyle = j === 0 ? this.colour : this.colours[i][j];
    context.strokeStyle = this.theme.background;
    context.lineWidth = 2;
    context.fill();
    context.stroke();
    if (this.along(this.data.panels[i].axis, this.y(i, j)) > 1) {
      context.fillStyle = this.theme.text;
      context.textAlign = "left";
      context.textBaseline = "top";
      context.fillText("↑", x + 12, y - 2);
    }
  }
}

/** A number as ARIA wants it: in decimals, however small. */
function plain(value) {
  return Math.abs(value) < 1e-4 ? value.toFixed(16).replace(/\.?0+$/, "") : String(value);
}
