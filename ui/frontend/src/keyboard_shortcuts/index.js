// Keyboard shortcuts of the lecture, the dialog that lists them, and a button that hides the step's text.

/** @import { Shortcut } from "./keys.js" */
/** @import { Root } from "../shared/mount.js" */
import { element } from "../shared/dom.js";
import { mounted } from "../shared/mount.js";
import { foldPanel, optionButton, stepButton } from "./elements.js";
import { listenToPage } from "./listeners.js";
import { buildList } from "./shortcut_list.js";
import { state } from "./state.js";

/**
 * @typedef {Object} ShortcutsData Message from ui/components/keyboard_shortcuts.py
 * @property {string} step The open step, or ""
 * @property {Record<string, string>} texts
 */

export default mounted((root) => new KeyboardShortcuts(root));

class KeyboardShortcuts {
  /** @param {Root} root */
  constructor(root) {
    this.tools = /** @type {HTMLElement} */ (root.querySelector(".buttons"));
    this.dialog = /** @type {HTMLDialogElement} */ (root.querySelector("dialog"));
    const onList = () => this.dialog.showModal();
    this.listButton = element("button", { type: "button", className: "list-button", textContent: "?", onclick: onList });
    this.foldButton = element("button", { type: "button", className: "fold-button", onclick: () => this.#fold(!state.isFolded) });
    this.close = listenToPage(this.dialog, (shortcut, event) => this.#run(shortcut, event));
  }

  /** @param {ShortcutsData} data */
  update({ step, texts }) {
    if (!this.dialog.open) buildList(this.dialog, texts);
    const before = state.step;
    Object.assign(state, { step, newest: this });
    if (step !== before) state.isFolded = false;
    if (!step) return this.tools.replaceChildren();
    this.#showTools(texts);
    if (before && step !== before) showNewStep();
    document.querySelector(".st-key-lecture_text")?.setAttribute("aria-live", "polite");
  }

  /** @param {Record<string, string>} texts */
  #showTools(texts) {
    const { tools, listButton, foldButton } = this;
    if (!tools.firstChild) tools.append(listButton, foldButton);
    for (const [button, text] of /** @type {const} */ ([[listButton, texts.keys], [foldButton, texts.fold]])) {
      button.setAttribute("aria-label", text);
      button.title = text;
    }
    this.#fold(state.isFolded);
  }

  /** @param {boolean} isFolded */
  #fold(isFolded) {
    state.isFolded = isFolded;
    this.foldButton.textContent = isFolded ? "▾" : "▴";
    this.foldButton.setAttribute("aria-expanded", String(!isFolded));
    foldPanel(isFolded);
  }

  /** @param {Shortcut} shortcut @param {KeyboardEvent} event */
  #run(shortcut, event) {
    if (state.newest !== this) return;
    switch (shortcut.kind) {
      case "step": {
        const button = stepButton(shortcut.direction);
        if (!button) return;
        event.preventDefault();
        event.stopPropagation();
        if (!event.repeat) button.click();
        return;
      }
      case "list":
        event.preventDefault();
        return this.dialog.showModal();
      case "fold":
        return state.step ? this.#fold(!state.isFolded) : undefined;
      case "option":
        return optionButton(shortcut.index)?.click();
    }
  }
}

/** Scroll to the top of the page, and focus the step button that was clicked if the new page has lost the focus. */
function showNewStep() {
  document.querySelector("[data-testid=stMain]")?.scrollTo({ top: 0 });
  const hasFocus = document.activeElement && document.activeElement !== document.body;
  if (state.clicked && !hasFocus) stepButton(state.clicked)?.focus({ preventScroll: true });
}
