/**
 * Keeps the lang of html at the reader's language, puts Streamlit's own English words into it, and makes one page one entry
 * of the history. Run anew when the language changes.
 * @param {string} language
 * @param {string[][]} words What Streamlit says and what the reader should hear; {label} stands for any text.
 */
export default function patchStreamlit(language, words) {
  const SPOKEN = ["aria-label", "placeholder", "title"];
  const WRITTEN = ["stSkipToContent", "stFileUploaderDropzone", "InputInstructions", "stMainMenuPopover", "stMainMenuList", "stMainMenu", "stStatusWidget"]
    .map((id) => `[data-testid=${id}]`).join();
  const begun = globalThis.softmaxLabReader, reader = (globalThis.softmaxLabReader ??= { said: new WeakMap() });
  Object.assign(reader, { language, words });

  function keepLanguage() {
    const root = document.documentElement;
    if (root.lang !== reader.language) root.lang = reader.language;
  }

  function inReadersWords(text) {
    for (const [from, to] of reader.words) {
      const [before, after] = from.split("{label}");
      if (after === undefined ? text === from : text.startsWith(before) && text.endsWith(after)) {
        return to.replace("{label}", () => text.slice(before.length, text.length - after.length));
      }
    }
    return text;
  }

  /** Put a text of Streamlit's into the reader's words, by what it was before we first did. */
  function put(node, name, now, set) {
    if (!now) return;
    const known = reader.said.get(node) ?? {}, was = known[name]?.to === now ? known[name].was : now, to = inReadersWords(was);
    reader.said.set(node, { ...known, [name]: { was, to } });
    if (to !== now) set(to);
  }

  const putSpoken = (element) => {
    for (const name of SPOKEN) put(element, name, element.getAttribute(name), (text) => element.setAttribute(name, text));
  };
  const putWritten = (node) => put(node, "text", node.data, (text) => (node.data = text));

  function putAll(root) {
    if (root.nodeType !== Node.ELEMENT_NODE) return root.parentElement?.closest(WRITTEN) && putWritten(root);
    const spoken = SPOKEN.map((name) => `[${name}]`).join();
    if (root.matches(spoken)) putSpoken(root);
    root.querySelectorAll(spoken).forEach(putSpoken);
    for (const part of root.closest(WRITTEN) ? [root] : root.querySelectorAll(WRITTEN)) {
      const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) putWritten(texts.currentNode);
    }
  }

  function watch() {
    new MutationObserver(keepLanguage).observe(document.documentElement, { attributeFilter: ["lang"] });
    new MutationObserver((changes) => {
      for (const { type, target, addedNodes } of changes) {
        if (type === "attributes") putSpoken(target);
        else if (type === "characterData") putAll(target);
        else addedNodes.forEach(putAll);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributeFilter: SPOKEN });
  }

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

  /** Tell what is to fill a projector's screen how far down its page it begins: --top, whatever stands above it. */
  function tellTops() {
    const scrolled = document.querySelector("[data-testid=stMain]")?.scrollTop ?? 0;
    for (const place of document.querySelectorAll("[class*=st-key-fitted_]")) {
      const top = `${Math.round(place.getBoundingClientRect().top + scrolled)}px`;
      if (place.style.getPropertyValue("--top") !== top) place.style.setProperty("--top", top);
    }
  }

  keepLanguage();
  putAll(document.body);
  if (begun) return;
  watch();
  onePageOneEntry();
  setInterval(tellTops, 250);
}
