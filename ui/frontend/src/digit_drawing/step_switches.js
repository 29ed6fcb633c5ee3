// A switch per step of the preprocessing, and how well the model reads test drawings with these steps.

/** @import { Preprocessing } from "./digit_image.js" */
import { add } from "../shared/dom.js";

/** @type {(keyof Preprocessing)[]} In the order in which they are done */
export const STEPS = ["deslant", "resize", "even_ink"];

export class StepSwitches {
  /** @param {Element} parent @param {Record<string, string>} texts @param {(steps: Preprocessing) => void} onChange */
  constructor(parent, texts, onChange) {
    this.texts = texts;
    const group = add(parent, "fieldset");
    add(group, "legend", "", texts.steps);
    this.inputs = STEPS.map((name) => {
      const label = add(group, "label"), input = add(label, "input");
      input.type = "checkbox";
      input.dataset.testid = `digit-${name}`;
      label.append(texts[name]);
      input.onchange = () => onChange(this.#steps());
      return input;
    });
    this.rate = add(group, "p", "note");
    this.rate.dataset.testid = "digit-rate";
  }

  /** @param {Preprocessing} steps @param {Record<string, number>} rates */
  draw(steps, rates) {
    this.inputs.forEach((input, i) => (input.checked = steps[STEPS[i]]));
    const rate = rates[STEPS.map((name) => (steps[name] ? "1" : "0")).join("")];
    this.rate.textContent = rate === undefined ? "" : this.texts.rate.replace("{rate}", String(rate));
  }

  /** @returns {Preprocessing} */
  #steps() {
    const [deslant, resize, even_ink] = this.inputs.map((input) => input.checked);
    return { deslant, resize, even_ink };
  }
}
