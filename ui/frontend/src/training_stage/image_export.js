// Saves the picture on the stage as PNG or SVG.

/** @import { StageContext } from "./context.js" */
import { Footer } from "./footer.js";
import { SvgContext, rounded } from "./svg_context.js";

/**
 * Save what is on the canvases, with class names, step and losses below.
 * @param {StageContext} context
 * @param {"png" | "svg"} kind
 * @param {() => void} draw Draws everything
 * @param {string[]} summary Step, losses of each run, and the note on the plane
 */
export async function saveImage(context, kind, draw, summary) {
  const { root } = context;
  const canvases = [...root.querySelectorAll("canvas")].filter((canvas) => canvas.clientWidth);
  const boxes = canvases.map((canvas) => canvas.getBoundingClientRect());
  const left = context.find(".panels").getBoundingClientRect().left, top = Math.min(...boxes.map((box) => box.top));
  const width = Math.max(...boxes.map((box) => box.right)) - left;
  const footer = new Footer(context, summary, width), drawn = Math.max(...boxes.map((box) => box.bottom)) - top;
  /** @param {HTMLCanvasElement} canvas */
  const offset = (canvas) => {
    const box = canvas.getBoundingClientRect();
    return [box.left - left, box.top - top];
  };
  const save = { canvases, offset, width, height: drawn + footer.height, footer };
  const blob = kind === "svg" ? svgBlob(context, save, draw) : await pngBlob(context, save);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${fileName(context.scene.dataName, context.player.shown, new Date())}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** The name of a file without extension, like those of `export.file_name` in Python. @param {string} dataName @param {number} step @param {Date} date */
export function fileName(dataName, step, date) {
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  return `${dataName}-step-${step}-${day}`;
}

/**
 * @typedef {Object} Layout
 * @property {HTMLCanvasElement[]} canvases
 * @property {(canvas: HTMLCanvasElement) => number[]} offset
 * @property {number} width
 * @property {number} height
 * @property {Footer} footer
 */

/** @param {StageContext} context @param {Layout} layout @param {() => void} draw */
function svgBlob(context, { canvases, offset, width, height, footer }, draw) {
  const { theme, canvasFont } = context.style;
  const layers = context.surfaces.record(draw).sort((a, b) => canvases.indexOf(a.canvas) - canvases.indexOf(b.canvas));
  const names = new SvgContext(canvasFont);
  footer.draw(names.asCanvasContext, height - footer.height);
  const groups = layers.map((layer) => {
    const [x, y] = offset(layer.canvas).map(rounded);
    return `<g transform="translate(${x} ${y})">${layer.context.parts.join("")}</g>`;
  });
  const size = `width="${rounded(width)}" height="${rounded(height)}" viewBox="0 0 ${rounded(width)} ${rounded(height)}"`;
  const background = `<rect width="100%" height="100%" fill="${theme.background}"/>`;
  const body = [background, ...groups, ...names.parts].join("");
  return new Blob([`<svg xmlns="http://www.w3.org/2000/svg" ${size}>${body}</svg>`], { type: "image/svg+xml" });
}

/** @param {StageContext} context @param {Layout} layout @returns {Promise<Blob>} */
function pngBlob(context, { canvases, offset, width, height, footer }) {
  const ratio = devicePixelRatio || 1, sheet = document.createElement("canvas");
  sheet.width = width * ratio;
  sheet.height = height * ratio;
  const canvas = /** @type {CanvasRenderingContext2D} */ (sheet.getContext("2d"));
  canvas.scale(ratio, ratio);
  canvas.fillStyle = context.style.theme.background;
  canvas.fillRect(0, 0, width, height);
  for (const layer of canvases) {
    const [x, y] = offset(layer);
    canvas.drawImage(layer, x, y, layer.clientWidth, layer.clientHeight);
  }
  canvas.font = context.style.canvasFont;
  footer.draw(canvas, height - footer.height);
  return new Promise((resolve) => sheet.toBlob((blob) => resolve(/** @type {Blob} */ (blob))));
}
