import { add, element } from "../shared/dom.js";
import { decimal, probabilityText } from "../shared/number_format.js";
import { LiveView, mounted, walkable } from "./live_view.js";

/** z → z/T → z/T − m → e to it → ÷ Σ, a column each, with m the largest z/T; and m and Σ. */
function softmaxSteps(logits, temperature) {
  const scaled = logits.map((z) => z / temperature);
  const largest = Math.max(...scaled);
  const shifted = scaled.map((z) => z - largest);
  const exponentials = shifted.map(Math.exp);
  const total = exponentials.reduce((sum, e) => sum + e, 0);
  return { columns: [logits, scaled, shifted, exponentials, exponentials.map((e) => e / total)], largest, total };
}

const SYMBOLS = ["z", "z/T", "z/T − m", "e^{z/T − m}", "ŷ"];

class StepsView extends LiveView {
  build() {
    const { names, texts } = this.data;
    this.root.replaceChildren();
    const scroll = add(this.root, "div", "scroll");
    const table = add(scroll, "table");
    table.setAttribute("role", "grid");
    table.setAttribute("aria-label", texts.table);
    const head = add(add(table, "thead"), "tr");
    add(head, "td");
    this.heads = SYMBOLS.map((symbol, c) => {
      const th = add(head, "th");
      th.scope = "col";
      const top = add(th, "span", "symbol");
      if (c === 3) top.append("e", element("sup", {}, "z/T − m"));
      else top.textContent = symbol;
      return add(th, "small");
    });
    const body = add(table, "tbody");
    this.cells = names.map((_, k) => {
      const row = add(body, "tr");
      row.style.setProperty("--colour", `var(--class-${k})`);
      add(row, "th", "", this.label(k)).scope = "row";
      return SYMBOLS.map((_, c) => {
        const cell = add(row, "td");
        cell.dataset.testid = `step-${c}-${k}`;
        cell.onpointerenter = cell.onpointerdown = cell.onfocus = () => this.pointAt(k, c);
        cell.onpointerleave = cell.onblur = () => this.pointAt(null, null);
        return cell;
      });
    });
    walkable(this.cells);
    const sum = add(body, "tr", "sum");
    add(sum, "th", "", "Σ").scope = "row";
    this.sums = SYMBOLS.map(() => add(sum, "td"));
    const words = add(this.root, "div");
    this.formula = add(words, "div", "formula");
    this.formula.dataset.testid = "steps-formula";
    this.spelled = add(words, "div", "spelled");
    this.spelled.dataset.testid = "steps-spelled";
  }

  light(k) {
    this.lit = k === null ? null : { k, c: this.lit?.k === k ? this.lit.c : null };
    this.draw();
  }

  pointAt(k, c) {
    this.lit = k === null ? null : { k, c };
    this.point(k);
  }

  draw() {
    const { columns, largest, total } = softmaxSteps(this.logits, this.temperature);
    const T = String(Number(this.temperature.toPrecision(3)));
    const { texts } = this.data;
    const notes = [texts.logit, `÷ T = ${T}`, `− m = ${decimal(largest, 2)}`.replace("− −", "+ "), texts.exp, `÷ Σ = ${decimal(total)}`];
    this.heads.forEach((head, c) => (head.textContent = notes[c]));
    const shown = this.lit?.k ?? this.moved ?? columns[4].indexOf(Math.max(...columns[4]));
    const column = this.lit?.c ?? null;
    this.cells.forEach((cells, k) =>
      cells.forEach((cell, c) => {
        cell.textContent = c === 4 ? probabilityText(columns[c][k]) : decimal(columns[c][k]);
        cell.dataset.value = columns[c][k];
        cell.classList.toggle("highlighted", this.lit?.k === k && (column === null || column === c));
        cell.classList.toggle("near", this.lit?.k === k);
      }),
    );
    this.sums[3].textContent = decimal(total);
    this.sums[4].textContent = "1";
    this.drawFormula(columns, total, largest, T, shown, column);
    const [z, scaled, shifted, e, p] = columns.map((values) => values[shown]);
    const minus = (value) => (value < 0 ? `− (${decimal(value, 2)})` : `− ${decimal(value, 2)}`);
    this.spelled.textContent = [
      `z = ${decimal(z)}`,
      `${decimal(z)} ÷ ${T} = ${decimal(scaled)}`,
      `${decimal(scaled)} ${minus(largest)} = ${decimal(shifted)}`,
      `exp(${decimal(shifted)}) = ${decimal(e)}`,
      `${decimal(e)} ÷ ${decimal(total)} = ${probabilityText(p)}`,
    ][column ?? 4];
    this.spelled.style.color = `var(--class-${shown})`;
  }

  /** The formula of one class with the numbers put in, each in its class's colour. */
  drawFormula(columns, total, largest, T, shown, column) {
    const term = (k) => {
      const part = (c, tag, ...content) => {
        const node = element(tag, {}, ...content);
        node.className = column === c && this.lit.k === k ? "highlighted" : "";
        return node;
      };
      const inner = part(0, "span", decimal(columns[0][k], 2));
      const scaled = part(1, "span", inner, T === "1" ? "" : `/${T}`);
      const shifted = part(2, "sup", scaled, largest < 0 ? ` + ${decimal(-largest, 2)}` : ` − ${decimal(largest, 2)}`);
      const whole = part(3, "span", "e", shifted);
      whole.classList.add("term");
      whole.classList.toggle("near", this.lit?.k === k);
      whole.dataset.k = k;
      whole.style.color = `var(--class-${k})`;
      return whole;
    };
    const head = element("span", {}, "ŷ", element("sub", {}, this.label(shown)));
    head.style.color = `var(--class-${shown})`;
    const result = element("span", {}, probabilityText(columns[4][shown]));
    result.style.color = head.style.color;
    result.className = column === 4 ? "highlighted" : "";
    const sum = this.data.names.flatMap((_, k) => (k ? [" + ", term(k)] : [term(k)]));
    const top = element("span", {}, term(shown)), bottom = element("span", {}, ...sum), fraction = element("span", {}, top, bottom);
    fraction.className = "fraction";
    this.formula.replaceChildren(head, " = ", fraction, " = ", result);
  }
}

export default mounted(StepsView);
