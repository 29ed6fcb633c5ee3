// What is drawn of the surface: the ground once, and the point with its trail and arrow in every frame.

import { differences, gradientOf } from "./descent.js";
import { ContourMap, Relief, Solid } from "./relief.js";
import { freshContext, resolvedColour, resolvedTheme } from "../shared/canvas.js";
import { marker } from "../shared/markers.js";
import { decimal, probabilityText } from "../shared/number_format.js";
import { crossEntropy, softmax } from "../shared/softmax.js";

export class Drawing {
  redraw() {
    if (!this.data) return;
    const { enlarged } = this.data;
    this.root.classList.toggle("enlarged", enlarged);
    const { clientWidth: width, clientHeight: height } = this.find(".view");
    if (!width) return;
    const { fontSize, fontFamily } = getComputedStyle(this.root), type = parseFloat(fontSize);
    const font = type * (enlarged ? 0.9 : 0.86);
    this.theme = resolvedTheme(this.root);
    this.view = {
      width, height, font, theme: this.theme, shapes: this.data.shapes, pen: enlarged ? type * 0.08 : 1,
      family: `${font}px ${fontFamily}`, axisNames: ["z₁ − z₃", "z₂ − z₃"],
      classColours: this.data.names.map((_, k) => resolvedColour(this.root, `var(--class-${k})`)),
    };
    this.drawGround();
    this.draw();
  }

  /** What stays while the point moves. */
  drawGround() {
    if (!this.view) return;
    const [turn, tilt, zoom, u, v] = this.camera, window = { middle: [u, v], half: this.data.half / zoom };
    if (this.solid) {
      const seen = JSON.stringify([this.theme, window, this.data.target]);
      if (seen !== this.seen) this.relief = new Relief(this.theme, window, this.data.target);
      this.seen = seen;
    }
    this.picture = this.solid
      ? new Solid(this.view, window, [turn, tilt], this.data.target, this.relief)
      : new ContourMap(this.view, window);
    this.picture.draw(freshContext(this.named("view"), this.view.family), this.data.target);
    this.named("view").dataset.camera = this.camera.join(",");
  }

  draw() {
    if (!this.picture) return;
    const { target, rate, texts, mostSteps } = this.data, z = this.here(), loss = crossEntropy(z, target);
    const gradient = gradientOf(z, target), p = softmax(z);
    const context = freshContext(this.find(".moving"), this.view.family);
    this.drawTrail(context);
    this.drawPoint(context, z);
    this.drawArrow(context, z, gradient, rate);
    this.named("loss").textContent = `L = ${decimal(loss)}`;
    this.named("loss").dataset.value = loss;
    const steps = Math.floor(this.position);
    this.named("steps").textContent = `${texts.steps} ${steps}`;
    this.named("steps").dataset.value = steps;
    this.cells.forEach(([logit, probability, error], k) => {
      logit.textContent = decimal(z[k], 2);
      probability.textContent = probabilityText(p[k]);
      probability.dataset.value = p[k];
      error.textContent = `${gradient[k] < 0 ? "" : "+"}${decimal(gradient[k])}`;
    });
    differences(z).forEach((value, i) => {
      const element = this.named(i === 0 ? "u" : "v");
      element.textContent = `${this.view.axisNames[i]} = ${decimal(value, 2)}`;
      element.dataset.value = value;
    });
    this.named("step").disabled = this.named("play").disabled = steps >= mostSteps;
    this.named("back").disabled = this.trail.length < 2;
  }

  drawTrail(context) {
    const reached = this.trail.slice(0, Math.floor(this.position) + 1).map(differences), now = differences(this.here());
    const { theme, pen } = this.view;
    context.lineWidth = 1.6 * pen;
    context.strokeStyle = context.fillStyle = theme.muted;
    context.beginPath();
    [...reached.slice(1), now].forEach((to, i) => this.lineOnSurface(context, reached[i] ?? now, to));
    context.stroke();
    reached.forEach(([u, v], i) => {
      if (i > 40 && i % 5) return;
      context.beginPath();
      context.arc(...this.picture.pixel(u, v), 2.6 * pen, 0, 2 * Math.PI);
      context.fill();
    });
  }

  /** A straight line on the plane, as it runs on the surface. */
  lineOnSurface(context, [u0, v0], [u1, v1]) {
    const pieces = this.solid ? 8 : 1;
    context.moveTo(...this.picture.pixel(u0, v0));
    for (let i = 1; i <= pieces; i++) {
      context.lineTo(...this.picture.pixel(u0 + ((u1 - u0) * i) / pieces, v0 + ((v1 - v0) * i) / pieces));
    }
  }

  /** The arrow −(ŷ − y), and a ring where a step of size α would land. */
  drawArrow(context, z, gradient, rate) {
    const from = differences(z), [du, dv] = differences(gradient.map((value) => -value)), { theme, pen } = this.view;
    const on = (share) => this.picture.pixel(from[0] + share * du, from[1] + share * dv);
    const [tail, before, tip] = [on(0), on(0.9), on(1)];
    const angle = Math.atan2(tip[1] - before[1], tip[0] - before[0]);
    const size = Math.min(11 * pen, 0.7 * Math.hypot(tip[0] - tail[0], tip[1] - tail[1]));
    context.strokeStyle = theme.text;
    context.lineWidth = 1.8 * pen;
    context.setLineDash([3, 3]);
    context.beginPath();
    context.arc(...on(rate), 7 * pen, 0, 2 * Math.PI);
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = theme.text;
    context.lineWidth = 3.2 * pen;
    context.beginPath();
    this.lineOnSurface(context, from, [from[0] + 0.9 * du, from[1] + 0.9 * dv]);
    context.stroke();
    context.beginPath();
    for (const [out, turn] of [[0, 0], [size, Math.PI - 0.45], [size, Math.PI + 0.45]]) {
      context.lineTo(tip[0] + out * Math.cos(angle + turn), tip[1] + out * Math.sin(angle + turn));
    }
    context.closePath();
    context.fill();
  }

  drawPoint(context, z) {
    const { shapes, target, names } = this.data, { classColours, theme, pen } = this.view;
    const [u, v] = differences(z), { middle, half } = this.picture.window, [x, y] = this.picture.pixel(u, v);
    context.globalAlpha = Math.max(Math.abs(u - middle[0]), Math.abs(v - middle[1])) > half ? 0.4 : 1; // beyond the window
    marker(context, shapes[target], x, y, 7.5 * pen);
    context.fillStyle = classColours[target];
    context.strokeStyle = theme.background;
    context.lineWidth = 3;
    context.fill();
    context.stroke();
    context.globalAlpha = 1;
    const point = this.named("point");
    Object.assign(point.style, { left: `${x}px`, top: `${y}px` });
    const { texts } = this.data, standing = this.sentence();
    point.setAttribute("aria-label", `${texts.point} (${names[target]}): ${standing}`);
    this.named("view").setAttribute("aria-label", `${this.solid ? texts.solidAlt : texts.mapAlt} ${standing}`);
  }
}
