
/** Put text into an element, what stands in e^(…) raised. */
function write(target, text) {
  text.split(/\^\((.*?)\)/).forEach((part, i) => {
    if (i % 2 === 0) return target.append(part);
    target.append(Object.assign(document.createElement("sup"), { textContent: part }));
  });
}

/** @param {{data: Object, parentElement: ShadowRoot, setTriggerValue: (name: string, value: any) => void}} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const add = (parent, tag, role, text = "") => {
    const made = document.createElement(tag);
    if (role) made.setAttribute("role", role); // kept where a narrow screen lays the table out as blocks
    write(made, text);
    parent.append(made);
    return made;
  };
  const root = parentElement.querySelector(".linked");
  const focused = [...root.querySelectorAll("a")].indexOf(parentElement.activeElement);
  root.replaceChildren();
  const table = add(root, "table", "table");
  add(table, "caption", null, data.caption);
  const head = add(add(table, "thead", "rowgroup"), "tr", "row");
  for (const text of data.header) add(head, "th", "columnheader", text).scope = "col";
  const body = add(table, "tbody", "rowgroup");
  data.rows.forEach(({ name, cells, label, address }, number) => {
    const row = add(body, "tr", "row");
    add(row, "th", "rowheader", name).scope = "row";
    cells.forEach((text, column) => (add(row, "td", "cell", text).dataset.column = data.header[column + 1]));
    const link = document.createElement("a");
    Object.assign(link, { href: address, textContent: label });
    link.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      setTriggerValue("followed", number);
    };
    add(row, "td", "cell").append(link);
  });
  root.querySelectorAll("a")[focused]?.focus();
}
