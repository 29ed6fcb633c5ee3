// The same image shifted to the right, and what the model then says.

/** @import { Model, Output } from "./model.js" */
/** @import { PictureStyle } from "./pixel_picture.js" */
import { add } from "../shared/dom.js";
import { formatProbability } from "../shared/number_format.js";
import { outputOf, shiftedRight } from "./model.js";
import { addPicture, drawInk } from "./pixel_picture.js";

const SHIFTS = [0, 1, 2, 3];

export class Shifts {
  /** @param {Element} parent @param {Record<string, string>} texts */
  constructor(parent, texts) {
    this.texts = texts;
    add(parent, "h2", "", texts.shift);
    const row = add(parent, "div", "pictures");
    this.pictures = SHIFTS.map((by) => {
      const picture = addPicture(row, `digit-shift-${by}`), { caption } = picture;
      add(caption, "span", "", texts.shift_by.replace("{count}", String(by)));
      const answer = add(caption, "b"), note = add(caption, "span");
      answer.dataset.testid = `digit-shift-answer-${by}`;
      return { ...picture, answer, note };
    });
    add(parent, "p", "note", texts.shift_note);
  }

  /** @param {Model} model @param {number[]} counts @param {Output | null} output Of the image without a shift @param {PictureStyle} style */
  draw(model, counts, output, style) {
    SHIFTS.forEach((by, i) => {
      const shifted = shiftedRight(counts, by), { canvas, caption, answer, note } = this.pictures[i];
      const after = output && outputOf(model, shifted), isSame = after?.first === output?.first;
      answer.textContent = after ? `${isSame ? "✓" : "✗"} ${this.texts.read_as.replace("{digit}", String(after.first))}` : "–";
      answer.style.color = after ? `var(--class-${after.first})` : "";
      answer.dataset.value = String(after?.first ?? "");
      note.textContent = output && after ? `ŷ(${output.first}) = ${formatProbability(after.probabilities[output.first])}` : "";
      drawInk(canvas, shifted, style, caption.textContent ?? "");
    });
  }
}
