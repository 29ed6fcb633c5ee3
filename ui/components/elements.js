// Making elements.

/** A new element with some of its fields set and these children. */
function element(tag, fields = {}, ...children) {
  const made = Object.assign(document.createElement(tag), fields);
  made.append(...children);
  return made;
}

/** A new element within another. */
function add(parent, tag, className = "", text = "") {
  const made = element(tag, className ? { className } : {}, ...(text ? [text] : []));
  parent.append(made);
  return made;
}

/** A new element of a picture, within another. */
function svg(parent, tag, attributes, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text) made.append(text);
  parent.append(made);
  return made;
}
