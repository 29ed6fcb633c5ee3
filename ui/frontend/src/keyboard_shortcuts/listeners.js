// Listens to the keys and clicks on the whole page.

/** @import { Shortcut } from "./keys.js" */
import { directionOf } from "./elements.js";
import { focusOf } from "./focus.js";
import { isKeyboardUse, remoteDirection, shortcut } from "./keys.js";
import { state } from "./state.js";

/**
 * Listen to keys and clicks on the whole page. Return a function that stops listening.
 * @param {HTMLDialogElement} list The dialog that lists the shortcuts; while it is open, no shortcut works
 * @param {(shortcut: Shortcut, event: KeyboardEvent) => void} run
 */
export function listenToPage(list, run) {
  const controller = new AbortController(), { signal } = controller;

  /**
   * Whether shortcuts work now: not with Ctrl, Meta or Alt, and not while a dialog or list is open.
   * @param {KeyboardEvent} event
   */
  const hasShortcuts = (event) =>
    !(event.ctrlKey || event.metaKey || event.altKey || event.isComposing || list.open) &&
    !document.querySelector("[role=dialog], [role=listbox]");

  /** @param {KeyboardEvent} event */
  const onRemote = (event) => {
    if (isKeyboardUse(event.key)) state.isPointerUsed = false;
    const direction = remoteDirection(event.key, focusOf(event.composedPath()[0]), state.isPointerUsed);
    if (direction && hasShortcuts(event)) run({ kind: "step", direction }, event);
  };
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    const found = shortcut(event.key, event.shiftKey, focusOf(event.composedPath()[0]));
    if (found && !event.defaultPrevented && hasShortcuts(event)) run(found, event);
  };
  addEventListener("keydown", onRemote, { signal, capture: true });
  addEventListener("keydown", onKey, { signal });
  addEventListener("pointerdown", () => (state.isPointerUsed = true), { signal, capture: true });
  /** @param {MouseEvent} event */
  const onClick = (event) => {
    if (event.isTrusted) state.clicked = directionOf(event.composedPath()[0]); // clicks made by shortcuts are not trusted
  };
  addEventListener("click", onClick, { signal, capture: true });
  return () => controller.abort();
}
