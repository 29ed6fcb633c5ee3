// The language of the document.

/** Keeps the document's `lang` attribute in the user's language, for screen readers and fonts. Streamlit sets it to English. */
export class DocumentLanguage {
  #language = document.documentElement.lang;

  constructor() {
    new MutationObserver(() => this.#write()).observe(document.documentElement, { attributeFilter: ["lang"] });
  }

  /** @param {string} language */
  set(language) {
    this.#language = language;
    this.#write();
  }

  #write() {
    const root = document.documentElement;
    if (root.lang !== this.#language) root.lang = this.#language;
  }
}
