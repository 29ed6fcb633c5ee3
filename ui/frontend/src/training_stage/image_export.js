// Saving the picture on the stage as PNG or SVG.

/** @import { StageContext } from "./context.js" */
import { marker } from "../shared/markers.js";
import { SvgContext, rounded } from "./svg_context.js";

/**
 * Save what is on the canvases, with class names, step and losses below.
 * @param {StageContext} context
 * @param {"png" | "svg"} kind
 * @param {() => void} draw Draws everything
 * @param {string} summary Step and losses
 */
export async function saveImage(context, kind, draw, summary) {
  const { root, style } = context, footer = style.font * 2;
  const canvases = [...root.querySelectorAll("canvas")].filter((canvas) => canvas.clientWidth);
  const boxes = canvases.map((canvas) => canvas.getBoundingClientRect());
  const left = context.find(".panels").getBoundingClientRect().left, top = Math.min(...boxes.map((box) => box.top));
  const width = Math.max(...boxes.map((box) => box.right)) - left;
  const height = Math.max(...boxes.map((box) => box.bottom)) - top + footer;
  /** @param {HTMLCanvasElement} canvas */
  const offset = (canvas) => {
    const box = canvas.getBoundingClientRect();
    return [box.left - left, box.top - top];
  };
  const save = { canvases, offset, width, height, footer, summary };
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
 * @property {number} footer
 * @property {string} summary
 */

/** @param {StageContext} context @param {Layout} layout @param {() => void} draw */
function svgBlob(context, { canvases, offset, width, height, footer, summary }, draw) {
  const { theme, canvasFont } = context.style;
  const layers = context.surfaces.record(draw).sort((a, b) => canvases.indexOf(a.canvas) - canvases.indexOf(b.canvas));
  const names = new SvgContext(canvasFont);
  drawFooter(context, names.asCanvasContext, width, height - footer / 2, summary);
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
function pngBlob(context, { canvases, offset, width, height, footer, summary }) {
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
  drawFooter(context, canvas, width, height - footer / 2, summary);
  return new Promise((resolve) => sheet.toBlob((blob) => resolve(/** @type {Blob} */ (blob))));
}

/**
 * The classes with their markers, and the summary.
 * @param {StageContext} context
 * @param {CanvasRenderingContext2D} canvas
 * @param {number} width
 * @param {number} y
 * @param {string} summary
 */
function drawFooter({ scene, style }, canvas, width, y, summary) {
  const { font, theme } = style;
  let x = font;
  canvas.textAlign = "left";
  canvas.textBaseline = "middle";
  scene.classNames.forEach((name, k) => {
    marker(canvas, scene.shapes[k], x, y, font * 0.4);
    canvas.fillStyle = theme.classes[k];
    canvas.fill();
    canvas.fillText(name, x + font, y);
    x += font * 2.5 + canvas.measureText(name).width;
  });
  canvas.textAlign = "right";
  canvas.fillStyle = theme.text;
  canvas.fillText(summary, width - font, y);
}
