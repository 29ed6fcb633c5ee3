// Colours of losses: between the theme's background and its accent.

/** @import { ThemeColours } from "../shared/canvas.js" */
import { channels } from "../shared/canvas.js";

/** How strongly a loss is coloured: 1 for no loss, less for a greater one. @param {number} loss */
export function strengthOf(loss) {
  return 1 / (1 + loss);
}

/**
 * A function from a strength, 0 … 1, and a brightness, 0 … 1, to a colour.
 * @param {Pick<ThemeColours, "background" | "accent">} theme
 */
export function shader(theme) {
  const background = channels(theme.background), accent = channels(theme.accent);
  return (/** @type {number} */ strength, light = 1) => {
    const mixed = background.map((value, i) => Math.round((value + strength * (accent[i] - value)) * light));
    return `rgb(${mixed.join(",")})`;
  };
}
