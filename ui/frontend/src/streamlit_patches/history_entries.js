// One press of the browser's Back button leads to the page before, or in the lecture to the step before.

/** Decides which addresses are new entries of the browser's history. */
export class HistoryEntries {
  /** Whether the newest entry was begun by a change of the step, and its page has not followed yet */
  #isStepNew = false;

  /**
   * Whether a new address is a new entry, and does not replace the last one: each page is one, and each step of the lecture.
   * Where a step is on another page, Streamlit writes the step into the address first and then the page; this is one entry.
   * @param {URL} from
   * @param {URL} to
   */
  isNew(from, to) {
    const stepBefore = from.searchParams.get("lecture"), step = to.searchParams.get("lecture");
    if (from.pathname === to.pathname) {
      const isNewStep = Boolean(stepBefore && step && stepBefore !== step);
      this.#isStepNew ||= isNewStep;
      return isNewStep;
    }
    const isPageOfNewStep = this.#isStepNew && stepBefore === step;
    this.#isStepNew = false;
    return !isPageOfNewStep;
  }
}

/** Let Streamlit make an entry of the history only where one is due. */
export function correctHistory() {
  const entries = new HistoryEntries(), push = history.pushState;
  history.pushState = (state, unused, url) => {
    const isNew = !url || entries.isNew(new URL(location.href), new URL(url, location.href));
    if (isNew) push.call(history, state, unused, url);
    else history.replaceState(state, unused, url);
  };
}
