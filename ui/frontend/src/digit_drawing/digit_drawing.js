// All parts of the component: the square, the steps, the image, the output and the reasons.

/** @import { DigitChange, DigitMessage } from "./messages.js" */
/** @import { Preprocessing } from "./digit_image.js" */
/** @import { Drawing } from "./drawing.js" */
/** @import { GridStroke } from "./strokes_text.js" */
import { add, addButton } from "../shared/dom.js";
import { formatProbability } from "../shared/number_format.js";
import { EMPTY, countsOf, isEmpty, isSame, undone, withStroke, withSwitched } from "./drawing.js";
import { DrawingPad } from "./drawing_pad.js";
import { outputOf } from "./model.js";
import { OutputRows } from "./output_rows.js";
import { PixelGrid } from "./pixel_grid.js";
import { pictureStyle } from "./pixel_picture.js";
import { Reasons } from "./reasons.js";
import { Shifts } from "./shifts.js";
import { STEPS, StepSwitches } from "./step_switches.js";
import { MAX_BYTES, decoded, encoded, sizeOf } from "./strokes_text.js";
import { Templates } from "./templates.js";

/** @typedef {import("../shared/figure.js").Changes<Omit<DigitChange, "version">>} Changes */

export class DigitDrawing {
  /** @type {Drawing} */
  #drawing = EMPTY;
  /** What "clear" has cleared, so that it can be undone. */
  #cleared = EMPTY;
  /** @type {GridStroke | null} The stroke being drawn */
  #stroke = null;
  /** @type {number | null} The pixel with the pointer or the focus */
  #pointed = null;

  /** @param {HTMLElement} root @param {DigitMessage} message @param {Changes} changes */
  constructor(root, message, changes) {
    this.root = root;
    this.message = message;
    this.changes = changes;
    /** @type {Preprocessing} */
    this.steps = message.steps;
    this.parts = this.#build();
    this.style = pictureStyle(root, message.enlarged);
  }

  /** @param {DigitMessage} message @param {boolean} isNewLayout */
  show(message, isNewLayout) {
    const drawing = { strokes: decoded(message.strokes), switched: message.switched };
    const moves = !isNewLayout && !isEmpty(drawing) && isSame(drawing, this.#drawing);
    this.message = message;
    this.#drawing = drawing;
    if (!moves) {
      this.changes.stopMovement();
      this.steps = message.steps;
    }
    if (isNewLayout) this.parts = this.#build();
    this.redraw();
    if (moves) this.#moveTo(message.steps);
  }

  /** Turn the steps that differ on or off, one after the other. @param {Preprocessing} goal */
  #moveTo(goal) {
    const from = this.steps, differing = STEPS.filter((name) => from[name] !== goal[name]);
    if (differing.length === 0) return;
    this.changes.moveTo(JSON.stringify(goal), (share) => {
      const turned = differing.slice(0, Math.floor(share * differing.length));
      this.steps = { ...from, ...Object.fromEntries(turned.map((name) => [name, goal[name]])) };
      this.#draw();
    });
  }

  #build() {
    const { root, message: { texts, enlarged } } = this;
    root.replaceChildren();
    root.classList.toggle("enlarged", enlarged);
    const left = add(root, "section", "draw"), middle = add(root, "section", "image"), right = add(root, "section", "answer");
    const why = add(root, "section", "why"), weights = add(root, "section", "weights"), shift = add(root, "section", "shift");
    const pad = new DrawingPad(left, texts.pad, this.#padEvents());
    const buttons = add(left, "div", "buttons");
    const undo = addButton(buttons, texts.undo, () => this.#undo());
    const clear = addButton(buttons, texts.clear, () => {
      this.#cleared = this.#drawing;
      this.#change(EMPTY);
    });
    const switches = new StepSwitches(left, texts, (steps) => this.#changeSteps(steps));
    add(middle, "h2", "", texts.image);
    const grid = new PixelGrid(middle, texts, {
      press: (pixel) => this.#change(withSwitched(this.#drawing, pixel)),
      point: (pixel) => {
        this.#pointed = pixel;
        this.#draw();
      },
    });
    add(middle, "p", "note", texts.image_note);
    const answer = add(right, "h2", "answer-text");
    answer.dataset.testid = "digit-answer";
    const rows = new OutputRows(right, texts);
    const status = add(right, "p", "visually-hidden");
    status.setAttribute("role", "status");
    const reasons = new Reasons(why, texts);
    return {
      pad, undo, clear, switches, grid, answer, rows, status, reasons,
      templates: new Templates(weights, texts), shifts: new Shifts(shift, texts),
    };
  }

  /** @returns {import("./drawing_pad.js").PadEvents} */
  #padEvents() {
    return {
      begin: () => {
        const hasRoom = sizeOf(this.#drawing.strokes) + 3 <= MAX_BYTES;
        if (hasRoom) this.changes.hold();
        return hasRoom;
      },
      move: (stroke) => {
        this.#stroke = stroke;
        this.#draw();
        return sizeOf([...this.#drawing.strokes, stroke]) + 100 <= MAX_BYTES;
      },
      end: (stroke) => {
        this.#stroke = null;
        this.#change(withStroke(this.#drawing, stroke));
      },
      cancel: () => {
        this.#stroke = null;
        this.#draw();
        this.changes.release();
      },
    };
  }

  #undo() {
    const restored = isEmpty(this.#drawing) ? this.#cleared : undone(this.#drawing);
    this.#cleared = EMPTY;
    this.#change(restored);
  }

  /** @param {Drawing} drawing */
  #change(drawing) {
    this.changes.finishMovement();
    this.#drawing = drawing;
    this.#commit();
  }

  /** Pixels belong to the image of other steps, so none is switched. @param {Preprocessing} steps */
  #changeSteps(steps) {
    this.changes.stopMovement();
    this.steps = steps;
    this.#change({ strokes: this.#drawing.strokes, switched: [] });
  }

  /** Draw, and send the drawing to Python. */
  #commit() {
    this.#draw();
    this.parts.status.textContent = this.parts.answer.textContent;
    const { strokes, switched } = this.#drawing;
    this.changes.send({ strokes: encoded(strokes), switched, steps: this.steps });
  }

  /** Draw everything, in the present size and colours. */
  redraw() {
    this.style = pictureStyle(this.root, this.message.enlarged);
    this.parts.templates.draw(this.message, this.style);
    this.#draw();
  }

  /** Draw what depends on the drawing. */
  #draw() {
    const { message, steps, style, parts } = this, { texts, rates } = message;
    const drawing = this.#stroke ? withStroke(this.#drawing, this.#stroke) : this.#drawing;
    const counts = countsOf(drawing, steps), output = isEmpty(drawing) ? null : outputOf(message, counts);
    parts.pad.draw(drawing.strokes, style, texts.hint);
    parts.clear.disabled = isEmpty(drawing);
    parts.undo.disabled = isEmpty(drawing) && isEmpty(this.#cleared);
    parts.switches.draw(steps, rates);
    parts.grid.draw(counts, drawing.switched);
    parts.answer.textContent = output ? this.#answerText(output) : texts.empty;
    parts.answer.style.color = output ? `var(--class-${output.first})` : "";
    parts.answer.dataset.value = output ? String(output.first) : "";
    parts.rows.draw(output);
    parts.reasons.draw(message, output, this.#pointed, style);
    parts.templates.mark(output?.first ?? null);
    parts.shifts.draw(message, counts, output, style);
  }

  /** @param {import("./model.js").Output} output */
  #answerText({ first, probabilities }) {
    const { answer } = this.message.texts;
    return answer.replace("{digit}", String(first)).replace("{p}", formatProbability(probabilities[first]));
  }
}
