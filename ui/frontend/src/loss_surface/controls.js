// Buttons, help text and text alternatives of the loss surface.

/** @import { Elements } from "./elements.js" */
/** @import { SurfaceMessage } from "./messages.js" */
/** @import { DescentPoint } from "./point.js" */
import { setButtons } from "./elements.js";

/**
 * @typedef {Object} ControlActions What the buttons do
 * @property {(is3d: boolean) => void} show3d
 * @property {() => void} step
 * @property {() => void} play
 * @property {() => void} pause
 * @property {() => void} back
 * @property {(by: number) => void} zoom
 * @property {() => void} resetCamera
 */

export class Controls {
  /** @type {HTMLButtonElement[]} */
  #stepButtons = [];

  /** @param {Elements} elements @param {ControlActions} actions */
  constructor(elements, actions) {
    this.elements = elements;
    this.actions = actions;
  }

  /**
   * Write the texts and buttons, which depend on the language, the picture shown, and whether the descent is playing.
   * @param {SurfaceMessage} message
   * @param {boolean} is3d
   * @param {boolean} isPlaying
   */
  write({ texts }, is3d, isPlaying) {
    const { elements, actions } = this;
    elements.root.classList.toggle("three-d", is3d);
    elements.surfaceCanvas.setAttribute("role", "img");
    elements.surfaceCanvas.tabIndex = is3d ? 0 : -1;
    elements.handle.setAttribute("role", "application");
    elements.handle.tabIndex = 0;
    elements.help.textContent = is3d ? texts.solidKeys : texts.mapKeys;
    const kinds = setButtons(elements.pictureButtons, texts.kinds, [
      { name: "map", text: texts.map, act: () => actions.show3d(false) },
      { name: "solid", text: texts.solid, act: () => actions.show3d(true) },
    ]);
    kinds.forEach((button, i) => button.setAttribute("aria-pressed", String(is3d === (i === 1))));
    this.#stepButtons = setButtons(elements.stepButtons, texts.moves, [
      { name: "step", text: texts.step, act: actions.step },
      isPlaying
        ? { name: "play", text: `❚❚ ${texts.pause}`, act: actions.pause }
        : { name: "play", text: `▶ ${texts.play}`, act: actions.play },
      { name: "back", text: `⟲ ${texts.back}`, act: actions.back },
    ]);
    setButtons(elements.cameraButtons, texts.camera, [
      { name: "zoom-in", text: "+", title: texts.zoomIn, act: () => actions.zoom(2) },
      { name: "zoom-out", text: "−", title: texts.zoomOut, act: () => actions.zoom(0.5) },
      { name: "reset", text: texts.reset, act: actions.resetCamera },
    ]);
  }

  /**
   * Write the text alternatives with the point's numbers, and disable the buttons that cannot be used now.
   * @param {SurfaceMessage} message
   * @param {boolean} is3d
   * @param {DescentPoint} point
   */
  describe({ texts, names, target, maxSteps }, is3d, point) {
    const text = point.describe();
    this.elements.handle.setAttribute("aria-label", texts.point.replace("{name}", names[target]).replace("{text}", text));
    this.elements.surfaceCanvas.setAttribute("aria-label", `${is3d ? texts.solidAlt : texts.mapAlt} ${text}`);
    if (!this.#stepButtons.length) return;
    const [step, play, back] = this.#stepButtons;
    step.disabled = play.disabled = point.position >= maxSteps;
    back.disabled = point.lastStep < 1;
  }
}
