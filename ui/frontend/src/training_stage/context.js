// State and styles that all parts of the stage share.

/** @import { Scene, Theme, Values } from "./messages.js" */
/** @import { ModelView } from "./model_view.js" */
/** @import { Player } from "./player.js" */
/** @import { RowBuffer } from "./row_buffer.js" */
import { channels } from "../shared/canvas.js";
import { niceCeil } from "../shared/ticks.js";
import { paletteOf } from "./decision_regions.js";
import { Surfaces } from "./surfaces.js";

/**
 * @typedef {Object} Style
 * @property {Theme} theme
 * @property {number[][]} colours Red, green and blue of each class
 * @property {Uint32Array} palette
 * @property {number} font Font size in pixels
 * @property {string} canvasFont
 * @property {number} pen Factor for line widths
 */

export class StageContext {
  surfaces = new Surfaces();
  /** @type {ModelView[]} */
  models = [];
  /** @type {Values} */
  values = {};
  /** Values of the picture that are on their way to those in `values` @type {Values} */
  moving = {};
  /** @type {number | null} */
  selectedSample = null;

  /**
   * @param {HTMLElement} root
   * @param {Scene} scene
   * @param {RowBuffer} buffer
   * @param {Player} player
   */
  constructor(root, scene, buffer, player) {
    this.root = root;
    this.scene = scene;
    this.buffer = buffer;
    this.player = player;
    this.style = this.readStyle();
  }

  get classes() {
    return this.scene.classNames.length;
  }

  /** The rows shown now, one per model. */
  get rows() {
    return this.buffer.trajectories.map((trajectory) => trajectory.at(this.player.shown));
  }

  /** The settings as the picture shows them now. */
  get shownValues() {
    return { ...this.values, ...this.moving };
  }

  /** The threshold of each class: the class's own, the common one, or 0.5. */
  get thresholds() {
    const values = this.shownValues;
    return this.scene.classNames.map((_, k) => values[`threshold_${k}`] ?? values.threshold ?? 0.5);
  }

  /** Last step of the loss curve's axis and of the scrubber. */
  get axisEnd() {
    return Math.min(this.scene.maxSteps, niceCeil(Math.max(200, this.player.furthest)));
  }

  /** An element of the stage. @param {string} selector @returns {HTMLElement} */
  find(selector) {
    return /** @type {HTMLElement} */ (this.root.querySelector(selector));
  }

  /** @param {string} selector @returns {HTMLCanvasElement} */
  canvas(selector) {
    return /** @type {HTMLCanvasElement} */ (this.find(selector));
  }

  /** The element with the test ID "stage-…". @param {string} name */
  named(name) {
    return this.find(`[data-testid="stage-${name}"]`);
  }

  /**
   * Return the heading of a model. A control's key in braces is replaced by the value with which the step shown was computed,
   * followed by the new value if the user has just changed it.
   * @param {ModelView} model
   */
  titleOf(model) {
    const { shown } = this.player, changes = this.buffer.trajectories[this.models.indexOf(model)]?.changesSince(shown) ?? [];
    return model.description.title.replace(/\{(\w+)\}/g, (_, key) => {
      const control = this.scene.controls.find((one) => one.key === key);
      /** @param {number} value */
      const text = (value) => control?.texts[control.options.indexOf(value)] ?? "";
      const name = /** @type {"rate" | "batch"} */ (key.replace(/_b$/, ""));
      const [used, next] = [...changes.map((change) => change[name]), this.values[key], this.values[key]].map(text);
      return changes[0]?.step === shown && used !== next ? `${used} → ${next}` : used;
    });
  }

  /** Return the colour of model i's loss curves. @param {number} i */
  curveColour(i) {
    return i === 0 ? this.style.theme.accent : this.style.theme.text;
  }

  /** @returns {Style} */
  readStyle() {
    const computed = getComputedStyle(this.root), { enlarged, themes } = this.scene;
    const [r, g, b] = channels(computed.getPropertyValue("--st-background-color").trim());
    const theme = themes[r + g + b < 384 ? "dark" : "light"], size = parseFloat(computed.fontSize);
    const font = size * (enlarged ? 0.9 : 0.86);
    const colours = theme.classes.map(channels);
    return {
      theme,
      colours,
      palette: paletteOf({ colours, background: channels(theme.background) }),
      font,
      canvasFont: `${font}px ${computed.fontFamily}`,
      pen: enlarged ? size * 0.08 : 1,
    };
  }
}

/** Return the test ID of a number of model i: only later models have a suffix. @param {string} name @param {number} i */
export function withSuffix(name, i) {
  return i === 0 ? name : `${name}-${i + 1}`;
}
