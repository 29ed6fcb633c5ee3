// Moves the bars of a chart that Python has drawn anew: Streamlit replaces the chart, and its bars would jump.

import { prefersReducedMotion } from "../shared/motion.js";

const BARS = ".bars i"; // `paired_bars` and `stacked_bars` in ui/look/html.py
const MOVEMENT = { duration: 600, easing: "ease-in-out" };

/** Let each bar whose chart is replaced move from its width before to the new one. */
export function moveReplacedBars() {
  new MutationObserver((changes) => {
    if (!prefersReducedMotion()) changes.forEach(moveBars);
  }).observe(document.body, { subtree: true, childList: true });
}

/** @param {MutationRecord} change */
function moveBars({ removedNodes, addedNodes }) {
  const before = barsIn(removedNodes), after = barsIn(addedNodes);
  if (before.length !== after.length) return;
  after.forEach((bar, i) => {
    const widths = [before[i], bar].map(({ style }) => style.width);
    if (widths[0] !== widths[1]) bar.animate({ width: widths }, MOVEMENT);
  });
}

/** @param {NodeList} nodes @returns {HTMLElement[]} */
function barsIn(nodes) {
  return [...nodes].flatMap((node) => {
    return node instanceof Element ? [.../** @type {NodeListOf<HTMLElement>} */ (node.querySelectorAll(BARS))] : [];
  });
}
