const reader = (globalThis.softmaxLabReader ??= {});

/** Which step of the lecture an address opens. */
const stepOf = (address) => new URL(address, location.href).searchParams.get("lecture");

/**
 * Let what changes only the query replace the address, so that one press of Back leads to the page before, or from one
 * step of the lecture to the step before.
 */
function onePageOneEntry() {
  const push = history.pushState;
  history.pushState = function (state, unused, url) {
    const samePage = url && new URL(url, location.href).pathname === location.pathname;
    const from = stepOf(location.href);
    const turnsStep = samePage && from && stepOf(url) && from !== stepOf(url);
    return samePage && !turnsStep ? history.replaceState(state, unused, url) : push.call(history, state, unused, url);
  };
}

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
    onePageOneEntry();
  }
  correct();
}
