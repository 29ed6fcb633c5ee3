// Colours, fonts and drawing contexts for canvases, by the theme and the screen's resolution.

/** @typedef {{background: string, surface: string, text: string, muted: string, line: string, accent: string}} ThemeColours */

/**
 * Return the value of a CSS colour such as var(--class-0). A canvas does not know the page's variables.
 * @param {Element} element
 * @param {string} colour
 */
export function resolvedColour(element, colour) {
  const probe = document.createElement("span");
  probe.style.color = colour;
  element.append(probe);
  const result = getComputedStyle(probe).color;
  probe.remove();
  return result;
}

/** The theme's colours for axes and lines. @param {Element} element */
function resolvedTheme(element) {
  const names = ["background", "surface", "text", "muted", "line", "accent"];
  const entries = names.map((name) => [name, resolvedColour(element, `var(--${name})`)]);
  return /** @type {ThemeColours} */ (Object.fromEntries(entries));
}

/** Red, green and blue of #rrggbb or rgb(r, g, b). @param {string} colour */
export function channels(colour) {
  if (colour.startsWith("#")) return [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
  return (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
}

/** Clear a canvas and return its context, with CSS pixels as units. @param {HTMLCanvasElement} canvas @param {string} font */
export function freshContext(canvas, font) {
  const width = canvas.clientWidth, height = canvas.clientHeight, ratio = devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.font = font;
  return context;
}

/** @typedef {{theme: ThemeColours, font: number, canvasFont: string, pen: number}} PlotStyle Sizes in pixels; `pen` scales lines */

/**
 * Return the colours, font and line widths of plots.
 * @param {Element} root
 * @param {boolean} enlarged Whether to enlarge font and lines for a projector
 * @returns {PlotStyle}
 */
export function plotStyle(root, enlarged) {
  const { fontSize, fontFamily } = getComputedStyle(root), size = parseFloat(fontSize);
  const font = size * (enlarged ? 0.9 : 0.86);
  return { theme: resolvedTheme(root), font, canvasFont: `${font}px ${fontFamily}`, pen: enlarged ? size * 0.08 : 1 };
}

/**
 * Call `redraw` when the element's size has changed. Return a function that stops observing the size.
 * A change of the theme needs no observer: Streamlit then runs each component again, with the same data.
 * @param {HTMLElement} element
 * @param {() => void} redraw
 */
export function onLookChange(element, redraw) {
  const sizes = new ResizeObserver(redraw);
  sizes.observe(element);
  return () => sizes.disconnect();
}
