/** Return by how many steps a key moves a slider: ±1 for arrow keys, ±10 for page keys, 0 for others. @param {string} key */
export function keySteps(key) {
  /** @type {Record<string, number>} */
  const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
  return steps[key] ?? 0;
}
