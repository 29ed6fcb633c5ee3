// Keys of the stage. They work wherever the focus is, unless the focused control uses the key itself.

/** @import { StageContext } from "./context.js" */
/** @import { HistoryCommand } from "./messages.js" */
/** @import { Probe } from "./probe.js" */
/** @import { SettingsControls } from "./settings_controls.js" */

const ROLES = ["slider", "radio", "tab", "combobox", "spinbutton", "switch", "checkbox", "option", "menuitem", "dialog"];
const CONTROLS = ["a", "button", "input", "select", "textarea", "summary", ...ROLES.map((role) => `[role=${role}]`)].join();

const TYPED_INTO = "textarea, [contenteditable=true], input:not([type=range], [type=checkbox], [type=radio], [type=button])";

/**
 * The command of Ctrl+Z, Ctrl+Y and Ctrl+Shift+Z, on a Mac with Cmd; null for other keys.
 * @param {Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">} event
 * @returns {HistoryCommand | null}
 */
export function historyCommand({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  if (altKey || !(ctrlKey || metaKey)) return null;
  if (key.toLowerCase() === "z") return shiftKey ? "redo" : "undo";
  return key.toLowerCase() === "y" && !shiftKey ? "redo" : null;
}

/**
 * Listen to the keys. Return a function that stops listening.
 * @param {StageContext} context
 * @param {SettingsControls} controls
 * @param {Probe} probe
 * @param {(command: HistoryCommand) => void} moveInHistory Undoes or redoes a change made by hand, if there is one
 */
export function listenToKeys(context, controls, probe, moveInHistory) {
  const { root, player } = context;
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    const target = /** @type {Element} */ (event.composedPath()[0]);
    const isElsewhere = !root.contains(target) && target.closest?.(CONTROLS);
    if (isElsewhere || event.ctrlKey || event.metaKey || event.altKey) return;
    if (context.scene.hasProbe && target.classList?.contains("points") && probe.press(event.key)) return event.preventDefault();
    const onInput = ["INPUT", "SELECT"].includes(target.tagName), onButton = ["BUTTON", "SELECT"].includes(target.tagName);
    /** @type {Record<string, (() => void) | null>} */
    const actions = {
      " ": onButton ? null : () => context.named("play").click(),
      ArrowRight: onInput ? null : () => player.stepBy(1),
      ArrowLeft: onInput ? null : () => player.stepBy(-1),
      Escape: controls.isHelpShown ? () => controls.showHelp(null) : null,
      r: () => player.reset(),
      R: () => player.reset(),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  /** @param {KeyboardEvent} event */
  const onHistoryKey = (event) => {
    const command = historyCommand(event), target = /** @type {Element} */ (event.composedPath()[0]);
    if (!command || target.matches?.(TYPED_INTO)) return;
    event.preventDefault();
    moveInHistory(command);
  };
  const listeners = [onKey, onHistoryKey];
  for (const listener of listeners) document.addEventListener("keydown", listener);
  return () => listeners.forEach((listener) => document.removeEventListener("keydown", listener));
}
