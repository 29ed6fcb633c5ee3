// Events between the logit bars and the views of the same logits, in the same frame.

/**
 * "drawn": what the bars show now; "light": the class that is pointed at, or null; "move": logits that a view wants.
 * @typedef {"drawn" | "light" | "move"} EventKind
 */

/**
 * @param {EventKind} kind
 * @param {{bars: string} & Record<string, any>} detail
 */
export function emit(kind, detail) {
  document.dispatchEvent(new CustomEvent(`softmax-lab:${kind}`, { detail }));
}

/**
 * Call `action` on each event about the bars with a key. Return a function that ends this.
 * @param {EventKind} kind
 * @param {string} bars
 * @param {(detail: any) => void} action
 */
export function on(kind, bars, action) {
  /** @param {Event} event */
  const listener = (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    if (detail.bars === bars) action(detail);
  };
  document.addEventListener(`softmax-lab:${kind}`, listener);
  return () => document.removeEventListener(`softmax-lab:${kind}`, listener);
}
