// Finds out which keys the element with the focus uses itself.

/** @import { Focus } from "./keys.js" */

const TEXT = "textarea, select, [contenteditable], [role=combobox], [role=listbox], " +
  "input:not([type=range], [type=checkbox], [type=radio])";
const SLIDER = "input[type=range], [role=slider], [role=spinbutton]";
const ARROWS = `${TEXT}, ${SLIDER}, input, [role=radio], [role=radiogroup], [role=tab], [role=menu], .scroll-x`;
const NO_ARROWS = "button, a, summary, [data-testid=stMain]"; // can have the focus, but do not use the arrow keys

/** Return which keys the target of a keyboard event uses itself. @param {EventTarget} target @returns {Focus} */
export function focusOf(target) {
  /** @param {string} selector */
  const isWithin = (selector) => target instanceof Element && target.closest(selector) !== null;
  const mayUseArrows = target instanceof HTMLElement && target.tabIndex >= 0 && !target.matches(NO_ARROWS);
  return { isText: isWithin(TEXT), isSlider: isWithin(SLIDER), usesArrows: mayUseArrows || isWithin(ARROWS) };
}
