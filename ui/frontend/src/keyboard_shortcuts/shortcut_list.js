// The dialog that lists the shortcuts.

import { element } from "../shared/dom.js";

/** The rows of the list: keys, and the name of the text that explains them. @type {[keys: string[], text: string][]} */
const ROWS = [
  [["PageDown", "PageUp"], "keys_turn"],
  [["→", "←"], "keys_arrows"],
  [["1", "2", "3"], "keys_answer"],
  [["Space", "→", "←", "R"], "keys_stage"],
  [["B", "."], "keys_fold"],
  [["?"], "keys_list"],
];

/** Write the list in the user's language. @param {HTMLDialogElement} dialog @param {Record<string, string>} texts */
export function buildList(dialog, texts) {
  const rows = ROWS.flatMap(([keys, text]) => [
    element("dt", {}, ...keys.flatMap((key, i) => [...(i ? [" "] : []), element("kbd", {}, key)])),
    element("dd", {}, texts[text]),
  ]);
  dialog.setAttribute("aria-labelledby", "title");
  dialog.replaceChildren(
    element("h2", { id: "title" }, texts.keys),
    element("dl", {}, ...rows),
    element("button", { type: "button", onclick: () => dialog.close() }, texts.keys_close),
  );
  dialog.onclick = (event) => event.target === dialog && dialog.close(); // a click on the backdrop
}
