// The weights of each digit as a picture.

/** @import { Model } from "./model.js" */
/** @import { PictureStyle } from "./pixel_picture.js" */
import { add } from "../shared/dom.js";
import { CLASSES, weightsOf } from "./model.js";
import { addPicture, drawSigned } from "./pixel_picture.js";

export class Templates {
  /** @param {Element} parent @param {Record<string, string>} texts @param {string} prefix Of the pictures' test IDs */
  constructor(parent, texts, prefix = "digit") {
    this.texts = texts;
    add(parent, "h2", "", texts.weights);
    add(parent, "p", "note", texts.weights_note);
    const row = add(parent, "div", "pictures small");
    this.pictures = Array.from({ length: CLASSES }, (_, k) => {
      const picture = addPicture(row, `${prefix}-weights-${k}`);
      picture.caption.textContent = String(k);
      picture.caption.style.color = `var(--class-${k})`;
      return picture;
    });
  }

  /** @param {Model} model @param {PictureStyle} style @param {number} [full] The weight with the full colour; by default, the largest */
  draw(model, style, full) {
    const weights = this.pictures.map((_, k) => weightsOf(model, k)), max = full ?? Math.max(...weights.flat().map(Math.abs));
    this.pictures.forEach(({ canvas, caption }, k) => {
      drawSigned(canvas, weights[k], max, style, `${this.texts.weights}${this.texts.colon}${caption.textContent}`);
    });
  }

  /** Frame the picture of the most probable digit. @param {number | null} first */
  mark(first) {
    this.pictures.forEach(({ figure }, k) => figure.classList.toggle("first", k === first));
  }
}
