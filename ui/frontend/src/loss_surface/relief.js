// The two pictures of the plane: a contour map, and a solid seen through a camera.

import { heights } from "./descent.js";
import { drawAxes } from "../shared/axes.js";
import { channels } from "../shared/canvas.js";
import { segments } from "../shared/marching_squares.js";
import { marker } from "../shared/markers.js";
import { tickLabel } from "../shared/number_format.js";
import { crossEntropy } from "../shared/softmax.js";
import { ticks } from "../shared/ticks.js";

const LEVELS = [0.1, 0.3, 1, 2, 3, 4, 6, 8, 10, 12, 14, 16, 18, 20];
const FINE = 96; // cells along a side of the map
const COARSE = 40; // cells along a side of the solid
const TALL = 1.7; // height of the solid's highest point, where its base is 2 wide

/** How strongly a loss is tinted: 1 in the valley, fading with the logarithm. */
function tint(loss) {
  return 1 / (1 + loss);
}

/** What gives colours between a theme's background and its accent, under a light. */
function shading(theme) {
  const ground = channels(theme.background), accent = channels(theme.accent);
  return (strength, light = 1) => {
    const mixed = ground.map((value, i) => Math.round((value + strength * (accent[i] - value)) * light));
    return `rgb(${mixed.join(",")})`;
  };
}

/** A place on the plane in units of a window, −1 … 1 along both sides. */
export function within({ middle, half }, u, v) {
  return [u - middle[0], v - middle[1]].map((from) => Math.min(Math.max(from / half, -1), 1));
}

/** The contour map: the plane itself, with ticks. */
export class ContourMap {
  constructor(view, window) {
    const { width, height, font } = view;
    const room = { left: font * 3.8, top: 8, right: 10, bottom: font * 3.5 };
    const size = Math.min(width - room.left - room.right, height - room.top - room.bottom);
    this.view = view;
    this.window = window;
    this.area = { left: room.left, top: room.top, width: size, height: size };
  }

  /** Pixels of a place on the plane; one beyond the window waits at its edge. */
  pixel(u, v) {
    const { left, top, width, height } = this.area, [x, y] = within(this.window, u, v);
    return [left + (x + 1) * 0.5 * width, top + (1 - y) * 0.5 * height];
  }

  /** The place on the plane under a pixel. */
  place(x, y) {
    const { middle, half } = this.window, { left, top, width, height } = this.area;
    return [middle[0] + half * ((2 * (x - left)) / width - 1), middle[1] + half * (1 - (2 * (y - top)) / height)];
  }

  contains(x, y) {
    const { left, top, width, height } = this.area;
    return x >= left && x <= left + width && y >= top && y <= top + height;
  }

  draw(context, target) {
    const { theme, font, axisNames } = this.view, { middle, half } = this.window, { area } = this;
    const field = heights(this.window, FINE, target), cell = area.width / FINE, shade = shading(theme);
    for (let j = 0; j < FINE; j++) {
      for (let i = 0; i < FINE; i++) {
        context.fillStyle = shade(0.62 * tint(field[j * (FINE + 1) + i]));
        context.fillRect(area.left + i * cell, area.top + area.height - (j + 1) * cell, cell + 0.6, cell + 0.6);
      }
    }
    const range = (m) => [m - half, m + half];
    drawAxes({ context, ...area }, { font, theme }, { range: range(middle[0]), name: axisNames[0] }, { range: range(middle[1]), name: axisNames[1] });
    this.drawRegions(context);
    this.written = [];
    for (const level of LEVELS) this.drawLevel(context, segments(field, FINE, level), level, target);
  }

  drawLevel(context, pieces, level, target) {
    if (!pieces.length) return;
    const { theme, font, pen } = this.view, { area } = this, cell = area.width / FINE;
    const x = (i) => area.left + i * cell, y = (j) => area.top + area.height - j * cell;
    context.strokeStyle = theme.muted;
    context.lineWidth = 1 * pen;
    context.beginPath();
    for (const [x0, y0, x1, y1] of pieces) {
      context.moveTo(x(x0), y(y0));
      context.lineTo(x(x1), y(y1));
    }
    context.stroke();
    // The levels are written in a row that crosses their lines: near the top, the right or the bottom.
    const row = [([, j]) => j - 0.8 * FINE, ([i]) => i - 0.8 * FINE, ([, j]) => j - 0.2 * FINE][target];
    const off = (piece) => Math.abs(row(piece)) + (Math.min(...piece) < 3 || Math.max(...piece) > FINE - 3 ? FINE : 0);
    const at = pieces.reduce((best, piece) => (off(piece) < off(best) ? piece : best));
    const text = String(level), wide = context.measureText(text).width + 6, here = [x(at[0]), y(at[1])];
    const crowded = this.written.some(([px, py]) => Math.abs(px - here[0]) < wide && Math.abs(py - here[1]) < font * 1.4);
    if (off(at) > 2 || crowded) return;
    this.written.push(here);
    context.fillStyle = theme.background;
    context.globalAlpha = 0.85;
    context.fillRect(here[0] - wide / 2, here[1] - font * 0.65, wide, font * 1.3);
    context.globalAlpha = 1;
    context.fillStyle = theme.text;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(text, ...here);
  }

  /** Where which class has the largest logit. */
  drawRegions(context) {
    const { theme, shapes, classColours, pen } = this.view, { area } = this, far = 100;
    const straight = (u, v) => {
      const { middle, half } = this.window;
      return [area.left + ((u - middle[0]) / half + 1) * 0.5 * area.width, area.top + (1 - (v - middle[1]) / half) * 0.5 * area.height];
    };
    context.save();
    context.beginPath();
    context.rect(area.left, area.top, area.width, area.height);
    context.clip();
    context.strokeStyle = theme.text;
    context.globalAlpha = 0.55;
    context.setLineDash([2, 5]);
    context.lineWidth = 1.4 * pen;
    context.beginPath();
    for (const end of [[far, far], [-far, 0], [0, -far]]) {
      context.moveTo(...straight(0, 0));
      context.lineTo(...straight(...end));
    }
    context.stroke();
    context.restore();
    const corners = [[0.9, -0.9], [-0.9, 0.9], [-0.9, -0.9]], { middle, half } = this.window;
    corners.forEach(([du, dv], k) => {
      const u = middle[0] + du * half, v = middle[1] + dv * half, z = [u, v, 0];
      if (z[k] < Math.max(...z)) return;
      marker(context, shapes[k], ...this.pixel(u, v), 7 * pen);
      context.fillStyle = classColours[k];
      context.strokeStyle = theme.background;
      context.lineWidth = 2;
      context.fill();
      context.stroke();
    });
  }
}

/** The loss over a window as heights 0 … TALL and as tinted cells, whichever way one looks at it. */
export class Relief {
  constructor(theme, window, target) {
    const side = COARSE, width = side + 1, shade = shading(theme);
    this.field = heights(window, side, target);
    this.low = Math.min(...this.field);
    this.high = Math.max(...this.field);
    this.corners = Array.from(this.field, (loss, at) => [
      (2 * (at % width)) / side - 1, (2 * Math.floor(at / width)) / side - 1, this.height(loss),
    ]);
    this.fills = Array.from(this.field, (loss, at) => {
      const slope = (side / 2) * (this.height(this.field[at + 1] ?? loss) - this.height(loss));
      const rise = (side / 2) * (this.height(this.field[at + width] ?? loss) - this.height(loss));
      const light = 0.8 + (0.2 * (1 + 0.5 * slope + 0.7 * rise)) / Math.hypot(slope, rise, 1);
      return shade(0.15 + 0.6 * tint(loss), Math.min(light, 1));
    });
  }

  height(loss) {
    return (TALL * (loss - this.low)) / (this.high - this.low);
  }
}

/** The solid: a relief seen through a camera, without perspective. */
export class Solid {
  constructor(view, window, [turn, tilt], target, relief) {
    const { width, height } = view;
    this.view = view;
    this.window = window;
    this.target = target;
    this.sines = { turn: [Math.cos(turn), Math.sin(turn)], tilt: [Math.cos(tilt), Math.sin(tilt)] };
    this.relief = relief;
    const tall = 2.9 * this.sines.tilt[1] + TALL * this.sines.tilt[0]; // at any turn
    this.size = Math.min((width - 4 * view.font) / 2.83, (height - view.font) / tall);
    this.middle = [width / 2, height / 2 + (TALL / 2) * this.sines.tilt[0] * this.size];
  }

  /** Pixels of a point in the box −1 … 1 by −1 … 1 by 0 … TALL. */
  project(x, y, z) {
    const [ct, st] = this.sines.turn, [cp, sp] = this.sines.tilt;
    const across = x * ct - y * st, away = x * st + y * ct;
    return [this.middle[0] + this.size * across, this.middle[1] - this.size * (away * sp + z * cp)];
  }

  pixel(u, v) {
    const { middle, half } = this.window, [x, y] = within(this.window, u, v);
    const loss = crossEntropy([middle[0] + half * x, middle[1] + half * y, 0], this.target);
    return this.project(x, y, this.relief.height(loss));
  }

  /** The place whose point on the surface is nearest to a pixel, near where one was if several are. */
  place(x, y, from) {
    const { middle, half } = this.window;
    let best = from, least = Infinity, reach = half, around = middle;
    for (let pass = 0; pass < 4; pass++) {
      for (let j = -10; j <= 10; j++) {
        for (let i = -10; i <= 10; i++) {
          const u = around[0] + (reach * i) / 10, v = around[1] + (reach * j) / 10;
          if (Math.abs(u - middle[0]) > half || Math.abs(v - middle[1]) > half) continue;
          const [px, py] = this.pixel(u, v), stray = ((u - from[0]) ** 2 + (v - from[1]) ** 2) / half ** 2;
          const distance = (px - x) ** 2 + (py - y) ** 2 + stray;
          if (distance < least) [best, least] = [[u, v], distance];
        }
      }
      around = best;
      reach /= 8;
    }
    return best;
  }

  draw(context) {
    const { theme } = this.view, [ct, st] = this.sines.turn, side = COARSE, width = side + 1;
    this.drawBase(context);
    const corners = this.relief.corners.map((corner) => this.project(...corner));
    const along = (towards) => Array.from({ length: side }, (_, i) => (towards > 0 ? side - 1 - i : i));
    context.lineWidth = 0.6;
    context.lineJoin = "round";
    context.strokeStyle = theme.muted;
    // From far to near, so that what is near covers what is far.
    for (const j of along(ct)) {
      for (const i of along(st)) {
        const at = j * width + i;
        context.fillStyle = this.relief.fills[at];
        context.beginPath();
        for (const k of [at, at + 1, at + width + 1, at + width]) context.lineTo(...corners[k]);
        context.closePath();
        context.fill();
        context.globalAlpha = 0.45;
        context.stroke();
        context.globalAlpha = 1;
      }
    }
    this.drawScale(context);
  }

  /** The frame of the floor, its ticks, and what its two sides measure. */
  drawBase(context) {
    const { theme, font, axisNames, pen } = this.view, { middle, half } = this.window, [ct, st] = this.sines.turn;
    context.strokeStyle = theme.line;
    context.lineWidth = 1.5 * pen;
    context.beginPath();
    for (const [x, y] of [[-1, -1], [1, -1], [1, 1], [-1, 1]]) context.lineTo(...this.project(x, y, 0));
    context.closePath();
    context.stroke();
    const front = [ct > 0 ? -1 : 1, st > 0 ? -1 : 1]; // y of the near side along x, x of the near side along y
    const label = (text, x, y) => {
      const [px, py] = this.project(x, y, 0);
      context.fillText(text, px, py);
    };
    context.textAlign = "center";
    context.textBaseline = "middle";
    [0, 1].forEach((axis) => {
      const at = (along, out) => (axis === 0 ? [along, front[0] * out] : [front[1] * out, along]);
      context.fillStyle = theme.muted;
      for (const tick of ticks(middle[axis] - half, middle[axis] + half, 4)) {
        label(tickLabel(tick), ...at((tick - middle[axis]) / half, 1.1));
      }
      context.fillStyle = theme.text;
      label(axisNames[axis], ...at(0, 1.1 + (font * 2.6) / this.size));
    });
  }

  /** How high is how much: a scale where the solid ends on the left. */
  drawScale(context) {
    const { theme, font } = this.view, { relief } = this, { low, high } = relief;
    const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]].sort((a, b) => this.project(...a, 0)[0] - this.project(...b, 0)[0]);
    const at = (loss) => this.project(...corners[0], relief.height(loss));
    context.strokeStyle = theme.muted;
    context.fillStyle = theme.text;
    context.lineWidth = 1;
    context.textAlign = "right";
    context.textBaseline = "middle";
    context.beginPath();
    context.moveTo(...at(low));
    context.lineTo(...at(high));
    for (const loss of ticks(low, high, 4)) {
      const [x, y] = at(loss);
      context.moveTo(x, y);
      context.lineTo(x - 4, y);
      if (loss > low + 0.1 * (high - low)) context.fillText(tickLabel(loss), x - 7, y);
    }
    context.stroke();
    const [x, y] = at(high);
    context.textAlign = "center";
    context.fillText("L", x, y - font);
  }

  contains() {
    return true;
  }
}
