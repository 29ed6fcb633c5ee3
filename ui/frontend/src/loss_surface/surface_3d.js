// The surface in 3-D, by parallel projection.

/** @import { Camera, Place } from "./messages.js" */
/** @import { Section } from "./camera.js" */
/** @import { SurfaceMesh } from "./mesh.js" */
/** @import { SurfaceStyle } from "./style.js" */
import { tickLabel } from "../shared/number_format.js";
import { crossEntropy } from "../shared/softmax.js";
import { ticks } from "../shared/ticks.js";
import { shareOfSection } from "./camera.js";
import { CELLS, MAX_HEIGHT } from "./mesh.js";
import { AXIS_NAMES } from "./style.js";

const BASE = [[-1, -1], [1, -1], [1, 1], [-1, 1]];

export class Surface3d {
  linePieces = 8; // straight pieces with which a line on the surface is drawn

  /**
   * @param {SurfaceStyle} style
   * @param {Section} section
   * @param {Camera} camera
   * @param {number} target
   * @param {SurfaceMesh} mesh
   */
  constructor(style, section, [turn, tilt], target, mesh) {
    this.style = style;
    this.section = section;
    this.target = target;
    this.mesh = mesh;
    this.turn = { cos: Math.cos(turn), sin: Math.sin(turn) };
    this.tilt = { cos: Math.cos(tilt), sin: Math.sin(tilt) };
    const height = 2.9 * this.tilt.sin + MAX_HEIGHT * this.tilt.cos; // at any rotation
    this.size = Math.min((style.width - 4 * style.font) / 2.83, (style.height - style.font) / height);
    this.middle = [style.width / 2, style.height / 2 + (MAX_HEIGHT / 2) * this.tilt.cos * this.size];
  }

  /**
   * Return the pixel of a point in space: x and y are −1 … 1 across the base, z is the height, 0 … MAX_HEIGHT.
   * @param {number} x
   * @param {number} y
   * @param {number} z
   * @returns {[number, number]}
   */
  project(x, y, z) {
    const { turn, tilt, size, middle } = this;
    const right = x * turn.cos - y * turn.sin, back = x * turn.sin + y * turn.cos;
    return [middle[0] + size * right, middle[1] - size * (back * tilt.sin + z * tilt.cos)];
  }

  /** Return the pixel of the surface above a place. @param {number} u @param {number} v @returns {[number, number]} */
  pixel(u, v) {
    const { middle, half } = this.section, [x, y] = shareOfSection(this.section, u, v);
    const loss = crossEntropy([middle[0] + half * x, middle[1] + half * y, 0], this.target);
    return this.project(x, y, this.mesh.height(loss));
  }

  /**
   * Return the place whose point on the surface is drawn nearest to a pixel; of several, the place nearest to `from`.
   * @param {number} x
   * @param {number} y
   * @param {Place} from
   */
  place(x, y, from) {
    const { middle, half } = this.section;
    let best = from, least = Infinity, reach = half, around = middle;
    for (let pass = 0; pass < 4; pass++) {
      for (const [u, v] of gridAround(around, reach)) {
        if (Math.abs(u - middle[0]) > half || Math.abs(v - middle[1]) > half) continue;
        const [px, py] = this.pixel(u, v), fromBefore = ((u - from[0]) ** 2 + (v - from[1]) ** 2) / half ** 2;
        const distance = (px - x) ** 2 + (py - y) ** 2 + fromBefore;
        if (distance < least) [best, least] = [[u, v], distance];
      }
      around = best;
      reach /= 8;
    }
    return best;
  }

  contains() {
    return true;
  }

  /** @param {CanvasRenderingContext2D} context */
  draw(context) {
    this.#drawBase(context);
    this.#drawCells(context);
    this.#drawScale(context);
  }

  /** Draw the cells from back to front, so that near ones cover far ones. @param {CanvasRenderingContext2D} context */
  #drawCells(context) {
    const { mesh, turn } = this, width = CELLS + 1, nodes = mesh.nodes.map((node) => this.project(...node));
    context.lineWidth = 0.6;
    context.lineJoin = "round";
    context.strokeStyle = this.style.theme.muted;
    for (const j of backToFront(turn.cos)) {
      for (const i of backToFront(turn.sin)) {
        const node = j * width + i;
        context.fillStyle = mesh.colours[node];
        context.beginPath();
        for (const corner of [node, node + 1, node + width + 1, node + width]) context.lineTo(...nodes[corner]);
        context.closePath();
        context.fill();
        context.globalAlpha = 0.45;
        context.stroke();
        context.globalAlpha = 1;
      }
    }
  }

  /** Draw the frame of the base with ticks and names along its two front sides. @param {CanvasRenderingContext2D} context */
  #drawBase(context) {
    const { style: { theme, font, pen }, section: { middle, half }, turn } = this;
    context.strokeStyle = theme.line;
    context.lineWidth = 1.5 * pen;
    context.beginPath();
    for (const [x, y] of BASE) context.lineTo(...this.project(x, y, 0));
    context.closePath();
    context.stroke();
    const front = [turn.cos > 0 ? -1 : 1, turn.sin > 0 ? -1 : 1]; // y of the front side along x, x of that along y
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const axis of [0, 1]) {
      /** @param {string} text @param {number} along @param {number} outwards */
      const write = (text, along, outwards) => {
        const [x, y] = axis === 0 ? [along, front[0] * outwards] : [front[1] * outwards, along];
        context.fillText(text, ...this.project(x, y, 0));
      };
      context.fillStyle = theme.muted;
      for (const tick of ticks(middle[axis] - half, middle[axis] + half, 4)) {
        write(tickLabel(tick), (tick - middle[axis]) / half, 1.1);
      }
      context.fillStyle = theme.text;
      write(AXIS_NAMES[axis], 0, 1.1 + (font * 2.6) / this.size);
    }
  }

  /** Draw the scale of losses at the leftmost corner of the base. @param {CanvasRenderingContext2D} context */
  #drawScale(context) {
    const { style: { theme, font }, mesh, mesh: { low, high } } = this;
    const [corner] = BASE.slice().sort((a, b) => this.project(a[0], a[1], 0)[0] - this.project(b[0], b[1], 0)[0]);
    /** @param {number} loss */
    const pixel = (loss) => this.project(corner[0], corner[1], mesh.height(loss));
    context.strokeStyle = theme.muted;
    context.fillStyle = theme.text;
    context.lineWidth = 1;
    context.textAlign = "right";
    context.textBaseline = "middle";
    context.beginPath();
    context.moveTo(...pixel(low));
    context.lineTo(...pixel(high));
    for (const loss of ticks(low, high, 4)) {
      const [x, y] = pixel(loss);
      context.moveTo(x, y);
      context.lineTo(x - 4, y);
      if (loss > low + 0.1 * (high - low)) context.fillText(tickLabel(loss), x - 7, y);
    }
    context.stroke();
    const [x, y] = pixel(high);
    context.textAlign = "center";
    context.fillText("L", x, y - font);
  }
}

/** Indices of cells along an axis from back to front. @param {number} direction Positive if they increase towards the back */
function backToFront(direction) {
  return Array.from({ length: CELLS }, (_, i) => (direction > 0 ? CELLS - 1 - i : i));
}

/**
 * Yield 21 × 21 places around a place.
 * @param {Place} middle
 * @param {number} reach Half of the side
 * @returns {Generator<Place>}
 */
function* gridAround([u, v], reach) {
  for (let j = -10; j <= 10; j++) for (let i = -10; i <= 10; i++) yield [u + (reach * i) / 10, v + (reach * j) / 10];
}
