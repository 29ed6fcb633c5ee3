// The elements of the lecture's panel, which Streamlit draws.

/** @import { Direction } from "./keys.js" */

/** The button to the next step or the one before, unless there is none. @param {Direction} direction */
export function stepButton(direction) {
  return /** @type {HTMLElement | null} */ (document.querySelector(`.st-key-lecture_${direction} button:not([disabled])`));
}

/** Which of the two buttons an element belongs to. @param {EventTarget} target @returns {Direction | null} */
export function directionOf(target) {
  if (!(target instanceof Element)) return null;
  if (target.closest(".st-key-lecture_next")) return "next";
  return target.closest(".st-key-lecture_back") ? "back" : null;
}

/** The button of an answer. @param {number} index */
export function optionButton(index) {
  const options = document.querySelectorAll(".st-key-lecture_options button");
  return /** @type {HTMLElement | undefined} */ (options[index]);
}

/** Hide or show the text of the step. @param {boolean} isFolded */
export function foldPanel(isFolded) {
  document.querySelector(".st-key-lecture")?.toggleAttribute("data-folded", isFolded);
}
