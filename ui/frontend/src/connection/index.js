// Shows a bar while the connection to the server is lost, and reruns the page once the connection is back.

/** @import { Root, Send } from "../shared/mount.js" */
import { mounted } from "../shared/mount.js";
import { Timers } from "../shared/timers.js";
import { ConnectionStates } from "./states.js";

/** @typedef {{lost: string, reload: string}} ConnectionData Texts from ui/components/connection.py */

const SHORT_GAP_MS = 1000; // a shorter gap is not reported

export default mounted((root) => new Connection(root));

class Connection {
  #timers = new Timers();
  /** Closes Streamlit's dialog as soon as it opens */
  #dialogs = new MutationObserver(closeStreamlitsDialog);
  #app = /** @type {HTMLElement} */ (document.querySelector("[data-testid=stApp]"));
  /** Observes the attributes of Streamlit's app element that hold the states of the connection and of the script */
  #attributes = new MutationObserver(() => this.#readStates());
  /** @type {Send} */
  #trigger = () => {};

  /** @param {Root} root */
  constructor(root) {
    this.bar = /** @type {HTMLElement} */ (root.querySelector(".connection-lost"));
    this.text = /** @type {HTMLElement} */ (this.bar.querySelector("span"));
    this.button = /** @type {HTMLButtonElement} */ (this.bar.querySelector("button"));
    this.button.onclick = () => location.reload();
    this.states = new ConnectionStates({
      onLost: () => this.#show(),
      onReconnected: () => this.#trigger("returned", true),
      onRestored: () => this.#hide(),
    });
    this.#attributes.observe(this.#app, { attributeFilter: ["data-test-connection-state", "data-test-script-state"] });
  }

  /** @param {ConnectionData} data @param {Send} _ @param {Send} trigger */
  update(data, _, trigger) {
    this.text.textContent = data.lost;
    this.button.textContent = data.reload;
    this.#trigger = trigger;
  }

  close() {
    this.#attributes.disconnect();
    this.#hide();
  }

  #readStates() {
    const { testConnectionState, testScriptState } = this.#app.dataset;
    this.states.update({ isConnected: testConnectionState === "CONNECTED", isRunning: testScriptState !== "notRunning" });
  }

  #show() {
    this.#timers.after("show", () => (this.bar.hidden = false), SHORT_GAP_MS);
    this.#dialogs.observe(document.body, { childList: true, subtree: true });
    closeStreamlitsDialog();
  }

  #hide() {
    this.#timers.cancelAll();
    this.#dialogs.disconnect();
    this.bar.hidden = true;
  }
}

/** Close Streamlit's own dialog about the lost connection, which is always in English. */
function closeStreamlitsDialog() {
  const dialog = document.querySelector("[role=dialog]");
  if (dialog?.textContent.includes("Connection error")) dialog.querySelector("button")?.click();
}
