// The square to draw in.

/** @import { PlotStyle } from "../shared/canvas.js" */
/** @import { GridStroke } from "./strokes_text.js" */
import { freshContext } from "../shared/canvas.js";
import { add } from "../shared/dom.js";
import { GRID } from "./strokes_text.js";

const MIN_DISTANCE = 4; // between two points, on the grid

/**
 * @typedef {Object} PadEvents
 * @property {() => boolean} begin A stroke begins; returns whether there is room for it
 * @property {(stroke: GridStroke) => boolean} move The stroke so far; returns whether there is room for more
 * @property {(stroke: GridStroke) => void} end
 * @property {() => void} cancel The stroke was interrupted
 */

export class DrawingPad {
  /** @param {Element} parent @param {string} label @param {PadEvents} events */
  constructor(parent, label, events) {
    this.canvas = add(parent, "canvas", "pad");
    this.canvas.dataset.testid = "digit-pad";
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", label);
    this.#listen(events);
  }

  /** @param {GridStroke[]} strokes @param {PlotStyle} style @param {string} hint Text in the empty square */
  draw(strokes, { theme, canvasFont }, hint) {
    const { canvas } = this, context = freshContext(canvas, canvasFont), scale = canvas.clientWidth / GRID;
    Object.assign(context, { lineWidth: 6, lineCap: "round", lineJoin: "round", strokeStyle: theme.text, fillStyle: theme.muted });
    for (const stroke of strokes) {
      context.beginPath();
      context.moveTo(stroke[0] * scale, stroke[1] * scale);
      for (let i = 0; i < stroke.length; i += 2) context.lineTo(stroke[i] * scale, stroke[i + 1] * scale);
      context.stroke();
    }
    if (strokes.length) return;
    Object.assign(context, { textAlign: "center", textBaseline: "middle" });
    context.fillText(hint, canvas.clientWidth / 2, canvas.clientHeight / 2, canvas.clientWidth * 0.9);
  }

  /** A finger draws from its first point on, since it cannot scroll the page here. @param {PadEvents} events */
  #listen(events) {
    const { canvas } = this;
    /** @type {{id: number, stroke: GridStroke, hasRoom: boolean} | null} */
    let drag = null;
    canvas.onpointerdown = (event) => {
      if (event.button !== 0 || drag || !events.begin()) return;
      event.preventDefault(); // no text is selected
      canvas.setPointerCapture(event.pointerId);
      drag = { id: event.pointerId, stroke: this.#pointOf(event), hasRoom: true };
      events.move(drag.stroke);
    };
    canvas.onpointermove = (event) => {
      if (drag?.id !== event.pointerId) return;
      const all = event.getCoalescedEvents?.() ?? [];
      for (const one of all.length ? all : [event]) this.#extend(drag, one, MIN_DISTANCE);
      drag.hasRoom &&= events.move(drag.stroke);
    };
    canvas.onpointerup = (event) => {
      if (drag?.id !== event.pointerId) return;
      this.#extend(drag, event, 1);
      const { stroke } = drag;
      drag = null;
      events.end(stroke);
    };
    canvas.onpointercancel = (event) => {
      if (drag?.id !== event.pointerId) return;
      drag = null;
      events.cancel();
    };
  }

  /**
   * Add the place of an event to the stroke, if it is far enough from the last one.
   * @param {{stroke: GridStroke, hasRoom: boolean}} drag
   * @param {PointerEvent} event
   * @param {number} distance
   */
  #extend({ stroke, hasRoom }, event, distance) {
    const [x, y] = this.#pointOf(event), end = stroke.length;
    if (hasRoom && Math.hypot(x - stroke[end - 2], y - stroke[end - 1]) >= distance) stroke.push(x, y);
  }

  /** @param {PointerEvent} event @returns {GridStroke} */
  #pointOf(event) {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const shares = [(event.clientX - left) / width, (event.clientY - top) / height];
    return shares.map((share) => Math.round(Math.min(Math.max(share, 0), 1) * GRID));
  }
}
