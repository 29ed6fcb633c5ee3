// State kept on globalThis, because the component is mounted anew with each page.

/** @import { Direction } from "./keys.js" */

/**
 * @typedef {Object} LectureState
 * @property {string} step The open step, or ""
 * @property {boolean} isFolded Whether the step's text is hidden
 * @property {boolean} isPointerUsed Whether the pointer was used after the keyboard
 * @property {object | null} newest The newest component; the one of the previous page may still exist
 * @property {Direction | null} clicked The step button that the user's last click hit; null if it hit anything else
 */

const global = /** @type {{softmaxLabLecture?: LectureState}} */ (globalThis);

/** @type {LectureState} */
const initial = { step: "", isFolded: false, isPointerUsed: false, newest: null, clicked: null };

export const state = (global.softmaxLabLecture ??= initial);
