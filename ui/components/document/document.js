const reader = (globalThis.softmaxLabReader ??= {});

/**
 * Keep <html lang> at the reader's language; Streamlit sets it to "en" each time it draws a page.
 * @param {{data: {language: string}}} component
 */
export default function ({ data }) {
  const root = document.documentElement;
  const correct = () => {
    if (root.lang !== reader.language) root.lang = reader.language;
  };
  reader.language = data.language;
  if (!reader.watch) {
    reader.watch = new MutationObserver(correct);
    reader.watch.observe(root, { attributeFilter: ["lang"] });
  }
  correct();
}
