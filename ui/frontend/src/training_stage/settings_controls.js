// The sliders and lists for settings that can be changed during a run, each with a help text.

/** @import { Control, Values } from "./messages.js" */
import { element } from "../shared/dom.js";
import { listenToRange } from "../shared/range_input.js";

export class SettingsControls {
  /** @type {Map<string, {input: HTMLInputElement | HTMLSelectElement, value: HTMLElement, index: number}>} */
  #inputs = new Map();
  #layout = "";

  /**
   * @param {HTMLElement} root
   * @param {HTMLElement} help Where the help text is shown
   * @param {(key: string, value: number) => void} onChange Called at once, also during a drag
   */
  constructor(root, help, onChange) {
    this.root = root;
    this.help = help;
    this.onChange = onChange;
  }

  get isHelpShown() {
    return !this.help.hidden;
  }

  /**
   * Show controls with values. If only values have changed, the elements are kept, and with them the focus.
   * @param {Control[]} controls
   * @param {Values} values
   * @param {string} helpText
   */
  show(controls, values, helpText) {
    const layout = JSON.stringify([controls, helpText]);
    if (layout !== this.#layout) {
      this.#layout = layout;
      this.#inputs.clear();
      this.help.hidden = true;
      this.root.replaceChildren(...controls.map((control) => this.#build(control, helpText)));
    }
    for (const control of controls) this.#setIndex(control, control.options.indexOf(values[control.key]));
  }

  /** Show the help text of a "?" button, or hide the help. @param {HTMLElement | null} asked The button; null hides the help */
  showHelp(asked, text = "") {
    for (const button of this.root.querySelectorAll("button")) button.setAttribute("aria-expanded", String(button === asked));
    this.help.textContent = text;
    this.help.hidden = !asked;
  }

  /** Show an option, by default the present one. @param {Control} control @param {number} [index] */
  #setIndex(control, index) {
    const parts = this.#inputs.get(control.key);
    if (!parts) return;
    index = parts.index = index ?? parts.index;
    parts.input.value = String(index);
    if (control.isList) return;
    parts.value.textContent = control.texts[index];
    parts.input.setAttribute("aria-valuetext", control.texts[index]);
  }

  /** @param {Control} control @param {string} helpText */
  #build(control, helpText) {
    const last = control.options.length - 1;
    const input = control.isList
      ? element("select", {}, ...control.texts.map((text, i) => element("option", { value: String(i), textContent: text })))
      : element("input", { type: "range", min: "0", max: String(last), step: "1" });
    input.dataset.testid = `stage-${control.key}`;
    const value = element("b");
    /** @param {number} index */
    const set = (index) => {
      this.#setIndex(control, index);
      this.onChange(control.key, control.options[index]);
    };
    if (input instanceof HTMLInputElement) {
      listenToRange(input, { set, release: () => {}, restore: () => this.#setIndex(control) });
    } else input.oninput = () => set(Number(input.value));
    const help = element("button", { type: "button", textContent: "?", title: control.help });
    help.setAttribute("aria-label", `${helpText} ${control.label}`);
    help.setAttribute("aria-expanded", "false");
    help.onclick = () => this.showHelp(help.getAttribute("aria-expanded") === "false" ? help : null, control.help);
    this.#inputs.set(control.key, { input, value, index: 0 });
    const label = element("label", {}, element("span", { textContent: control.label }), input, value);
    return element("span", { className: "setting" }, label, help);
  }
}
