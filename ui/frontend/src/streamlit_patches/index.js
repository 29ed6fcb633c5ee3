// Corrects Streamlit's document, and moves the bars of charts that Streamlit replaces; draws nothing.

/** @import { Translation } from "./translations.js" */
import { DocumentLanguage } from "./document_language.js";
import { FigureTops } from "./figure_tops.js";
import { correctHistory } from "./history_entries.js";
import { moveReplacedBars } from "./moving_bars.js";
import { closeExplanationsByKey } from "./term_explanations.js";
import { Translator } from "./translator.js";

/** @typedef {{language: DocumentLanguage, translator: Translator}} Patches */

const global = /** @type {{softmaxLabPatches?: Patches}} */ (globalThis);

/**
 * @typedef {Object} PatchesData Message from ui/components/streamlit_patches.py
 * @property {string} language
 * @property {Translation[]} translations Of Streamlit's own texts into this language
 */

/** Correct Streamlit's document. Called again with each page and language. @param {{data: PatchesData}} component */
export default function patchStreamlit({ data }) {
  const patches = (global.softmaxLabPatches ??= begin());
  patches.language.set(data.language);
  patches.translator.set(data.translations);
}

function begin() {
  correctHistory();
  moveReplacedBars();
  closeExplanationsByKey();
  new FigureTops();
  return { language: new DocumentLanguage(), translator: new Translator() };
}
