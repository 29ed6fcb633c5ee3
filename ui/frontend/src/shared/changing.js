// Marks that a figure has changed, so that the numbers which Python computes from it are pale until new ones arrive.

/**
 * Set or remove the mark of a component, a class of the page. `following` in ui/look/layout.py is the other side.
 * @param {string} component
 * @param {boolean} isChanging
 */
export function markChanging(component, isChanging) {
  document.documentElement.classList.toggle(`changing-${component}`, isChanging);
}
