// The same image shifted to the right, what the model then says, and what each pixel adds to the logit of the first answer.

/** @import { Model, Output } from "./model.js" */
/** @import { PictureStyle } from "./pixel_picture.js" */
import { add } from "../shared/dom.js";
import { formatDecimal, formatProbability } from "../shared/number_format.js";
import { NOTHING, contributions, outputOf, shiftedRight } from "./model.js";
import { addCanvas, addPicture, drawInk, drawSigned } from "./pixel_picture.js";

const SHIFTS = [0, 1, 2, 3];

export class Shifts {
  /** @param {Element} parent @param {Record<string, string>} texts */
  constructor(parent, texts) {
    this.texts = texts;
    add(parent, "h2", "", texts.shift);
    const row = add(parent, "div", "pictures");
    this.pictures = SHIFTS.map((by) => {
      const picture = addPicture(row, `digit-shift-${by}`), { figure, caption } = picture;
      const shares = addCanvas(figure, `digit-shift-shares-${by}`);
      caption.before(shares);
      add(caption, "span", "", texts.shift_by.replace("{count}", String(by)));
      const answer = add(caption, "b"), logit = add(caption, "span"), probability = add(caption, "span");
      answer.dataset.testid = `digit-shift-answer-${by}`;
      logit.dataset.testid = `digit-shift-logit-${by}`;
      return { ...picture, shares, answer, logit, probability };
    });
    add(parent, "p", "note", texts.shift_note);
  }

  /** @param {Model} model @param {number[]} counts @param {Output | null} output Of the image without a shift @param {PictureStyle} style */
  draw(model, counts, output, style) {
    const shifted = SHIFTS.map((by) => shiftedRight(counts, by)), after = output ? shifted.map((image) => outputOf(model, image)) : [];
    const shares = after.map(({ x }) => (output ? contributions(model, x, output.first) : [])), max = largest(shares);
    this.pictures.forEach((picture, i) => {
      this.#write(picture, after[i], output?.first ?? 0);
      const text = Array.from(picture.caption.children, (line) => line.textContent).join(" ");
      drawInk(picture.canvas, shifted[i], style, text);
      drawSigned(picture.shares, shares[i] ?? NOTHING, max, style, `${this.texts.why} ${text}`);
    });
  }

  /** @param {Shifts["pictures"][number]} picture @param {Output | undefined} after @param {number} first The answer without a shift */
  #write({ answer, logit, probability }, after, first) {
    answer.textContent = after ? this.texts.read_as.replace("{digit}", String(after.first)) : "–";
    answer.style.color = after ? `var(--class-${after.first})` : "";
    answer.dataset.value = String(after?.first ?? "");
    logit.textContent = after ? `z(${first}) = ${formatDecimal(after.logits[first], 2)}` : "";
    logit.dataset.value = String(after?.logits[first] ?? "");
    probability.textContent = after ? `ŷ(${first}) = ${formatProbability(after.probabilities[first])}` : "";
  }
}

/** @param {number[][]} images */
function largest(images) {
  return Math.max(0, ...images.flat().map(Math.abs));
}
