/** @typedef {[english: string, translation: string]} Translation In both, "{label}" stands for any text */

/** The translation of a text of Streamlit's; the text itself if there is none. @param {string} text @param {Translation[]} translations */
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

/** The texts that were translated, with Streamlit's wording, so that they can be translated into another language. */
export class Originals {
  /** @type {WeakMap<object, Map<string, {original: string, written: string}>>} */
  #texts = new WeakMap();

  /**
   * Streamlit's wording of a text, which is either its own or a translation that was written before.
   * @param {object} node
   * @param {string} name Of an attribute, for example
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
