// Events between the logit bars and other views of the same logits, so that all are drawn in the same frame.

/**
 * @typedef {Object} DrawnBars The values that the bars show now
 * @property {string} bars Key of the bars
 * @property {number[]} logits
 * @property {number} temperature
 * @property {number | null} lastMoved Class whose bar was moved last
 * @property {boolean} moving Whether the values are still being changed
 */

/** @typedef {{bars: string, k: number | null, source?: object}} HighlightedClass The class pointed at, or null */

/** @typedef {{bars: string, logits: number[], released: boolean, cancelled?: boolean}} MovedLogits Logits set in a view */

/** @typedef {{drawn: DrawnBars, highlight: HighlightedClass, moved: MovedLogits}} EventDetails */

/**
 * Dispatch an event to all listeners on the page.
 * @template {keyof EventDetails} Kind
 * @param {Kind} kind
 * @param {EventDetails[Kind]} detail
 */
export function emit(kind, detail) {
  document.dispatchEvent(new CustomEvent(`softmax-lab:${kind}`, { detail }));
}

/**
 * Call `action` on each event about the bars with this key. Return a function that stops listening.
 * @template {keyof EventDetails} Kind
 * @param {Kind} kind
 * @param {string} bars
 * @param {(detail: EventDetails[Kind]) => void} action
 */
export function on(kind, bars, action) {
  /** @param {Event} event */
  const listener = (event) => {
    const { detail } = /** @type {CustomEvent<EventDetails[Kind]>} */ (event);
    if (detail.bars === bars) action(detail);
  };
  document.addEventListener(`softmax-lab:${kind}`, listener);
  return () => document.removeEventListener(`softmax-lab:${kind}`, listener);
}
