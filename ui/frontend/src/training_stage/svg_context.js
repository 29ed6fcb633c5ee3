// A drawing context that writes SVG, with the methods that the stage uses.

export class SvgContext {
  /** @type {string[]} */
  parts = [];
  /** @type {string[]} */
  #path = [];
  /** @type {number[]} */
  #dash = [];
  #transform = "";
  #saved = "";
  globalAlpha = 1;
  fillStyle = "#000";
  strokeStyle = "#000";
  lineWidth = 1;
  lineCap = "butt";
  lineJoin = "miter";
  textAlign = "start";
  textBaseline = "alphabetic";

  /** @param {string} font */
  constructor(font) {
    this.font = font;
  }

  /** This context, typed for functions that draw on canvases. */
  get asCanvasContext() {
    return /** @type {CanvasRenderingContext2D} */ (/** @type {unknown} */ (this));
  }

  beginPath() {
    this.#path = [];
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.#path.push(`M${rounded(x)} ${rounded(y)}`);
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.#path.push(`${this.#path.length ? "L" : "M"}${rounded(x)} ${rounded(y)}`);
  }

  closePath() {
    this.#path.push("Z");
  }

  /** Add a full circle to the path: start and end angle are ignored. @param {number} x @param {number} y @param {number} r */
  arc(x, y, r) {
    const [left, right, radius, height] = [x - r, x + r, r, y].map(rounded);
    this.#path.push(`M${left} ${height}A${radius} ${radius} 0 1 0 ${right} ${height}A${radius} ${radius} 0 1 0 ${left} ${height}Z`);
  }

  /** @param {number[]} dash */
  setLineDash(dash) {
    this.#dash = dash;
  }

  fill() {
    this.#add(`<path d="${this.#path.join("")}" fill="${this.fillStyle}" opacity="${this.globalAlpha}"/>`);
  }

  stroke() {
    if (!this.#path.length) return;
    this.#add(
      `<path d="${this.#path.join("")}" fill="none" stroke="${this.strokeStyle}" stroke-width="${this.lineWidth}" ` +
        `stroke-dasharray="${this.#dash.join(" ")}" stroke-linecap="${this.lineCap}" stroke-linejoin="${this.lineJoin}" ` +
        `opacity="${this.globalAlpha}"/>`,
    );
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  strokeRect(x, y, width, height) {
    this.#add(`<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none" stroke="${this.strokeStyle}"/>`);
  }

  /** @param {string} text */
  measureText(text) {
    const context = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
    context.font = this.font;
    return context.measureText(text);
  }

  /** @param {string} text @param {number} x @param {number} y @param {number} [maxWidth] */
  fillText(text, x, y, maxWidth = Infinity) {
    const anchor = { center: "middle", right: "end" }[this.textAlign] ?? "start";
    const baseline = { top: "hanging", middle: "central", bottom: "text-after-edge" }[this.textBaseline] ?? "auto";
    const [, size, family] = this.font.match(/([\d.]+)px (.*)/) ?? ["", "12", "sans-serif"];
    const name = family.replaceAll('"', "'").replaceAll("<", "");
    // With its width, a text has the same place in programs that do not have the font.
    const width = Math.min(this.measureText(text).width, maxWidth);
    const words = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    this.#add(
      `<text x="${rounded(x)}" y="${rounded(y)}" font-size="${size}" font-family="${name}" fill="${this.fillStyle}" ` +
        `text-anchor="${anchor}" dominant-baseline="${baseline}" ` +
        `textLength="${rounded(width)}" lengthAdjust="spacingAndGlyphs">${words}</text>`,
    );
  }

  /** @param {string} url @param {number} x @param {number} y @param {number} width @param {number} height */
  drawImage(url, x, y, width, height) {
    this.#add(`<image href="${url}" x="${x}" y="${y}" width="${width}" height="${height}" preserveAspectRatio="none"/>`);
  }

  save() {
    this.#saved = this.#transform;
  }

  restore() {
    this.#transform = this.#saved;
  }

  /** @param {number} x @param {number} y */
  translate(x, y) {
    this.#transform += `translate(${rounded(x)} ${rounded(y)})`;
  }

  /** @param {number} angle */
  rotate(angle) {
    this.#transform += `rotate(${rounded((angle * 180) / Math.PI)})`;
  }

  /** @param {string} element */
  #add(element) {
    this.parts.push(this.#transform ? `<g transform="${this.#transform}">${element}</g>` : element);
  }
}

/** Round a coordinate to a hundredth of a pixel. @param {number} value */
export function rounded(value) {
  return Number(value.toFixed(2));
}
