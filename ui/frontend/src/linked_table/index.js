// A table with a link per row. A plain click on a link is sent to Python, which opens the page in the same session.

/** @import { Send } from "../shared/mount.js" */
import { element } from "../shared/dom.js";
import { mounted } from "../shared/mount.js";
import { exponentParts } from "./exponents.js";

/** @typedef {{name: string, cells: string[], label: string, address: string}} Row */
/**
 * @typedef {Object} TableData Message from ui/components/linked_table.py
 * @property {string} caption
 * @property {string[]} header One heading per column
 * @property {string[]} languages Language codes of the first columns; the others are in the language of the page
 * @property {Row[]} rows
 */

export default mounted((root) => {
  const container = /** @type {HTMLElement} */ (root.querySelector(".linked-table"));
  return {
    update: (/** @type {TableData} */ data, _, trigger) => build(container, data, trigger),
    close() {},
  };
});

/** @param {HTMLElement} container @param {TableData} data @param {Send} trigger */
function build(container, data, trigger) {
  const { activeElement } = /** @type {ShadowRoot | Document} */ (container.getRootNode());
  const focused = [...container.querySelectorAll("a")].findIndex((link) => link === activeElement);
  const header = data.header.map((text, column) => {
    return inLanguage(withRole("th", "columnheader", { scope: "col" }, ...written(text)), data.languages[column]);
  });
  const rows = data.rows.map((row, i) => bodyRow(row, data, () => trigger("followed", i)));
  container.replaceChildren(
    withRole("table", "table", {},
      element("caption", {}, ...written(data.caption)),
      withRole("thead", "rowgroup", {}, withRole("tr", "row", {}, ...header)),
      withRole("tbody", "rowgroup", {}, ...rows),
    ),
  );
  container.querySelectorAll("a")[focused]?.focus();
}

/** @param {Row} row @param {TableData} data @param {() => void} follow */
function bodyRow({ name, cells, label, address }, { header, languages }, follow) {
  const link = element("a", { href: address, textContent: label });
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return; // opens another tab or window
    event.preventDefault();
    follow();
  };
  const dataCells = cells.map((text, i) => {
    const cell = withRole("td", "cell", {}, ...written(text));
    cell.dataset.column = header[i + 1];
    return inLanguage(cell, languages[i + 1]);
  });
  const heading = inLanguage(withRole("th", "rowheader", { scope: "row" }, ...written(name)), languages[0]);
  return withRole("tr", "row", {}, heading, ...dataCells, withRole("td", "cell", {}, link));
}

/**
 * Return an element of the table with an explicit role: on a narrow screen, CSS shows tables as blocks, which have no role.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} role
 * @param {Partial<HTMLElementTagNameMap[T]>} properties
 * @param {(Node | string)[]} children
 */
function withRole(tag, role, properties, ...children) {
  const made = element(tag, properties, ...children);
  made.setAttribute("role", role);
  return made;
}

/** Set the language of a cell, if it is known. @template {HTMLElement} Cell @param {Cell} cell @param {string} [code] */
function inLanguage(cell, code) {
  if (code) cell.lang = code;
  return cell;
}

/** Return the parts of a text, with each exponent as a <sup> element. @param {string} text */
function written(text) {
  return exponentParts(text).map((part) => (part.isExponent ? element("sup", {}, part.text) : part.text));
}
