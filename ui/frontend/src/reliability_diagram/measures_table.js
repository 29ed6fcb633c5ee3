// Table of the calibration measures at T = 1 and at the temperature chosen.

/** @import { Measures } from "./measures.js" */
import { add } from "../shared/dom.js";

const ROWS = /** @type {const} */ (["confidence", "accuracy", "error", "nll"]);

export class MeasuresTable {
  /** @param {Element} parent @param {Record<string, string>} texts */
  constructor(parent, texts) {
    const table = add(parent, "table");
    add(table, "caption", "", texts.judged);
    const head = add(add(table, "thead"), "tr");
    add(head, "td");
    const [before, now] = ["before", "now"].map((kind) => {
      const cell = add(head, "th", kind);
      cell.scope = "col";
      add(cell, "i", `legend-key ${kind}`);
      return cell;
    });
    before.append("T = 1");
    this.heading = add(now, "span");
    const body = add(table, "tbody");
    this.cells = ROWS.map((name) => {
      const row = add(body, "tr");
      add(row, "th", "", texts[name]).scope = "row";
      return ["before", "now"].map((kind) => {
        const cell = add(row, "td");
        cell.dataset.testid = `${kind}-${name}`;
        return cell;
      });
    });
  }

  /** @param {Measures} before @param {Measures} now @param {string} heading Heading of the column `now` */
  draw(before, now, heading) {
    this.heading.textContent = heading;
    ROWS.forEach((name, i) => {
      [before, now].forEach((measures, column) => {
        this.cells[i][column].textContent = measures[name].toFixed(3);
        this.cells[i][column].dataset.value = String(measures[name]);
      });
    });
  }
}
