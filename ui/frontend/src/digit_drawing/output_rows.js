// Logit and probability of each digit, and the sum of the probabilities. Digits have no glyph, as classes have elsewhere: “✚ 4” would read as a sum.

/** @import { Output } from "./model.js" */
import { add } from "../shared/dom.js";
import { formatDecimal, formatProbability } from "../shared/number_format.js";
import { CLASSES } from "./model.js";

export class OutputRows {
  /** @param {Element} parent @param {Record<string, string>} texts */
  constructor(parent, texts) {
    const table = add(parent, "table", "outputs");
    const head = add(add(table, "thead"), "tr");
    for (const name of ["digit", "logit", "probability"]) add(head, "th", `${name}-head`, texts[name]).scope = "col";
    const body = add(table, "tbody");
    this.rows = Array.from({ length: CLASSES }, (_, k) => {
      const row = add(body, "tr");
      row.style.setProperty("--colour", `var(--class-${k})`);
      add(row, "th", "", String(k)).scope = "row";
      const logit = add(row, "td"), cell = add(add(row, "td"), "div", "output");
      const level = add(add(cell, "div", "meter"), "i"), probability = add(cell, "b");
      logit.dataset.testid = `digit-logit-${k}`;
      probability.dataset.testid = `digit-probability-${k}`;
      return { row, logit, level, probability };
    });
    const foot = add(add(table, "tfoot"), "tr");
    add(foot, "th", "", texts.sum).scope = "row";
    add(foot, "td");
    const cell = add(add(foot, "td"), "div", "output");
    add(cell, "span", "", texts.sum_note);
    this.sum = add(cell, "b");
    this.sum.dataset.testid = "digit-probability-sum";
  }

  /** @param {Output | null} output null: nothing is drawn */
  draw(output) {
    const sum = output?.probabilities.reduce((total, p) => total + p);
    this.sum.textContent = sum === undefined ? "–" : formatDecimal(sum);
    this.sum.dataset.value = String(sum ?? "");
    this.rows.forEach(({ row, logit, level, probability }, k) => {
      const p = output?.probabilities[k] ?? 0;
      row.classList.toggle("first", output?.first === k);
      level.style.width = `${100 * p}%`;
      logit.textContent = output ? formatDecimal(output.logits[k], 2) : "–";
      probability.textContent = output ? formatProbability(p) : "–";
      logit.dataset.value = output ? String(output.logits[k]) : "";
      probability.dataset.value = output ? String(p) : "";
    });
  }
}
