// The crosshair on the planes, and the outputs of each model at its position.

/** @import { StageContext } from "./context.js" */
/** @import { Values } from "./messages.js" */
import { element, setText } from "../shared/dom.js";
import { withSuffix } from "./context.js";

/** @type {Record<string, [number, number]>} */
const MOVES = { ArrowRight: [0.02, 0], ArrowLeft: [-0.02, 0], ArrowUp: [0, 0.02], ArrowDown: [0, -0.02] };

export class Probe {
  /** @type {{bar: HTMLElement, number: HTMLElement}[][]} By class and model */
  #cells = [];
  /** @type {HTMLElement[]} */
  #sums = [];

  /**
   * @param {StageContext} context
   * @param {(values: Values) => void} change Changes settings
   */
  constructor(context, change) {
    this.context = context;
    this.change = change;
  }

  /** Move the crosshair to shares of the plane, 0 … 1 from the lower left. @param {number} u @param {number} v */
  moveTo(u, v) {
    const [x, y] = [u, v].map((share) => Number((100 * Math.min(Math.max(share, 0), 1)).toPrecision(4)));
    this.change({ probe_x: x, probe_y: y });
  }

  /** Move the crosshair by 2 % of the plane if the key is an arrow key. Return whether the key is one. @param {string} key */
  press(key) {
    const move = MOVES[key], [u, v] = this.#position;
    if (move) this.moveTo(u + move[0], v + move[1]);
    return Boolean(move);
  }

  /** Build a table with one row per class, one bar per model, and a row of sums. */
  build() {
    const { scene, models } = this.context, { texts, classNames, glyphs, hasProbe } = scene, table = this.context.find(".probe");
    table.hidden = !hasProbe;
    this.#cells = [];
    if (!hasProbe) return;
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
      element("caption", { textContent: texts.probe }),
      element("tr", { className: "header" }, element("td"), ...models.map(({ name }) => element("th", { scope: "col", textContent: name }))),
      ...rows,
      element("tr", { className: "total" }, element("th", { scope: "row", textContent: "Σ" }), ...sums),
    );
  }

  draw() {
    if (!this.context.scene.hasProbe) return;
    this.#outputs.forEach((outputs, i) => {
      outputs.forEach((value, k) => {
        this.#cells[k][i].bar.style.width = `${100 * value}%`;
        setText(this.#cells[k][i].number, value.toFixed(3));
      });
      setText(this.#sums[i], sumOf(outputs).toFixed(3));
    });
  }

  /** Return the outputs at the crosshair as a text. */
  describe() {
    const { scene, models } = this.context, { texts } = scene, all = this.#outputs;
    return models
      .map(({ name }, i) => {
        const each = scene.classNames.map((className, k) => `${className} ${all[i][k].toFixed(3)}`);
        return `${name}${texts.colon}${[...each, `Σ ${sumOf(all[i]).toFixed(3)}`].join(texts.comma)}`;
      })
      .join("; ");
  }

  get #position() {
    const { probe_x: x, probe_y: y } = this.context.shownValues;
    return [x / 100, y / 100];
  }

  get #outputs() {
    const [u, v] = this.#position;
    return this.context.models.map((model) => model.outputsAt(u, v));
  }
}

/** @param {number[]} numbers */
export function sumOf(numbers) {
  return numbers.reduce((sum, value) => sum + value, 0);
}
