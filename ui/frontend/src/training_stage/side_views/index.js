// The views below the loss curve, and the buttons that choose which view is shown.

/** @import { StageContext } from "../context.js" */
/** @import { Values } from "../messages.js" */
/** @import { Row } from "../trajectory.js" */
import { element } from "../../shared/dom.js";
import { ParametersTable } from "./parameters_table.js";
import { ProbabilitySimplex } from "./probability_simplex.js";
import { WeightArrows } from "./weight_arrows.js";

/**
 * @typedef {Object} SideView
 * @property {string} kind Element that the view fills: the "table", or the canvas of a "drawing"
 * @property {string} label Key of the button's text
 * @property {boolean} isPossible Whether the view can show the single model
 * @property {() => void} [build] Called before the view is drawn, and when the size of the stage has changed
 * @property {(row: Row) => void} draw
 * @property {(row: Row) => string} [describe] Returns the view's text alternative
 */

const FIRST = 0, NONE = 4; // values of the setting `view`; the others are the numbers of the views

/**
 * The views by their numbers, which also occur in links; the next free number is 5.
 * @type {[number, new (context: StageContext) => SideView][]}
 */
const SIDE_VIEWS = [
  [1, ParametersTable],
  [2, WeightArrows],
  [3, ProbabilitySimplex],
];

export class SideViews {
  /** @type {SideView | null} */
  #shown = null;

  /**
   * @param {StageContext} context
   * @param {(values: Values) => void} change Changes settings
   */
  constructor(context, change) {
    this.context = context;
    this.change = change;
    /** @type {Map<number, SideView>} */
    this.views = new Map(SIDE_VIEWS.map(([number, View]) => [number, new View(context)]));
  }

  /** Choose the view to show, and draw the buttons. On a projector, no view is shown at first, for a larger loss curve. */
  build() {
    const { context } = this, { scene, models, values } = context, { texts } = scene;
    const possible = [...this.views].filter(([, view]) => models.length === 1 && view.isPossible);
    const isClosed = values.view === NONE || (!this.views.has(values.view) && scene.enlarged);
    const shown = isClosed ? undefined : (possible.find(([number]) => number === values.view) ?? possible[0]);
    this.#shown = shown?.[1] ?? null;
    const buttons = context.find(".side-view-buttons"), isLogarithmic = values.scale === 1;
    buttons.setAttribute("aria-label", texts.views);
    buttons.replaceChildren(
      ...possible.map(([number, view]) => this.#button(texts[view.label], view === this.#shown, "view", number, NONE)),
      this.#button(texts.logarithmic, isLogarithmic, "scale", 1, FIRST),
    );
    context.find(".parameters").hidden = this.#shown?.kind !== "table";
    context.find(".side-view").hidden = this.#shown?.kind !== "drawing";
    context.root.classList.toggle("with-side-view", this.#shown !== null);
  }

  /** Rebuild the view shown, since it depends on the size of the stage. */
  resize() {
    this.#shown?.build?.();
  }

  /** @param {Row} row */
  draw(row) {
    this.#shown?.draw(row);
  }

  /** @param {Row} row */
  describe(row) {
    this.context.find(".drawing").setAttribute("aria-label", this.#shown?.describe?.(row) ?? "");
  }

  /**
   * Create a button that switches a setting between two values.
   * @param {string} text
   * @param {boolean} isPressed
   * @param {string} key
   * @param {number} on
   * @param {number} off
   */
  #button(text, isPressed, key, on, off) {
    const button = element("button", { type: "button", textContent: text });
    button.setAttribute("aria-pressed", String(isPressed));
    button.onclick = () => {
      const buttons = this.context.find(".side-view-buttons"), index = [...buttons.children].indexOf(button);
      this.change({ [key]: isPressed ? off : on });
      /** @type {HTMLElement} */ (buttons.children[index]).focus();
    };
    return button;
  }
}
