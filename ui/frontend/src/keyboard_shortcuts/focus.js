/** @import { Focus } from "./keys.js" */

const TEXT = "textarea, select, [contenteditable], [role=combobox], [role=listbox], " +
  "input:not([type=range], [type=checkbox], [type=radio])";
const SLIDER = "input[type=range], [role=slider], [role=spinbutton]";
const ARROWS = `${TEXT}, ${SLIDER}, input, [role=radio], [role=radiogroup], [role=tab], [role=menu], .scroll-x`;
const NO_ARROWS = "button, a, summary, [data-testid=stMain]"; // of the elements that can have the focus

/** What the target of a key does with keys. @param {EventTarget} target @returns {Focus} */
export function focusOf(target) {
  /** @param {string} selector */
  const isWithin = (selector) => target instanceof Element && target.closest(selector) !== null;
  const mayUseArrows = target instanceof HTMLElement && target.tabIndex >= 0 && !target.matches(NO_ARROWS);
  return { isText: isWithin(TEXT), isSlider: isWithin(SLIDER), usesArrows: mayUseArrows || isWithin(ARROWS) };
}
