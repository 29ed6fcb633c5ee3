// Finds the elements of the lecture's panel, which Streamlit draws.

/** @import { Direction } from "./keys.js" */

/**
 * Return the button to the next or previous step; null if it is missing or disabled. While a class is asked, its button
 * that moves on comes first.
 * @param {Direction} direction
 */
export function stepButton(direction) {
  const inClass = /** @type {HTMLElement | null} */ (document.querySelector(".st-key-class_forward button"));
  if (inClass && direction === "next") return inClass;
  return /** @type {HTMLElement | null} */ (document.querySelector(`.st-key-lecture_${direction} button:not([disabled])`));
}

/**
 * Return the direction of the step button that contains an element, or null.
 * @param {EventTarget} target
 * @returns {Direction | null}
 */
export function directionOf(target) {
  if (!(target instanceof Element)) return null;
  if (target.closest(".st-key-lecture_next")) return "next";
  return target.closest(".st-key-lecture_back") ? "back" : null;
}

/** Return the button of the answer with this index, if there is one. @param {number} index */
export function optionButton(index) {
  const options = document.querySelectorAll(".st-key-lecture_options button");
  return /** @type {HTMLElement | undefined} */ (options[index]);
}

/** Hide or show the text of the step. @param {boolean} isFolded */
export function foldPanel(isFolded) {
  document.querySelector(".st-key-lecture")?.toggleAttribute("data-folded", isFolded);
}
