// Corrects Streamlit's document. This script is no component: ui/components/streamlit_patches.py inserts it and calls its export.

/** @import { Translation } from "./translations.js" */
import { DocumentLanguage } from "./document_language.js";
import { FigureTops } from "./figure_tops.js";
import { correctHistory } from "./history_entries.js";
import { closeExplanationsByKey } from "./term_explanations.js";
import { Translator } from "./translator.js";

/** @typedef {{language: DocumentLanguage, translator: Translator}} Patches */

const global = /** @type {{softmaxLabPatches?: Patches}} */ (globalThis);

/**
 * Correct Streamlit's document. Called again with each page and language.
 * @param {string} language
 * @param {Translation[]} translations Of Streamlit's own texts into this language
 */
export default function patchStreamlit(language, translations) {
  const patches = (global.softmaxLabPatches ??= begin());
  patches.language.set(language);
  patches.translator.set(translations);
}

function begin() {
  correctHistory();
  closeExplanationsByKey();
  new FigureTops();
  return { language: new DocumentLanguage(), translator: new Translator() };
}
