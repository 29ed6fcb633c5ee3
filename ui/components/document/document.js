const reader = (globalThis.softmaxLabReader ??= {});

/** Which step of the lecture an address opens. */
const stepOf = (address) => new URL(address, location.href).searchParams.get("lecture");

/**
 * Make one entry of the history of each page, and in the lecture of each step; what else changes of an address replaces
 * it. So one press of Back leads to the page or the step before. A step on another page is named by the address before
 * the page is, and is still one entry.
 */
function onePageOneEntry() {
  const push = history.pushState;
  let turned = false;
  history.pushState = function (state, unused, url) {
    const [from, to] = [stepOf(location.href), stepOf(url ?? location.href)];
    const samePage = url && new URL(url, location.href).pathname === location.pathname;
    const turns = samePage && from && to && from !== to;
    const stays = samePage ? !turns : turned && from === to;
    turned = turns || (turned && samePage);
    return stays ? history.replaceState(state, unused, url) : push.call(history, state, unused, url);
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
