// Why this answer: what each pixel adds to the logits of the two most probable digits, and to their difference.

/** @import { Model, Output } from "./model.js" */
/** @import { PictureStyle } from "./pixel_picture.js" */
import { add } from "../shared/dom.js";
import { formatDecimal } from "../shared/number_format.js";
import { NOTHING, contributions } from "./model.js";
import { addPicture, drawSigned } from "./pixel_picture.js";
import { pixelName } from "./pixel_grid.js";

export class Reasons {
  /** @param {Element} parent @param {Record<string, string>} texts */
  constructor(parent, texts) {
    this.texts = texts;
    add(parent, "h2", "", texts.why);
    add(parent, "p", "note", texts.why_note);
    const row = add(parent, "div", "pictures");
    this.pictures = ["first", "second", "difference"].map((name) => {
      const picture = addPicture(row, `digit-why-${name}`), title = add(picture.caption, "b"), sum = add(picture.caption, "span");
      sum.dataset.testid = `digit-sum-${name}`;
      return { ...picture, title, sum };
    });
    this.reading = add(parent, "p", "reading");
    this.reading.dataset.testid = "digit-reading";
  }

  /**
   * @param {Model} model
   * @param {Output | null} output null: nothing is drawn
   * @param {number | null} pixel The pixel to describe
   * @param {PictureStyle} style
   */
  draw(model, output, pixel, style) {
    const parts = output ? partsOf(model, output) : [NOTHING, NOTHING, NOTHING], max = Math.max(...parts.flat().map(Math.abs));
    const titles = output ? this.#titles(output) : ["–", "–", "–"];
    this.pictures.forEach(({ canvas, title, sum }, i) => {
      title.textContent = titles[i];
      title.style.color = output && i < 2 ? `var(--class-${[output.first, output.second][i]})` : "";
      const text = output ? sumText(model, output, parts[i], i) : "";
      sum.textContent = text;
      sum.dataset.value = output ? String(totalOf(model, output, parts[i], i)) : "";
      drawSigned(canvas, parts[i], max, style, `${this.texts.why} ${titles[i]}. ${text}`);
    });
    this.reading.textContent = output && pixel !== null ? this.#read(output, parts, pixel) : this.texts.reading_hint;
    this.reading.dataset.values = output && pixel !== null ? parts.map((values) => values[pixel]).join() : "";
  }

  /** @param {Output} output */
  #titles({ first, second }) {
    const { texts } = this;
    return [texts.first.replace("{digit}", String(first)), texts.second.replace("{digit}", String(second)), `${first} − ${second}`];
  }

  /** @param {Output} output @param {number[][]} parts @param {number} pixel */
  #read({ x, first, second }, parts, pixel) {
    const { texts } = this, [a, b, difference] = parts.map((values) => signed(values[pixel]));
    const place = pixelName(texts, pixel).replace("{count}", String(Math.round(x[pixel] * 16)));
    const shares = texts.reading.replace("{first}", String(first)).replace("{second}", String(second));
    return `${place}. ${shares.replace("{a}", a).replace("{b}", b).replace("{difference}", difference)}`;
  }
}

/** What each pixel adds to the two logits and to their difference. @param {Model} model @param {Output} output */
function partsOf(model, { x, first, second }) {
  const a = contributions(model, x, first), b = contributions(model, x, second);
  return [a, b, a.map((value, j) => value - b[j])];
}

/** The bias of the first or second digit, or the difference. @param {Model} model @param {Output} output @param {number} i */
function biasOf({ bias }, { first, second }, i) {
  return [bias[first], bias[second], bias[first] - bias[second]][i];
}

/** @param {Model} model @param {Output} output @param {number[]} values @param {number} i */
function totalOf(model, output, values, i) {
  return values.reduce((sum, value) => sum + value, biasOf(model, output, i));
}

/** @param {Model} model @param {Output} output @param {number[]} values @param {number} i */
function sumText(model, output, values, i) {
  const bias = biasOf(model, output, i), total = totalOf(model, output, values, i);
  return `${signed(total - bias)} ${bias < 0 ? "−" : "+"} ${formatDecimal(Math.abs(bias), 2)} = ${formatDecimal(total, 2)}`;
}

/** @param {number} value */
function signed(value) {
  return value > 0 ? `+${formatDecimal(value, 2)}` : formatDecimal(value, 2);
}
