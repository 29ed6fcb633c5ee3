// The table of each model's outputs, at the crosshair or for the selected sample.

/** @import { StageContext } from "./context.js" */
import { element, setText } from "../shared/dom.js";
import { withSuffix } from "./context.js";

export class OutputsTable {
  /** @type {{bar: HTMLElement, number: HTMLElement}[][]} By class and model */
  #cells = [];
  /** @type {HTMLElement[]} */
  #sums = [];

  /** @param {StageContext} context */
  constructor(context) {
    this.context = context;
  }

  get #isShown() {
    const { hasProbe, hasSampleOutputs } = this.context.scene;
    return hasProbe || hasSampleOutputs;
  }

  /** Build one row per class, one bar per model, and a row of sums. */
  build() {
    const { scene, models, root } = this.context, { texts, classNames, glyphs } = scene, table = this.context.find(".outputs");
    table.hidden = !this.#isShown;
    root.classList.toggle("with-outputs", this.#isShown);
    this.#cells = [];
    if (!this.#isShown) return;
    const rows = classNames.map((name, k) => {
      const row = element("tr", {}, element("th", { scope: "row", textContent: `${glyphs[k]} ${name}` }));
      row.style.color = `var(--class-${k})`;
      this.#cells.push(
        models.map(() => {
          const bar = element("i"), number = element("b");
          row.append(element("td", {}, element("span", { className: "meter" }, bar), number));
          return { bar, number };
        }),
      );
      return row;
    });
    this.#sums = models.map(() => element("b"));
    this.#sums.forEach((sum, i) => (sum.dataset.testid = `stage-${withSuffix("probe-sum", i)}`));
    const sums = this.#sums.map((sum) => element("td", {}, sum));
    table.replaceChildren(
      element("caption", { textContent: texts.outputs }),
      element("tr", { className: "header" }, element("td"), ...models.map(({ name }) => element("th", { scope: "col", textContent: name }))),
      ...rows,
      element("tr", { className: "total" }, element("th", { scope: "row", textContent: "Σ" }), ...sums),
    );
  }

  draw() {
    if (!this.#isShown) return;
    this.#outputs.forEach((outputs, i) => {
      outputs.forEach((value, k) => {
        this.#cells[k][i].bar.style.width = `${100 * value}%`;
        setText(this.#cells[k][i].number, value.toFixed(3));
      });
      setText(this.#sums[i], sumOf(outputs).toFixed(3));
    });
  }

  /** Return the numbers of the table as a text. */
  describe() {
    const { scene, models } = this.context, { texts } = scene;
    return this.#outputs
      .map((outputs, i) => {
        const each = scene.classNames.map((className, k) => `${className} ${outputs[k].toFixed(3)}`);
        return `${models[i].name}${texts.colon}${[...each, `Σ ${sumOf(outputs).toFixed(3)}`].join(texts.comma)}`;
      })
      .join("; ");
  }

  /** The outputs (K,) of each model; [] until Python has sent the selected sample. */
  get #outputs() {
    const { scene, models, rows, shownValues: values, selectedSample } = this.context;
    if (scene.hasProbe) return models.map((model) => model.outputsAt(values.probe_x / 100, values.probe_y / 100));
    return selectedSample === null ? [] : models.map((model, i) => model.outputsForSample(rows[i], selectedSample));
  }
}

/** @param {number[]} numbers */
export function sumOf(numbers) {
  return numbers.reduce((sum, value) => sum + value, 0);
}
