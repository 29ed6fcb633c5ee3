// What may be changed in mid-run: scales to slide along, lists to choose from, each with a word of help.

class Dials {
  /** @param {(key: string, value: number) => void} turned is told at once, while the hand still moves. */
  constructor(root, help, turned) {
    Object.assign(this, { root, help, turned, inputs: new Map() });
  }

  /** Show these dials with these values; one that is only turned keeps its place and its focus. */
  show(dials, values, helpText) {
    const layout = JSON.stringify([dials, helpText]);
    if (layout !== this.layout) {
      this.layout = layout;
      this.inputs.clear();
      this.help.hidden = true;
      this.root.replaceChildren(...dials.map((dial) => this.built(dial, helpText)));
    }
    for (const dial of dials) this.turnTo(dial, dial.options.indexOf(values[dial.key]));
  }

  turnTo(dial, index) {
    const { input, value } = this.inputs.get(dial.key);
    input.value = String(index);
    if (dial.list) return;
    value.textContent = dial.texts[index];
    input.setAttribute("aria-valuetext", dial.texts[index]);
  }

  /** Show the word of help that a button is for; none closes it. */
  explain(asked, text = "") {
    for (const button of this.root.querySelectorAll("button")) button.setAttribute("aria-expanded", String(button === asked));
    this.help.textContent = text;
    this.help.hidden = !asked;
  }

  built(dial, helpText) {
    const last = dial.options.length - 1;
    const input = !dial.list
      ? element("input", { type: "range", min: 0, max: last, step: 1 })
      : element("select", {}, ...dial.texts.map((text, i) => element("option", { value: String(i), textContent: text })));
    input.dataset.testid = `stage-${dial.key}`;
    const value = element("b");
    input.oninput = () => {
      const index = Number(input.value);
      this.turnTo(dial, index);
      this.turned(dial.key, dial.options[index]);
    };
    const help = element("button", { type: "button", textContent: "?", title: dial.help });
    help.setAttribute("aria-label", `${helpText} ${dial.label}`);
    help.setAttribute("aria-expanded", "false");
    help.onclick = () => this.explain(help.getAttribute("aria-expanded") === "false" ? help : null, dial.help);
    this.inputs.set(dial.key, { input, value });
    const label = element("label", {}, element("span", { textContent: dial.label }), input, value);
    return element("span", { className: "dial" }, label, help);
  }
}
