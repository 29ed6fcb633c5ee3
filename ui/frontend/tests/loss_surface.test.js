/** @import { Camera, SurfaceMessage } from "../src/loss_surface/messages.js" */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sectionOf, shareOfSection, turned, zoomed } from "../src/loss_surface/camera.js";
import { ContourMap } from "../src/loss_surface/contour_map.js";
import { differences, gradientOf, lossGrid, stepped } from "../src/loss_surface/descent.js";
import { SurfaceMesh } from "../src/loss_surface/mesh.js";
import { DescentPoint } from "../src/loss_surface/point.js";
import { drawPoint } from "../src/loss_surface/point_drawing.js";
import { StateSync, descentOf } from "../src/loss_surface/sync.js";
import { Surface3d } from "../src/loss_surface/surface_3d.js";
import { segments } from "../src/shared/marching_squares.js";
import { crossEntropy } from "../src/shared/softmax.js";
import { assertClose, samples } from "./samples.js";

const THEME = { background: "#ffffff", surface: "#eeeeee", text: "#000000", muted: "#777777", line: "#cccccc", accent: "#0000ff" };
const STYLE = { theme: THEME, font: 14, canvasFont: "14px sans-serif", pen: 1, width: 500, height: 480, shapes: [], classColours: [] };
/** @type {Pick<SurfaceMessage, "half" | "cameraBounds">} */
const LIMITS = { half: 8, cameraBounds: [[-Math.PI, Math.PI], [0.15, Math.PI / 2], [1, 16], [-8, 8], [-8, 8]] };
/** @type {Camera} */
const CAMERA = [0.6, 0.65, 1, 0, 0];

test("loss, gradient, steps and the grid of losses are core's", () => {
  const { steps, section, cells, target, grid } = samples("surface");
  for (const sample of steps) {
    assertClose([crossEntropy(sample.logits, sample.target)], [sample.loss], 1e-13);
    assertClose(gradientOf(sample.logits, sample.target), sample.gradient, 1e-13);
    assertClose(stepped(sample.logits, sample.target, sample.rate), sample.next, 1e-13);
  }
  assertClose(lossGrid(section, cells, target), grid, 1e-13);
});

test("a contour has the loss of its level", () => {
  const cells = 40, level = 1.5, lines = segments(lossGrid({ middle: [0, 0], half: 8 }, cells, 0), cells, level);
  assert.ok(lines.length > 20);
  for (const [x0, y0, x1, y1] of lines) {
    for (const [i, j] of [[x0, y0], [x1, y1]]) {
      const z = [-8 + (16 * i) / cells, -8 + (16 * j) / cells, 0];
      assert.ok(Math.abs(crossEntropy(z, 0) - level) < 0.03);
    }
  }
});

test("the map's pixels and places are inverse, and places beyond the section are at its edge", () => {
  const map = new ContourMap(STYLE, { middle: [1, -2], half: 4 });
  assertClose(map.place(...map.pixel(3.5, -1.25)), [3.5, -1.25]);
  assertClose(map.pixel(99, 0), map.pixel(5, 0));
  assert.ok(map.contains(...map.pixel(1, -2)) && !map.contains(0, 0));
});

test("the place at a pixel of the 3-D surface is on it, near the point", () => {
  const section = sectionOf(CAMERA, 8), surface = new Surface3d(STYLE, section, CAMERA, 0, new SurfaceMesh(THEME, section, 0));
  const place = surface.place(...surface.pixel(-3, 2), [-2.5, 2.5]);
  assert.ok(Math.hypot(place[0] + 3, place[1] - 2) < 0.1);
});

test("the surface's height is its loss between the lowest and the highest", () => {
  const mesh = new SurfaceMesh(THEME, { middle: [0, 0], half: 8 }, 0);
  assert.deepEqual([mesh.height(mesh.low), mesh.height(mesh.high)], [0, 1.7]);
  assert.equal(mesh.nodes.length, 41 ** 2);
  assert.ok(mesh.nodes.every(([x, y, z]) => Math.max(Math.abs(x), Math.abs(y)) <= 1 && z >= 0 && z <= 1.7));
});

test("the camera turns within a full turn and tilts within its bounds", () => {
  const [turn, tilt] = turned(CAMERA, 2 * Math.PI - 0.1, -9, LIMITS.cameraBounds);
  assertClose([turn, tilt], [0.5, 0.15]);
  assertClose([turned([3.1, 1, 1, 0, 0], 0.1, 9, LIMITS.cameraBounds)[0]], [3.2 - 2 * Math.PI]);
});

test("zooming centres the point, and stays on the plane", () => {
  assert.deepEqual(zoomed(CAMERA, 2, [-7, 3], LIMITS).slice(2), [2, -4, 3]);
  assert.deepEqual(zoomed(CAMERA, 0.5, [-7, 3], LIMITS).slice(2).map(Math.abs), [1, 0, 0]);
  assert.equal(zoomed([0, 1, 16, 0, 0], 2, [0, 0], LIMITS)[2], 16);
  assertClose(shareOfSection({ middle: [1, -2], half: 3 }, 2.5, -99), [0.5, -1]);
});

test("the point's logits are interpolated between two steps; stopping drops later steps", () => {
  const point = new DescentPoint();
  point.configure({ target: 0, rate: 0.5, maxSteps: 3 });
  point.begin([-4, 3]);
  assert.deepEqual([point.logits, point.canStep, point.lastStep], [[-4, 3, 0], true, 0]);
  for (let i = 0; i < 3; i++) point.addStep();
  assert.equal(point.canStep, false);
  point.position = 1.5;
  assertClose(point.logits, point.trail[1].map((value, k) => (value + point.trail[2][k]) / 2));
  assertClose(point.place, differences(point.logits));
  point.stopAt(1);
  assert.deepEqual([point.lastStep, point.position], [1, 1]);
  assert.ok(point.isOnPath({ start: [-4, 3], target: 0, rate: 0.5 }));
  assert.ok(!point.isOnPath({ start: [-4, 3], target: 0, rate: 1 }));
});

test("the state is sent once nothing moves, and Python's is not shown before", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {(number | string)[]} */
  const log = [];
  let isMoving = false;
  const sync = new StateSync({
    show: ({ version }) => log.push(`show ${version}`),
    send: (version) => String(log.push(version)),
    isMoving: () => isMoving,
    stopAnimation: () => assert.fail("stopped"),
    mark: () => {},
  });
  /** @param {number} version */
  const message = (version) => /** @type {SurfaceMessage} */ ({ version });
  sync.receive(message(0));
  sync.changed();
  sync.receive(message(0));
  context.mock.timers.tick(100);
  sync.changed();
  context.mock.timers.tick(100);
  assert.deepEqual(log, ["show 0"]);
  isMoving = true;
  context.mock.timers.tick(100);
  isMoving = false;
  sync.resume();
  context.mock.timers.tick(150);
  assert.deepEqual(log, ["show 0", 1]);
  sync.beginDrag();
  sync.receive(message(1));
  sync.cancelDrag();
  assert.deepEqual(log, ["show 0", 1, "show 1"]);
  sync.beginDrag();
  sync.endDrag();
  assert.deepEqual(log, ["show 0", 1, "show 1", 2]);
  sync.close();
});

/** A descent as Python sends it. @param {Partial<SurfaceMessage>} change */
function descent(change) {
  return /** @type {SurfaceMessage} */ ({ start: [-4, 3], steps: 0, target: 0, rate: 1, openings: 0, version: 0, ...change });
}

test("an answer or another lecture step ends an animation and is shown; other data wait", () => {
  for (const change of [{ steps: 8 }, { openings: 1 }, { rate: 5 }]) {
    /** @type {string[]} */
    const log = [];
    let isMoving = false;
    const sync = new StateSync({
      show: (message) => log.push(`show ${descentOf(message)}`), send: () => "", isMoving: () => isMoving,
      stopAnimation: () => {
        isMoving = false;
        log.push("stopAnimation");
      },
      mark: () => {},
    });
    sync.receive(descent({}));
    sync.changed();
    isMoving = true;
    sync.receive(descent({ enlarged: true }));
    assert.deepEqual(log, [`show ${descentOf(descent({}))}`]);
    sync.receive(descent(change));
    assert.deepEqual(log.slice(1), ["stopAnimation", `show ${descentOf(descent({ enlarged: true }))}`, `show ${descentOf(descent(change))}`]);
    sync.close();
  }
});

test("the arrow ends where the next step lands, with any learning rate", () => {
  const map = new ContourMap(STYLE, { middle: [0, 0], half: 8 }), point = new DescentPoint();
  for (const rate of [0.5, 1, 5]) {
    point.configure({ target: 0, rate, maxSteps: 1 });
    point.begin([-4, 3]);
    const { rings, tips } = drawn(map, point), landing = map.pixel(...differences(stepped(point.logits, 0, rate)));
    assertClose(/** @type {number[]} */ (rings.at(-1)), landing, 1e-9);
    assertClose(/** @type {number[]} */ (tips.at(-3)), landing, 1e-9);
  }
});

/**
 * The centres of the circles and the corners of the lines that `drawPoint` draws.
 * @param {ContourMap} map
 * @param {DescentPoint} point
 */
function drawn(map, point) {
  /** @type {{rings: number[][], tips: number[][]}} */
  const shapes = { rings: [], tips: [] };
  const methods = { arc: (/** @type {number} */ x, /** @type {number} */ y) => shapes.rings.push([x, y]), lineTo: (/** @type {number} */ x, /** @type {number} */ y) => shapes.tips.push([x, y]) };
  const context = /** @type {any} */ (new Proxy(methods, { get: (known, name) => known[/** @type {keyof typeof methods} */ (name)] ?? (() => {}) }));
  drawPoint(context, map, point, { ...STYLE, shapes: ["circle"], classColours: ["#0000ff"] });
  return shapes;
}
