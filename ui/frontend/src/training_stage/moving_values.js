// Moves the crosshair and the thresholds to the values that Python has set, as the picture shows them.

/** @import { StageContext } from "./context.js" */
/** @import { Values } from "./messages.js" */
/** @import { Picture } from "./picture.js" */
/** @import { SettingsControls } from "./settings_controls.js" */
import { animate } from "../shared/motion.js";

const MOVEMENT_MS = 600;
const MOVING = /^(probe_[xy]|threshold(_\d+)?)$/;

/**
 * Interpolate a value; a threshold in steps of 0.05, as its slider does.
 * @param {string} key
 * @param {number} from
 * @param {number} to
 * @param {number} share 0 … 1
 */
export function valueBetween(key, from, to, share) {
  const value = from + share * (to - from);
  return key.startsWith("threshold") ? Math.round(value * 20) / 20 : value;
}

export class MovingValues {
  #stop = () => {};

  /**
   * @param {StageContext} context
   * @param {SettingsControls} controls
   * @param {Picture} picture
   * @param {() => void} onMove Called in each frame of a movement
   */
  constructor(context, controls, picture, onMove) {
    this.context = context;
    this.controls = controls;
    this.picture = picture;
    this.onMove = onMove;
  }

  get isMoving() {
    return Object.keys(this.context.moving).length > 0;
  }

  /** Move from these values to the present ones. @param {Values} before */
  moveFrom(before) {
    const { context, controls, picture } = this, { values } = context;
    const keys = Object.keys(values).filter((key) => MOVING.test(key) && key in before && before[key] !== values[key]);
    this.end();
    if (!keys.length) return;
    const isShadingAnew = keys.some((key) => key.startsWith("threshold"));
    this.#stop = animate(MOVEMENT_MS, (share) => {
      const moved = keys.map((key) => [key, valueBetween(key, before[key], values[key], share)]);
      context.moving = share === 1 ? {} : Object.fromEntries(moved);
      if (isShadingAnew) controls.show(context.scene.controls, context.shownValues, context.scene.texts.help);
      if (share === 1) picture.draw();
      else picture.drawMoving(isShadingAnew);
      this.onMove();
    });
  }

  /** Let the picture show the present values from the next drawing on. */
  end() {
    this.#stop();
    this.context.moving = {};
  }
}
