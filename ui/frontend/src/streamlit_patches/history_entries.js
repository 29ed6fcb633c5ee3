// Makes the browser's Back button lead to the previous page, or in the lecture to the previous step.

/** Decides which addresses are new entries of the browser's history. */
export class HistoryEntries {
  /** Whether the newest entry was added for a new step, and the address has not changed to another page since */
  #isStepNew = false;

  /**
   * Whether a new address gets a new entry instead of replacing the last one. Each page and each step of the lecture gets one.
   * If a step is on another page, Streamlit first writes the step into the address and then the page: together, one entry.
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

/** Replace `history.pushState`, so that Streamlit adds an entry only if `HistoryEntries.isNew` returns true. */
export function correctHistory() {
  const entries = new HistoryEntries(), push = history.pushState;
  history.pushState = (state, unused, url) => {
    const isNew = !url || entries.isNew(new URL(location.href), new URL(url, location.href));
    if (isNew) push.call(history, state, unused, url);
    else history.replaceState(state, unused, url);
  };
}
