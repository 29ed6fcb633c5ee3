// Keeps Streamlit's own texts on the page translated.

/** @import { Translation } from "./translations.js" */
import { Originals, translated } from "./translations.js";

const ATTRIBUTES = ["aria-label", "placeholder", "title"];
const WITH_ATTRIBUTE = ATTRIBUTES.map((name) => `[${name}]`).join();
/** Selects elements that contain Streamlit's own texts, not the app's. */
const WITH_TEXT = [
  "stSkipToContent", "stFileUploaderDropzone", "InputInstructions", "stMainMenuPopover", "stMainMenuList", "stMainMenu", "stStatusWidget",
].map((id) => `[data-testid=${id}]`).join();

/** Translates Streamlit's own texts, now and whenever Streamlit writes new ones. */
export class Translator {
  #originals = new Originals();
  /** @type {Translation[]} */
  #translations = [];

  constructor() {
    const observer = new MutationObserver((changes) => changes.forEach((change) => this.#onChange(change)));
    observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributeFilter: ATTRIBUTES });
  }

  /** @param {Translation[]} translations */
  set(translations) {
    this.#translations = translations;
    this.#translateTree(document.body);
  }

  /** @param {MutationRecord} change */
  #onChange({ type, target, addedNodes }) {
    if (type === "attributes") this.#translateAttributes(/** @type {Element} */ (target));
    else if (type === "characterData") this.#translateTree(target);
    else addedNodes.forEach((node) => this.#translateTree(node));
  }

  /** @param {Node} root */
  #translateTree(root) {
    if (root instanceof Text && root.parentElement?.closest(WITH_TEXT)) this.#translateText(root);
    if (!(root instanceof Element)) return;
    if (root.matches(WITH_ATTRIBUTE)) this.#translateAttributes(root);
    root.querySelectorAll(WITH_ATTRIBUTE).forEach((element) => this.#translateAttributes(element));
    for (const part of root.closest(WITH_TEXT) ? [root] : root.querySelectorAll(WITH_TEXT)) {
      const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) this.#translateText(/** @type {Text} */ (texts.currentNode));
    }
  }

  /** @param {Element} element */
  #translateAttributes(element) {
    for (const name of ATTRIBUTES) {
      this.#translate(element, name, element.getAttribute(name), (text) => element.setAttribute(name, text));
    }
  }

  /** @param {Text} node */
  #translateText(node) {
    this.#translate(node, "text", node.data, (text) => (node.data = text));
  }

  /** @param {Node} node @param {string} name @param {string | null} text @param {(text: string) => void} write */
  #translate(node, name, text, write) {
    if (!text) return;
    const original = this.#originals.of(node, name, text), translation = translated(original, this.#translations);
    this.#originals.remember(node, name, original, translation);
    if (translation !== text) write(translation);
  }
}
