import { add } from "../shared/dom.js";
import { decimal } from "../shared/number_format.js";
import { softmax } from "../shared/softmax.js";
import { LiveView, mounted, walkable } from "./live_view.js";

/** ∂ŷᵢ/∂zⱼ = (ŷᵢ/T)(δᵢⱼ − ŷⱼ), a row for each output. */
function softmaxJacobian(p, temperature) {
  return p.map((a, i) => p.map((b, j) => (a * ((i === j ? 1 : 0) - b)) / temperature));
}

class JacobianView extends LiveView {
  build() {
    const { names, texts } = this.data;
    this.root.replaceChildren();
    const scroll = add(this.root, "div", "scroll");
    const table = add(scroll, "table", names.length > 6 ? "heat" : "heat large");
    table.setAttribute("role", "grid");
    table.setAttribute("aria-label", texts.table);
    const head = add(add(table, "thead"), "tr");
    add(head, "th", "corner", texts.corner);
    this.heads = names.map((_, k) => {
      const th = add(head, "th", "", `∂z ${this.label(k)}`);
      th.scope = "col";
      th.style.color = `var(--class-${k})`;
      return th;
    });
    const body = add(table, "tbody");
    this.cells = names.map((_, i) => {
      const row = add(body, "tr");
      row.style.setProperty("--colour", `var(--class-${i})`);
      add(row, "th", "", `∂ŷ ${this.label(i)}`).scope = "row";
      return names.map((_, j) => {
        const cell = add(row, "td");
        cell.dataset.testid = `slope-${i}-${j}`;
        cell.onpointerenter = cell.onpointerdown = cell.onfocus = () => this.point(j);
        cell.onpointerleave = cell.onblur = () => this.point(null);
        return cell;
      });
    });
    walkable(this.cells);
    const sum = add(body, "tr", "sum");
    add(sum, "th", "", "Σ").scope = "row";
    this.sums = names.map(() => add(sum, "td", "", "0"));
    this.reading = add(this.root, "div", "spelled");
    this.reading.dataset.testid = "jacobian-reading";
  }

  light(k) {
    this.lit = k;
    this.draw();
  }

  draw() {
    const slopes = softmaxJacobian(softmax(this.logits, this.temperature), this.temperature);
    const most = Math.max(...slopes.flat().map(Math.abs));
    const column = this.lit ?? this.moved ?? 0;
    this.cells.forEach((cells, i) =>
      cells.forEach((cell, j) => {
        const slope = slopes[i][j], share = most ? Math.abs(slope) / most : 0;
        cell.textContent = slope > 0 && decimal(slope) !== "0.000" ? `+${decimal(slope)}` : decimal(slope);
        cell.dataset.value = slope;
        const paint = slope < 0 ? "var(--st-text-color)" : "var(--st-primary-color)";
        cell.style.background = `color-mix(in srgb, ${paint} ${(share * (slope < 0 ? 30 : 55)).toFixed(1)}%, transparent)`;
        cell.classList.toggle("highlighted", j === column);
      }),
    );
    this.heads.forEach((head, j) => head.classList.toggle("highlighted", j === column));
    this.sums.forEach((sum, j) => sum.classList.toggle("highlighted", j === column));
    const gains = slopes[column][column] * 0.1;
    this.reading.textContent = this.data.texts.reading.replace("{name}", this.label(column)).replace("{gain}", decimal(gains, 4));
    this.reading.style.color = `var(--class-${column})`;
  }
}

export default mounted(JacobianView);
