// Keys of the stage. They work wherever the focus is, unless the focused control uses the key itself.

/** @import { StageContext } from "./context.js" */
/** @import { Probe } from "./probe.js" */
/** @import { SettingsControls } from "./settings_controls.js" */

const ROLES = ["slider", "radio", "tab", "combobox", "spinbutton", "switch", "checkbox", "option", "menuitem", "dialog"];
const CONTROLS = ["a", "button", "input", "select", "textarea", "summary", ...ROLES.map((role) => `[role=${role}]`)].join();

/**
 * Listen to the keys. Return a function that stops listening.
 * @param {StageContext} context
 * @param {SettingsControls} controls
 * @param {Probe} probe
 */
export function listenToKeys(context, controls, probe) {
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
      Escape: controls.isHelpShown ? () => controls.explain(null) : null,
      r: () => player.reset(),
      R: () => player.reset(),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}
