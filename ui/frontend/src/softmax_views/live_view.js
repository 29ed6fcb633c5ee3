// A view of the logits of logit bars. It is drawn in the same frame as the bars.

/** @import { DrawnBars } from "../shared/events.js" */
import { emit, on } from "../shared/events.js";
import { mounted } from "../shared/mount.js";

/**
 * @typedef {Object} ViewData What Python sends (see ui/components/softmax_views.py)
 * @property {string} bars Key of the bars
 * @property {number[]} logits
 * @property {string[]} names
 * @property {string} glyphs One per class
 * @property {number} temperature
 * @property {number} lastMoved Class whose bar was moved last
 * @property {ViewOptions} options
 * @property {Record<string, string>} texts
 */

/**
 * @typedef {Object} ViewOptions What only some views need
 * @property {number} [offset] Constant that the view of the steps adds to all logits; the bars do not show it
 * @property {number} [target] True class of the derivation
 * @property {number} [lines] How many lines of the derivation are shown
 * @property {"logits" | "weights"} [part] What the derivation differentiates with respect to
 * @property {number[][]} [inputs] The samples X (n, d) of the derivation; the bars show the logits of the first one
 * @property {number[][]} [errors] ŷ − y of all samples but the first (n − 1, K)
 */

/**
 * @typedef {Object} ViewState What a view shows
 * @property {number[]} logits
 * @property {number} temperature
 * @property {number} lastMoved
 * @property {number | null} highlighted Class that is pointed at, here or elsewhere
 */

/** @typedef {{draw: (state: ViewState) => void}} Drawing */

/**
 * @typedef {(root: HTMLElement, data: ViewData, highlight: (k: number | null) => void) => Drawing} CreateDrawing
 * Fills the element with a view. The view calls `highlight` with the class that the user points at, or null.
 */

/** Return the component function for a kind of view. @param {CreateDrawing} create */
export function liveView(create) {
  return mounted((root, /** @type {ViewData} */ data) => {
    return new LiveView(/** @type {HTMLElement} */ (root.querySelector(".view")), data, create);
  });
}

class LiveView {
  /** @type {Drawing | null} */
  #drawing = null;
  #layout = "";
  /** @type {ViewState} */
  #state;

  /** @param {HTMLElement} root @param {ViewData} data @param {CreateDrawing} create */
  constructor(root, data, create) {
    this.root = root;
    this.data = data;
    this.create = create;
    this.#state = stateOf(data);
    const drawn = on("drawn", data.bars, (bars) => this.#follow(bars));
    const highlighted = on("highlight", data.bars, ({ k, source }) => source !== this && this.#draw({ highlighted: k }));
    this.close = () => [drawn, highlighted].forEach((stop) => stop());
  }

  /** Rebuild the view if names or texts have changed. New numbers come from the bars' "drawn" events. @param {ViewData} data */
  update(data) {
    const layout = JSON.stringify([data.names, data.texts, data.options]);
    this.data = data;
    if (layout === this.#layout) return;
    this.#layout = layout;
    this.root.replaceChildren();
    this.#drawing = this.create(this.root, data, (k) => this.#highlight(k));
    this.#draw(stateOf(data));
  }

  /** @param {DrawnBars} bars */
  #follow({ logits, temperature, lastMoved }) {
    if (logits.length !== this.data.names.length) return;
    this.#draw({ logits, temperature, lastMoved: lastMoved ?? this.#state.lastMoved });
  }

  /** Highlight a class here and wherever else it is shown. @param {number | null} k */
  #highlight(k) {
    this.#draw({ highlighted: k });
    emit("highlight", { bars: this.data.bars, k, source: this });
  }

  /** @param {Partial<ViewState>} change */
  #draw(change) {
    this.#state = { ...this.#state, ...change };
    this.#drawing?.draw(this.#state);
  }
}

/** @param {ViewData} data @returns {ViewState} */
function stateOf({ logits, temperature, lastMoved }) {
  return { logits, temperature, lastMoved, highlighted: null };
}

/** Symbol and name of a class. @param {ViewData} data @param {number} k */
export function className({ glyphs, names }, k) {
  return `${glyphs[k]} ${names[k]}`;
}
