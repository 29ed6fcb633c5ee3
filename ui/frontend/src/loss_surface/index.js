// The point on the surface: held, moved by keys, stepped and let roll; and the camera.

import { differences, stepped } from "./descent.js";
import { Drawing } from "./drawing.js";
import { onLookChange } from "../shared/canvas.js";
import { add } from "../shared/dom.js";
import { prefersReducedMotion } from "../shared/motion.js";
import { decimal } from "../shared/number_format.js";
import { crossEntropy, softmax } from "../shared/softmax.js";

const STEPS_A_SECOND = 12;
const GLIDE_MS = 280;
const LONG_GLIDE_MS = 1600;
const REST_MS = 150;
const SURE = 0.999; // probability of the true class at which the roll ends
const instances = new WeakMap();

/** @param {{data: Object, parentElement: ShadowRoot, setStateValue: (name: string, value: any) => void}} component */
export default function ({ data, parentElement, setStateValue }) {
  let surface = instances.get(parentElement);
  if (!surface) instances.set(parentElement, (surface = new Surface(parentElement.querySelector(".surface"))));
  surface.take(data, setStateValue);
  return () => {
    surface.close();
    instances.delete(parentElement);
  };
}

class Surface extends Drawing {
  constructor(root) {
    super();
    this.root = root;
    this.find = (selector) => root.querySelector(selector);
    this.named = (name) => this.find(`[data-testid="surface-${name}"]`);
    this.held = null;
    this.said = 0;
    this.playing = false;
    this.unwatch = onLookChange(root, () => this.redraw());
    this.wire();
  }

  close() {
    this.playing = false;
    this.gliding = false;
    clearTimeout(this.resting);
    this.unwatch();
  }

  /** Take what Python says, unless it has not yet heard where the reader is. */
  take(data, tell) {
    this.tell = tell;
    if (this.held || this.playing || this.gliding || data.said < this.said) return;
    this.said = data.said;
    const way = JSON.stringify([data.start, data.target, data.rate]), from = way === this.way ? this.trail.length - 1 : null;
    this.way = way;
    this.data = data;
    this.solid = data.solid;
    this.camera = data.camera.slice();
    this.begin(data.start);
    for (let s = 0; s < data.steps; s++) this.addStep();
    // Further down the same way, as the answer to a question: let the reader see how.
    const onward = from !== null && from < data.steps && !prefersReducedMotion();
    this.position = onward ? from : data.steps;
    this.write();
    this.redraw();
    if (onward) this.glide(from, LONG_GLIDE_MS, () => {});
  }

  /** Stand at a place of the plane, with no steps taken. */
  begin([u, v]) {
    this.trail = [[u, v, 0]];
    this.position = 0;
  }

  addStep() {
    this.trail.push(stepped(this.trail.at(-1), this.data.target, this.data.rate));
  }

  /** The logits now: between two steps while the point glides. */
  here() {
    const before = Math.floor(this.position), share = this.position - before;
    const from = this.trail[before], to = this.trail[before + 1];
    return share > 0 ? from.map((value, k) => value + share * (to[k] - value)) : from;
  }

  // ---- what stands beside ----

  write() {
    const { texts, names, glyphs } = this.data;
    this.named("view").setAttribute("role", "img");
    this.named("view").tabIndex = this.solid ? 0 : -1;
    this.root.classList.toggle("solid", this.solid);
    const point = this.named("point");
    point.tabIndex = 0;
    point.setAttribute("role", "application");
    point.setAttribute("aria-label", texts.point);
    this.find(".keys").textContent = this.solid ? texts.solidKeys : texts.mapKeys;
    const kinds = [["map", texts.map, () => this.look(false)], ["solid", texts.solid, () => this.look(true)]];
    this.buttons(".kinds", texts.kinds, kinds);
    this.named("map").setAttribute("aria-pressed", String(!this.solid));
    this.named("solid").setAttribute("aria-pressed", String(this.solid));
    this.buttons(".moves", texts.moves, [
      ["step", texts.step, () => this.step()],
      ["play", this.playing ? `❚❚ ${texts.pause}` : `▶ ${texts.play}`, () => (this.playing ? this.pause() : this.play())],
      ["back", `⟲ ${texts.back}`, () => this.back()],
    ]);
    this.buttons(".camera", texts.camera, [
      ["zoom-in", "+", () => this.zoom(2), texts.zoomIn],
      ["zoom-out", "−", () => this.zoom(0.5), texts.zoomOut],
      ["reset", texts.reset, () => this.resetCamera()],
    ]);
    const line = (cells, parent, lit) => {
      const row = add(parent, "tr", lit ? "highlighted" : "");
      return cells.map(([tag, text, scope]) => {
        const cell = add(row, tag, "", text);
        if (scope) cell.scope = scope;
        return cell;
      });
    };
    const table = this.find("table");
    table.replaceChildren();
    line([["td", ""], ...["z", "ŷ", "y", "ŷ − y"].map((text) => ["th", text, "col"])], add(table, "thead", ""), false);
    const body = add(table, "tbody", "");
    this.cells = names.map((name, k) => {
      const cells = [["th", `${glyphs[k]} ${name}`, "row"], ["td", ""], ["td", ""], ["td", k === this.data.target ? "1" : "0"], ["td", ""]];
      const row = line(cells, body, k === this.data.target);
      for (const cell of row) cell.style.color = `var(--class-${k})`;
      return [row[1], row[2], row[4]];
    });
  }

  /** A group of buttons, kept where they are so that the keyboard's focus is. */
  buttons(selector, label, wanted) {
    const group = this.find(selector);
    group.setAttribute("aria-label", label);
    while (group.children.length < wanted.length) add(group, "button", "");
    wanted.forEach(([name, text, act, title], i) => {
      const button = group.children[i];
      Object.assign(button, { type: "button", textContent: text, onclick: act });
      if (title) Object.assign(button, { title, ariaLabel: title });
      button.dataset.testid = `surface-${name}`;
    });
  }

  // ---- what a person does ----

  wire() {
    const view = this.named("view"), point = this.named("point");
    point.onpointerdown = (event) => this.grasp(event, point, "point");
    view.onpointerdown = (event) => {
      const [x, y] = this.offset(event);
      if (this.solid) this.grasp(event, view, "camera");
      else if (this.picture.contains(x, y)) {
        // A finger may be about to scroll: only a mouse takes the point along from anywhere on the map.
        if (event.pointerType === "mouse") this.grasp(event, view, "point");
        else this.tapped = [x, y];
      }
    };
    view.onpointerup = (event) => {
      const [x, y] = this.offset(event);
      if (this.tapped && Math.hypot(x - this.tapped[0], y - this.tapped[1]) < 8) {
        this.put(this.picture.place(x, y));
        this.rest();
      }
      this.tapped = null;
    };
    view.onpointercancel = () => (this.tapped = null);
    point.onkeydown = (event) => this.pressPoint(event);
    view.onkeydown = (event) => this.pressView(event);
  }

  offset(event) {
    const box = this.find(".view").getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  /** Take hold of the point or the camera until the pointer is let go. */
  grasp(event, element, what) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.halt();
    this.held = what;
    element.setPointerCapture(event.pointerId);
    (what === "point" ? this.named("point") : element).focus({ preventScroll: true });
    let [x, y] = this.offset(event);
    const follow = (moved) => {
      const [nx, ny] = this.offset(moved);
      if (what === "point") this.put(this.picture.place(nx, ny, differences(this.here())));
      else this.turn((nx - x) / 150, moved.pointerType === "touch" ? 0 : (ny - y) / 150);
      [x, y] = [nx, ny];
    };
    if (what === "point" && element !== this.named("point")) follow(event);
    const done = () => {
      element.removeEventListener("pointermove", follow);
      element.removeEventListener("pointerup", done);
      element.removeEventListener("pointercancel", done);
      this.held = null;
      this.report();
    };
    element.addEventListener("pointermove", follow);
    element.addEventListener("pointerup", done);
    element.addEventListener("pointercancel", done);
  }

  /** Put the point at a place on the plane. */
  put([u, v]) {
    const { half } = this.data;
    const within = (value) => Math.min(Math.max(Math.round(value * 100) / 100, -half), half);
    this.halt();
    this.begin([within(u), within(v)]);
    this.draw();
  }

  pressPoint(event) {
    const pace = (event.shiftKey ? 1 : 0.1) * (this.camera[2] > 4 ? 0.2 : 1);
    const moves = { ArrowRight: [pace, 0], ArrowLeft: [-pace, 0], ArrowUp: [0, pace], ArrowDown: [0, -pace] };
    if (!(event.key in moves)) return;
    event.preventDefault();
    event.stopPropagation();
    const [u, v] = differences(this.here()), [du, dv] = moves[event.key];
    this.put([u + du, v + dv]);
    this.rest();
  }

  pressView(event) {
    const moves = { ArrowRight: [0.1, 0], ArrowLeft: [-0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] };
    if (event.key in moves && this.solid) this.turn(...moves[event.key]);
    else if (event.key === "+") this.zoom(2);
    else if (event.key === "-") this.zoom(0.5);
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.rest();
  }

  turn(by, tilt) {
    const [, [flat, steep]] = this.data.cameraBounds;
    this.camera[0] = ((this.camera[0] + by + 3 * Math.PI) % (2 * Math.PI)) - Math.PI;
    this.camera[1] = Math.min(Math.max(this.camera[1] + tilt, flat), steep);
    this.drawGround();
    this.draw();
  }

  /** Look closer at, or back from, the place where the point is. */
  zoom(by) {
    const [, , [least, most]] = this.data.cameraBounds, { half } = this.data;
    const zoom = Math.min(Math.max(this.camera[2] * by, least), most), room = half - half / zoom;
    const middle = differences(this.here()).map((value) => Math.min(Math.max(value, -room), room));
    this.camera = [this.camera[0], this.camera[1], zoom, ...middle];
    this.drawGround();
    this.draw();
    this.rest();
  }

  resetCamera() {
    this.camera = this.data.firstCamera.slice();
    this.drawGround();
    this.draw();
    this.rest();
  }

  look(solid) {
    this.solid = solid;
    this.write();
    this.drawGround();
    this.draw();
    this.rest();
  }

  // ---- going down ----

  canStep() {
    return this.trail.length - 1 < this.data.mostSteps;
  }

  step() {
    this.pause();
    this.position = this.trail.length - 1;
    if (!this.canStep()) return;
    this.addStep();
    this.glide(this.position, GLIDE_MS, () => this.rest());
  }

  /** Let the point go from a step to the last one. */
  glide(from, during, then) {
    const start = performance.now(), run = {}, to = this.trail.length - 1;
    this.gliding = run;
    const tick = (now) => {
      if (this.gliding !== run) return;
      const share = prefersReducedMotion() ? 1 : Math.min(Math.max((now - start) / during, 0), 1);
      this.position = from + (to - from) * share * share * (3 - 2 * share);
      this.draw();
      if (share < 1) return requestAnimationFrame(tick);
      this.gliding = null;
      then();
    };
    requestAnimationFrame(tick);
  }

  play() {
    this.halt();
    this.playing = true;
    this.position = this.trail.length - 1;
    this.write();
    let before = null, waited = 0;
    const tick = (now) => {
      if (!this.playing || !this.root.isConnected) return;
      const elapsed = before === null ? 0 : Math.min(now - before, 100);
      before = now;
      waited += elapsed;
      // With reduced motion the point changes its place twice a second, and does not glide.
      if (!prefersReducedMotion() || waited >= 500) {
        this.advance((STEPS_A_SECOND * (prefersReducedMotion() ? waited : elapsed)) / 1000);
        waited = 0;
      }
      if (this.playing) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }

  advance(steps) {
    const to = this.position + steps;
    while (this.trail.length - 1 < to && this.canStep()) this.addStep();
    this.position = Math.min(prefersReducedMotion() ? Math.round(to) : to, this.trail.length - 1);
    const sure = softmax(this.trail[Math.floor(this.position)])[this.data.target] > SURE;
    if (sure || this.position >= this.data.mostSteps) this.pause();
    this.draw();
  }

  pause() {
    if (!this.playing) return;
    this.halt();
    this.write();
    this.draw();
    this.rest();
  }

  /** Stop whatever moves, at the step last reached. */
  halt() {
    if (!this.playing && !this.gliding) return;
    const wrote = this.playing, last = this.trail.length - 1;
    this.position = this.gliding ? last : Math.min(Math.round(this.position), last);
    this.playing = false;
    this.gliding = null;
    this.trail.length = this.position + 1;
    if (wrote) this.write();
  }

  back() {
    this.halt();
    this.begin(this.trail[0]);
    this.draw();
    this.rest();
  }

  /** Tell Python where one stands, once nothing has moved for a moment. */
  rest() {
    this.held = "rest";
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      if (this.held !== "rest") return;
      this.held = null;
      if (!this.playing && !this.gliding) this.report();
    }, REST_MS);
  }

  report() {
    this.said += 1;
    const [u, v] = this.trail[0], steps = this.trail.length - 1;
    this.way = JSON.stringify([[u, v], this.data.target, this.data.rate]);
    const camera = this.camera.map((value) => Math.round(value * 1000) / 1000);
    this.tell("moved", { start: [u, v], steps, solid: this.solid, camera, said: this.said });
    this.find(".status").textContent = this.sentence();
  }

  sentence() {
    const [u, v] = differences(this.here()).map((value) => decimal(value, 2));
    return `z₁ − z₃ = ${u}, z₂ − z₃ = ${v}, L = ${decimal(crossEntropy(this.here(), this.data.target))}`;
  }
}
