// Translates Streamlit's own texts, and remembers their English wording.

/** @typedef {[english: string, translation: string]} Translation In both, "{label}" stands for any text */

/**
 * Return the translation of one of Streamlit's texts, or the text itself if there is no translation.
 * @param {string} text
 * @param {Translation[]} translations
 */
export function translated(text, translations) {
  for (const [english, translation] of translations) {
    const [before, after] = english.split("{label}");
    if (after === undefined) {
      if (text === english) return translation;
    } else if (text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after)) {
      return translation.replace("{label}", () => text.slice(before.length, text.length - after.length));
    }
  }
  return text;
}

/** Remembers Streamlit's wording of translated texts, so that they can be translated into another language later. */
export class Originals {
  /** @type {WeakMap<object, Map<string, {original: string, written: string}>>} */
  #texts = new WeakMap();

  /**
   * Return Streamlit's wording of a text on the page: the remembered original if the text is our translation, else the text.
   * @param {object} node
   * @param {string} name Name of an attribute, or "text" for the text of a node
   * @param {string} text
   */
  of(node, name, text) {
    const known = this.#texts.get(node)?.get(name);
    return known?.written === text ? known.original : text;
  }

  /** @param {object} node @param {string} name @param {string} original @param {string} written */
  remember(node, name, original, written) {
    const texts = this.#texts.get(node) ?? new Map();
    this.#texts.set(node, texts.set(name, { original, written }));
  }
}
