import { add, svg } from "../shared/dom.js";
import { emit } from "../shared/events.js";
import { decimal, probabilityText } from "../shared/number_format.js";
import { SIMPLEX_HEIGHT, simplexPoint } from "../shared/simplex.js";
import { sigmoid, softmax } from "../shared/softmax.js";
import { LiveView, mounted } from "./live_view.js";

const LEVELS = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const PATH_TEMPERATURES = Array.from({ length: 161 }, (_, i) => 10 ** (-2.5 + (5 * i) / 160));
const MILESTONES = [0.5, 1, 2, 5];

/** The probabilities at a place in that triangle, the nearest that are none below `least`. */
function simplexProbabilities([u, v], least) {
  const first = v / SIMPLEX_HEIGHT, third = u - first / 2;
  const p = [first, 1 - first - third, third].map((value) => Math.max(value, least));
  const total = p[0] + p[1] + p[2];
  return p.map((value) => value / total);
}

/** Logits that softmax(·/T) turns into p, with the mean of the logits there were. */
function logitsFor(p, temperature, logits) {
  const raw = p.map((value) => temperature * Math.log(value));
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const off = mean(logits) - mean(raw);
  return raw.map((value) => value + off);
}

/** The two ends of the line on which class k is the most probable of three, with probability `level`. */
function levelLine(k, level) {
  const second = Math.min(level, 1 - level);
  return [(k + 1) % 3, (k + 2) % 3].map((other) => {
    const p = [0, 0, 0];
    p[k] = level;
    p[other] = second;
    p[3 - k - other] = 1 - level - second;
    return p;
  });
}

class GeometryView extends LiveView {
  build() {
    this.root.replaceChildren();
    const three = this.data.names.length === 3;
    this.simplex = three ? this.buildSimplex() : null;
    this.sigmoid = this.buildSigmoid();
  }

  draw() {
    if (this.simplex) this.drawSimplex();
    this.drawSigmoid();
  }

  figure(className, label, width, height) {
    const figure = add(this.root, "figure", className);
    add(figure, "figcaption", "", label);
    const picture = svg(figure, "svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label });
    return picture;
  }

  buildSimplex() {
    const { texts } = this.data;
    const picture = this.figure("simplex", texts.simplex, 440, 392);
    const place = (p) => {
      const [u, v] = simplexPoint(p);
      return [40 + u * 360, 350 - v * 360];
    };
    const corners = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
    const middle = [1 / 3, 1 / 3, 1 / 3];
    corners.forEach((corner, k) => {
      const sides = [1, 2].map((step) => corners[k].map((a, i) => (a + corners[(k + step) % 3][i]) / 2));
      const region = [corner, sides[0], middle, sides[1]].map(place).join(" ");
      svg(picture, "polygon", { points: region, class: "region", style: `fill:var(--class-${k})` });
      for (const level of LEVELS) line(picture, levelLine(k, level).map(place), "level");
    });
    svg(picture, "polygon", { points: corners.map(place).join(" "), class: "edge" });
    for (const level of [0.5, 0.7, 0.9]) {
      const [x, y] = place([level, (1 - level) / 2, (1 - level) / 2]);
      svg(picture, "text", { x, y: y + 4, class: "level-name" }, String(level));
    }
    const path = svg(picture, "polyline", { class: "path" });
    const stones = MILESTONES.map((T) => ({
      dot: svg(picture, "circle", { r: 3.5, class: "stone" }),
      text: svg(picture, "text", { class: "stone-name" }, `T=${T}`),
    }));
    corners.forEach((corner, k) => {
      const [x, y] = place(corner);
      svg(picture, "text", { x: k === 0 ? x + 14 : x, y: k === 0 ? y + 2 : y + 26, class: `corner c${k}`, style: `fill:var(--class-${k})` }, this.label(k));
    });
    const [x, y] = place(middle);
    svg(picture, "circle", { cx: x, cy: y, r: 3, class: "stone" });
    const point = this.handle(picture, texts.point, "simplex-point");
    point.setAttribute("role", "application");
    const move = (p, released) => this.want(logitsFor(p, this.temperature, this.logits), released);
    this.drag(picture, point, (at, released) => move(simplexProbabilities([(at.x - 40) / 360, (350 - at.y) / 360], 0.0005), released));
    point.onkeydown = (event) => {
      const step = { ArrowUp: [0, 0.02], ArrowDown: [0, -0.02], ArrowLeft: [-0.02, 0], ArrowRight: [0.02, 0] }[event.key];
      if (!step) return;
      event.preventDefault();
      const [u, v] = simplexPoint(softmax(this.logits, this.temperature));
      move(simplexProbabilities([u + step[0], v + step[1]], 0.0005), true);
    };
    return { picture, place, path, stones, point };
  }

  drawSimplex() {
    const { place, path, stones, point } = this.simplex;
    const p = softmax(this.logits, this.temperature);
    path.setAttribute("points", PATH_TEMPERATURES.map((T) => place(softmax(this.logits, T)).map(rounded)).join(" "));
    const seen = [];
    stones.forEach(({ dot, text }, index) => {
      const [x, y] = place(softmax(this.logits, MILESTONES[index]));
      const crowded = seen.some(([a, b]) => Math.hypot(a - x, b - y) < 24);
      if (!crowded) seen.push([x, y]);
      dot.setAttribute("transform", `translate(${rounded(x)} ${rounded(y)})`);
      text.setAttribute("x", rounded(x + 8));
      text.setAttribute("y", rounded(y - 8));
      text.style.display = crowded ? "none" : "";
    });
    const [x, y] = place(p);
    point.setAttribute("transform", `translate(${rounded(x)} ${rounded(y)})`);
    point.dataset.value = p.join(",");
    const shares = p.map((share, k) => `${this.data.names[k]} ${probabilityText(share)}`).join(", ");
    point.setAttribute("aria-label", `${this.data.texts.point}: ${shares}`);
  }

  buildSigmoid() {
    const { names, texts } = this.data;
    const picture = this.figure("sigmoid", `${this.label(0)}, ${this.label(1)}: ${texts.sigmoid}`, 440, 392);
    const at = (z, y) => [60 + ((z + 12) / 24) * 360, 340 - y * 290];
    for (const y of [0, 0.5, 1]) {
      line(picture, [at(-12, y), at(12, y)], "grid");
      svg(picture, "text", { x: 50, y: at(0, y)[1] + 5, class: "tick end" }, String(y));
    }
    for (const z of [-10, -5, 0, 5, 10]) {
      if (z === 0) line(picture, [at(z, 0), at(z, 1)], "grid");
      svg(picture, "text", { x: at(z, 0)[0], y: 360, class: "tick" }, String(z).replace("-", "−"));
    }
    svg(picture, "text", { x: 240, y: 384, class: "tick" }, "(z₁ − z₂)/T");
    const scale = Array.from({ length: 121 }, (_, i) => -12 + i / 5);
    svg(picture, "polyline", { points: sigmoid(scale).map((y, i) => at(scale[i], y).map(rounded)).join(" "), class: "curve" });
    scale.filter((_, i) => i % 5 === 0).forEach((z) => {
      const [cx, cy] = at(z, softmax([z, 0])[0]);
      svg(picture, "circle", { cx, cy, r: 4, class: "bead" });
    });
    line(picture, [[70, 30], [98, 30]], "curve");
    svg(picture, "text", { x: 106, y: 35, class: "legend" }, "σ(z)");
    svg(picture, "circle", { cx: 160, cy: 30, r: 4, class: "bead" });
    svg(picture, "text", { x: 170, y: 35, class: "legend" }, "softmax(z, 0)₁");
    const drop = svg(picture, "polyline", { class: "drop" });
    const point = this.handle(picture, `${texts.difference} ${names[0]}, ${names[1]}`, "sigmoid-point");
    point.setAttribute("role", "slider");
    point.setAttribute("aria-valuemin", -12);
    point.setAttribute("aria-valuemax", 12);
    const move = (difference, released) => {
      const clamped = Math.min(Math.max(difference, -12), 12);
      const logits = this.logits.slice();
      const middle = (logits[0] + logits[1]) / 2, half = (clamped * this.temperature) / 2;
      const room = 12 - Math.abs(half), centre = Math.min(Math.max(middle, -room), room);
      [logits[0], logits[1]] = room >= 0 ? [centre + half, centre - half] : [12 * Math.sign(half), -12 * Math.sign(half)];
      this.want(logits, released);
    };
    this.drag(picture, point, ({ x }, released) => move(((x - 60) / 360) * 24 - 12, released));
    point.onkeydown = (event) => {
      const step = { ArrowUp: 0.1, ArrowRight: 0.1, ArrowDown: -0.1, ArrowLeft: -0.1, PageUp: 1, PageDown: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      move((this.logits[0] - this.logits[1]) / this.temperature + step, true);
    };
    const words = add(picture.parentElement, "div", "spelled");
    words.dataset.testid = "sigmoid-reading";
    return { at, drop, point, words };
  }

  drawSigmoid() {
    const { at, drop, point, words } = this.sigmoid;
    const z = (this.logits[0] - this.logits[1]) / this.temperature;
    const [pair] = softmax([this.logits[0], this.logits[1]], this.temperature), [alone] = sigmoid([z]);
    const seen = Math.min(Math.max(z, -12), 12), [x, y] = at(seen, alone).map(rounded);
    point.setAttribute("transform", `translate(${x} ${y})`);
    point.setAttribute("aria-valuenow", rounded(seen));
    point.dataset.value = alone;
    drop.setAttribute("points", `${x},340 ${x},${y} 60,${y}`);
    words.textContent = `softmax(z₁, z₂)₁ = ${probabilityText(pair)} = σ(${decimal(z, 2)})`;
    words.dataset.value = pair;
  }

  handle(picture, label, id) {
    const point = svg(picture, "g", { class: "point", tabindex: 0, "aria-label": label });
    point.dataset.testid = id;
    svg(point, "circle", { r: 30, class: "reach" });
    svg(point, "circle", { r: 9, class: "dot" });
    return point;
  }

  /** Let a point be dragged; `follow` is told where to, in the picture's own coordinates. */
  drag(picture, point, follow) {
    const place = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
    let held = false, last = null;
    point.onpointerdown = (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      point.setPointerCapture(event.pointerId);
      point.focus();
      held = true;
      last = null;
    };
    point.onpointermove = (event) => {
      if (!held) return;
      last = place(event);
      follow(last, false);
    };
    point.onpointerup = point.onpointercancel = () => {
      if (held && last) follow(last, true);
      held = false;
    };
  }

  want(logits, released) {
    emit("move", { bars: this.bars, logits, released });
  }
}

function line(parent, [[x1, y1], [x2, y2]], className) {
  return svg(parent, "line", { x1, y1, x2, y2, class: className });
}

function rounded(value) {
  return Math.round(value * 100) / 100;
}

export default mounted(GeometryView);
