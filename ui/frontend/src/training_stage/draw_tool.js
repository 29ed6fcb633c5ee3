// Adding, moving and deleting samples on the plane.

/** @import { StageContext } from "./context.js" */
/** @import { HistoryCommand } from "./messages.js" */
/** @import { Plane } from "./plane.js" */
import { element } from "../shared/dom.js";

const ROUNDING = 0.005; // Python moves samples to a grid (drawn_points.py)

/** @typedef {number | "move" | "delete"} Tool A number adds a sample of this class */

export class DrawTool {
  /** @type {Tool} */
  #tool = 0;
  /** @type {number | null} The sample that is being moved */
  #moving = null;
  /** @type {[number, number]} Position of the moved sample before the drag */
  #origin = [0, 0];
  /** @type {number[][]} Samples that were sent, but that the scene does not have yet */
  #added = [];

  /**
   * @param {StageContext} context
   * @param {() => void} redraw Draws the samples
   * @param {(points: number[][]) => void} send Sends all samples as [x, y, class]
   * @param {(text: string) => void} showMessage Shows a message to the user
   * @param {(command: HistoryCommand) => void} moveInHistory Undoes or redoes a change
   */
  constructor(context, redraw, send, showMessage, moveInHistory) {
    this.context = context;
    this.redraw = redraw;
    this.send = send;
    this.showMessage = showMessage;
    this.moveInHistory = moveInHistory;
  }

  /** Draw a button for each tool, and those to undo and redo. */
  build() {
    const { scene } = this.context, { texts, classNames, glyphs, shapes } = scene, tools = this.context.find(".toolbar");
    tools.hidden = !scene.canDraw;
    this.#added = scene.canDraw ? this.#added.filter((point) => !this.#hasPoint(point)) : [];
    if (!scene.canDraw) return;
    tools.setAttribute("aria-label", texts.tools);
    const count = Math.min(classNames.length + 1, shapes.length);
    /** @type {[Tool, string, string][]} */
    const buttons = Array.from({ length: count }, (_, k) => [k, glyphs[k], `${texts.add} ${k + 1}`]);
    buttons.push(["move", "✥", texts.move], ["delete", "✕", texts.delete]);
    if (!buttons.some(([tool]) => tool === this.#tool)) this.#tool = 0;
    tools.replaceChildren(
      ...buttons.map(([tool, sign, name]) => {
        const button = element("button", { type: "button", textContent: sign, title: name });
        button.setAttribute("aria-label", name);
        button.setAttribute("aria-pressed", String(tool === this.#tool));
        if (typeof tool === "number") button.style.color = `var(--class-${tool})`;
        button.onclick = () => {
          this.#tool = tool;
          for (const other of tools.querySelectorAll("[aria-pressed]")) {
            other.setAttribute("aria-pressed", String(other === button));
          }
        };
        return button;
      }),
      this.#historyButton("undo", "↶", !scene.canUndo),
      this.#historyButton("redo", "↷", !scene.canRedo),
    );
  }

  /** @param {HistoryCommand} command @param {string} sign @param {boolean} disabled */
  #historyButton(command, sign, disabled) {
    const name = this.context.scene.texts[command];
    const button = element("button", { type: "button", textContent: sign, title: name, ariaLabel: name, disabled });
    button.dataset.testid = `stage-${command}`;
    button.onclick = () => this.moveInHistory(command);
    return button;
  }

  /** Do not send the samples again that the scene does not have yet: they are being undone. */
  forgetAdded() {
    this.#added = [];
  }

  /** Apply a tool that needs no drag. @param {Plane} plane @param {MouseEvent} event */
  click(plane, event) {
    const value = plane.valueAt(event), near = plane.nearest(event), points = this.#points;
    if (!value || this.#tool === "move") return;
    if (this.#tool !== "delete") {
      this.#added.push([...value, this.#tool]);
      return this.send(this.#points);
    }
    if (near === null) return;
    if (points.length === 1) return this.showMessage(this.context.scene.texts.lastPoint);
    this.send(points.filter((_, i) => i !== near));
  }

  /** Whether a drag that begins here moves a sample. @param {Plane} plane @param {MouseEvent} event */
  canMove(plane, event) {
    return this.context.scene.canDraw && this.#tool === "move" && plane.nearest(event) !== null;
  }

  /** @param {Plane} plane @param {MouseEvent} event */
  beginMove(plane, event) {
    this.#moving = plane.nearest(event);
    if (this.#moving === null) return;
    const { points } = this.context.scene;
    this.#origin = [points[2 * this.#moving], points[2 * this.#moving + 1]];
  }

  /** @param {Plane} plane @param {MouseEvent} event */
  move(plane, event) {
    const value = plane.valueAt(event);
    if (this.#moving === null || !value) return;
    this.context.scene.points.set(value, 2 * this.#moving);
    this.redraw();
  }

  endMove() {
    if (this.#moving === null) return;
    this.#moving = null;
    this.send(this.#points);
  }

  /** Move the sample back to its position before the drag. */
  cancelMove() {
    if (this.#moving === null) return;
    this.context.scene.points.set(this.#origin, 2 * this.#moving);
    this.#moving = null;
    this.redraw();
  }

  /** All samples as [x, y, class]: those of the scene, held-out ones last, then those that it does not have yet. */
  get #points() {
    const { points, labels } = this.context.scene;
    return [...Array.from(labels, (label, i) => [points[2 * i], points[2 * i + 1], label]), ...this.#added];
  }

  /** Whether the scene has a sample of this class at this position, up to the rounding of Python. @param {number[]} point */
  #hasPoint([x, y, k]) {
    const { points, labels } = this.context.scene;
    const isNear = (/** @type {number} */ i) => Math.hypot(points[2 * i] - x, points[2 * i + 1] - y) < ROUNDING;
    return labels.some((label, i) => label === k && isNear(i));
  }
}
