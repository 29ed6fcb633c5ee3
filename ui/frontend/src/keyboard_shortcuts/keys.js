// Which key does what. Presentation remotes send PageDown, PageUp, and "b" or "." for a dark screen.

/** @typedef {"next" | "back"} Direction */

/**
 * Which keys the element with the focus uses itself.
 * @typedef {Object} Focus
 * @property {boolean} isText Whether the user can type into the element
 * @property {boolean} isSlider
 * @property {boolean} usesArrows Whether the element uses the arrow keys, or may use them
 */

/** @typedef {{kind: "step", direction: Direction} | {kind: "list"} | {kind: "fold"} | {kind: "option", index: number}} Shortcut */

/** @type {Record<string, Direction>} */
const PAGE_KEYS = { PageDown: "next", PageUp: "back" };
/** @type {Record<string, Direction>} */
const ARROW_KEYS = { ArrowRight: "next", ArrowLeft: "back" };
const MODIFIERS = ["Shift", "Control", "Alt", "Meta"];

/** Whether a key shows that the user works with the keyboard: not PageDown, PageUp or a modifier key. @param {string} key */
export function isKeyboardUse(key) {
  return !(key in PAGE_KEYS) && !MODIFIERS.includes(key);
}

/**
 * Return the direction of PageDown or PageUp, which remotes send; null for other keys. Text fields keep these two keys, and
 * so does a slider while the user works with the keyboard.
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
 * Return the shortcut of a key other than PageDown and PageUp; null if it has none or the focused element uses the key.
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
