// What outlives the component, which is mounted anew with each page.

/** @import { Direction } from "./keys.js" */

/**
 * @typedef {Object} LectureState
 * @property {string} step The open step, or ""
 * @property {boolean} isFolded Whether the step's text is hidden
 * @property {boolean} isPointerUsed Whether the pointer was used after the keyboard
 * @property {object | null} newest The newest component; that of the page before may still be there
 * @property {Direction | null} clicked Which of the two buttons was clicked last, if nothing else was since
 */

const global = /** @type {{softmaxLabLecture?: LectureState}} */ (globalThis);

/** @type {LectureState} */
const initial = { step: "", isFolded: false, isPointerUsed: false, newest: null, clicked: null };

export const state = (global.softmaxLabLecture ??= initial);
