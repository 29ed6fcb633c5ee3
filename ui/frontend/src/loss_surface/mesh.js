// The surface over a section of the plane, independent of the camera: heights and colours of its cells.

/** @import { ThemeColours } from "../shared/canvas.js" */
/** @import { Section } from "./camera.js" */
import { lossGrid } from "./descent.js";
import { shader, strengthOf } from "./shading.js";

export const CELLS = 40; // along a side
export const MAX_HEIGHT = 1.7; // height of the surface; its base is 2 wide

export class SurfaceMesh {
  /** @param {Pick<ThemeColours, "background" | "accent">} theme @param {Section} section @param {number} target */
  constructor(theme, section, target) {
    const losses = lossGrid(section, CELLS, target), width = CELLS + 1, colour = shader(theme);
    this.low = Math.min(...losses);
    this.high = Math.max(...losses);
    /** @type {[number, number, number][]} Nodes in −1 … 1, −1 … 1, 0 … MAX_HEIGHT */
    this.nodes = Array.from(losses, (loss, i) => [
      (2 * (i % width)) / CELLS - 1, (2 * Math.floor(i / width)) / CELLS - 1, this.height(loss),
    ]);
    /** Colour of the cell to the upper right of each node, darker where the surface is steep */
    this.colours = Array.from(losses, (loss, i) => {
      const slopeX = (CELLS / 2) * (this.height(losses[i + 1] ?? loss) - this.height(loss));
      const slopeY = (CELLS / 2) * (this.height(losses[i + width] ?? loss) - this.height(loss));
      const light = 0.8 + (0.2 * (1 + 0.5 * slopeX + 0.7 * slopeY)) / Math.hypot(slopeX, slopeY, 1);
      return colour(0.15 + 0.6 * strengthOf(loss), Math.min(light, 1));
    });
  }

  /** Return the height of the surface at a loss: 0 for the smallest, MAX_HEIGHT for the largest. @param {number} loss */
  height(loss) {
    return (MAX_HEIGHT * (loss - this.low)) / (this.high - this.low);
  }
}
