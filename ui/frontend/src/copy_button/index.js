// A button that copies a text, and says whether it did.

import { add } from "../shared/dom.js";
import { mounted } from "../shared/mount.js";
import { Timers } from "../shared/timers.js";
import { copyText } from "./clipboard.js";

/** @typedef {{text: string, label: string, done: string, failed: string}} CopyData Message from ui/components/copy_button.py */

const DONE_MS = 4000;

export default mounted((root, /** @type {CopyData} */ data) => {
  return new CopyButton(/** @type {HTMLElement} */ (root.querySelector(".copy-button")), data);
});

class CopyButton {
  #timers = new Timers();

  /** @param {HTMLElement} root @param {CopyData} data */
  constructor(root, data) {
    this.data = data;
    this.button = add(root, "button");
    this.button.type = "button";
    this.button.onclick = () => this.#copy();
    this.status = add(root, "span");
    this.status.setAttribute("role", "status");
  }

  /** @param {CopyData} data */
  update(data) {
    this.data = data;
    this.button.textContent = data.label;
  }

  close() {
    this.#timers.cancelAll();
  }

  async #copy() {
    const { text, done, failed } = this.data, isCopied = await copyText(text, this.button);
    this.status.textContent = isCopied ? `✓ ${done}` : failed;
    this.#timers.after("clear", () => (this.status.textContent = ""), DONE_MS);
  }
}
