import { element } from "../shared/dom.js";

/**
 * Copy a text to the clipboard. Return whether it was copied.
 * @param {string} text
 * @param {HTMLElement} button Where the focus is; it stays there
 */
export async function copyText(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelection(text, button); // without https, browsers have no navigator.clipboard
  }
}

/** Copy a text by selecting it in a field. @param {string} text @param {HTMLElement} button */
function copySelection(text, button) {
  const field = element("textarea", { value: text, className: "hidden-field" });
  button.after(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  button.focus();
  return isCopied;
}
