// Makes the browser's Back button lead to the previous page as it was, or in the lecture to the previous step.

/** Decides which addresses are new entries of the browser's history. */
export class HistoryEntries {
  /** Whether the newest entry was added for a new step, and the address has not changed to another page since */
  #isStepNew = false;
  /** @type {URL | null} The address when the user last pressed a button or key */
  #pressed = null;

  /** The user presses a button or key. @param {URL} address */
  press(address) {
    this.#pressed = address;
  }

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

  /**
   * Return the address for the entry of the page that the user leaves. Streamlit has overwritten it if it has written the
   * query parameters of the new page before the new page; then it is the address at the user's press.
   * @param {URL} from
   * @param {URL} to
   */
  left(from, to) {
    const isOverwritten = from.search === to.search && this.#pressed?.pathname === from.pathname;
    return isOverwritten && this.#pressed ? this.#pressed : from;
  }
}

/** Replace `history.pushState`, so that Streamlit adds an entry only if `HistoryEntries.isNew` returns true. */
export function correctHistory() {
  const entries = new HistoryEntries(), push = history.pushState;
  for (const event of ["pointerdown", "keydown"]) {
    addEventListener(event, () => entries.press(new URL(location.href)), { capture: true });
  }
  history.pushState = (state, unused, url) => {
    const from = new URL(location.href), to = new URL(url ?? from, from);
    if (!entries.isNew(from, to)) {
      history.replaceState(state, unused, url);
      return;
    }
    if (from.pathname !== to.pathname) history.replaceState(history.state, unused, entries.left(from, to));
    push.call(history, state, unused, url);
  };
}
