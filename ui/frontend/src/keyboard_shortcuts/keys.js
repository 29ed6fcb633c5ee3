// Which key does what. Presentation remotes send PageDown, PageUp, and "b" or "." for a dark screen.

/** @typedef {"next" | "back"} Direction */

/**
 * What the element with the focus does with keys.
 * @typedef {Object} Focus
 * @property {boolean} isText It is typed into
 * @property {boolean} isSlider
 * @property {boolean} usesArrows It is or may be moved by the arrow keys
 */

/** @typedef {{kind: "step", direction: Direction} | {kind: "list"} | {kind: "fold"} | {kind: "option", index: number}} Shortcut */

/** @type {Record<string, Direction>} */
const PAGE_KEYS = { PageDown: "next", PageUp: "back" };
/** @type {Record<string, Direction>} */
const ARROW_KEYS = { ArrowRight: "next", ArrowLeft: "back" };
const MODIFIERS = ["Shift", "Control", "Alt", "Meta"];

/** Whether a key is pressed to use the keyboard, and not by a remote or with the pointer. @param {string} key */
export function isKeyboardUse(key) {
  return !(key in PAGE_KEYS) && !MODIFIERS.includes(key);
}

/**
 * The direction of a remote's key. It works wherever the pointer has put the focus; only a slider that has got the focus by
 * keyboard keeps these keys.
 * @param {string} key
 * @param {Focus} focus
 * @param {boolean} isPointerUsed Whether the pointer was used after the keyboard
 * @returns {Direction | null}
 */
export function remoteDirection(key, focus, isPointerUsed) {
  if (focus.isText || (focus.isSlider && !isPointerUsed)) return null;
  return PAGE_KEYS[key] ?? null;
}

/**
 * The shortcut of any other key, which the element with the focus has not used.
 * @param {string} key
 * @param {boolean} shift
 * @param {Focus} focus
 * @returns {Shortcut | null}
 */
export function shortcut(key, shift, focus) {
  if (focus.isText) return null;
  if (key === "?") return { kind: "list" };
  if (["b", "B", "."].includes(key)) return { kind: "fold" };
  if (key in ARROW_KEYS && !shift && !focus.usesArrows) return { kind: "step", direction: ARROW_KEYS[key] };
  if (/^[1-9]$/.test(key) && !focus.isSlider) return { kind: "option", index: Number(key) - 1 };
  return null;
}
