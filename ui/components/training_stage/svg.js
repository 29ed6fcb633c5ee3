// The stage as a vector picture: a drawing context that writes SVG, with just the calls the stage makes.

class SvgContext {
  constructor(font) {
    this.parts = [];
    this.font = font;
    this.path = [];
    this.dash = [];
    this.transform = "";
    this.globalAlpha = 1;
    Object.assign(this, { fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, lineCap: "butt", lineJoin: "miter" });
    Object.assign(this, { textAlign: "start", textBaseline: "alphabetic" });
  }

  beginPath() { this.path = []; }
  moveTo(x, y) { this.path.push(`M${fixed(x)} ${fixed(y)}`); }
  lineTo(x, y) { this.path.push(`${this.path.length ? "L" : "M"}${fixed(x)} ${fixed(y)}`); }
  closePath() { this.path.push("Z"); }
  arc(x, y, r) {
    const [left, right, radius] = [x - r, x + r, r].map(fixed);
    this.path.push(`M${left} ${fixed(y)}A${radius} ${radius} 0 1 0 ${right} ${fixed(y)}A${radius} ${radius} 0 1 0 ${left} ${fixed(y)}Z`);
  }
  setLineDash(dash) { this.dash = dash; }
  fill() { this.add(`<path d="${this.path.join("")}" fill="${this.fillStyle}" opacity="${this.globalAlpha}"/>`); }
  stroke() {
    if (!this.path.length) return;
    this.add(
      `<path d="${this.path.join("")}" fill="none" stroke="${this.strokeStyle}" stroke-width="${this.lineWidth}" ` +
        `stroke-dasharray="${this.dash.join(" ")}" stroke-linecap="${this.lineCap}" stroke-linejoin="${this.lineJoin}"/>`,
    );
  }
  strokeRect(x, y, width, height) {
    this.add(`<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none" stroke="${this.strokeStyle}"/>`);
  }
  measureText(text) {
    const context = document.createElement("canvas").getContext("2d");
    context.font = this.font;
    return context.measureText(text);
  }
  fillText(text, x, y) {
    const anchor = { center: "middle", right: "end" }[this.textAlign] ?? "start";
    const baseline = { top: "hanging", middle: "central", bottom: "text-after-edge" }[this.textBaseline] ?? "auto";
    const [, size, family] = this.font.match(/([\d.]+)px (.*)/);
    const name = family.replaceAll('"', "'").replaceAll("<", "");
    const words = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    this.add(
      `<text x="${fixed(x)}" y="${fixed(y)}" font-size="${size}" font-family="${name}" fill="${this.fillStyle}" ` +
        `text-anchor="${anchor}" dominant-baseline="${baseline}">${words}</text>`,
    );
  }
  drawImage(url, x, y, width, height) {
    this.add(`<image href="${url}" x="${x}" y="${y}" width="${width}" height="${height}" preserveAspectRatio="none"/>`);
  }
  save() { this.saved = this.transform; }
  restore() { this.transform = this.saved; }
  translate(x, y) { this.transform += `translate(${fixed(x)} ${fixed(y)})`; }
  rotate(angle) { this.transform += `rotate(${fixed((angle * 180) / Math.PI)})`; }
  clearRect() {}
  setTransform() {}

  add(element) {
    this.parts.push(this.transform ? `<g transform="${this.transform}">${element}</g>` : element);
  }
}

/** A coordinate, to a hundredth of a pixel. */
function fixed(value) {
  return Number(value.toFixed(2));
}
