/** How far a key moves a slider: 1 for an arrow key, 10 for a page key; 0 for other keys. @param {string} key */
export function keySteps(key) {
  /** @type {Record<string, number>} */
  const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
  return steps[key] ?? 0;
}
