// Colours of losses: mixtures of the theme's background and accent colours.

/** @import { ThemeColours } from "../shared/canvas.js" */
import { channels } from "../shared/canvas.js";

/** Return the strength of a loss's colour: 1 for a loss of 0, and less for a larger loss. @param {number} loss */
export function strengthOf(loss) {
  return 1 / (1 + loss);
}

/**
 * Return a function that mixes a CSS colour: its arguments are the share of the accent colour and the brightness, both 0 … 1.
 * @param {Pick<ThemeColours, "background" | "accent">} theme
 */
export function shader(theme) {
  const background = channels(theme.background), accent = channels(theme.accent);
  return (/** @type {number} */ strength, light = 1) => {
    const mixed = background.map((value, i) => Math.round((value + strength * (accent[i] - value)) * light));
    return `rgb(${mixed.join(",")})`;
  };
}
