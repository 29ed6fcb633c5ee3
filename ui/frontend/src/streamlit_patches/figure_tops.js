// How much of a projector's screen is above a figure that fills the rest of it.

const FIGURES = "[class*=st-key-fitted_]"; // ui/look/layout.py

/**
 * Keeps the CSS variable --top of each figure at its distance from the top of the page.
 *
 * The distance depends on what is above the figure: elements beside it or beside one of the elements around it, whose
 * sizes are observed. Streamlit adds and removes such elements.
 */
export class FigureTops {
  #sizes = new ResizeObserver(() => this.#schedule());
  /** @type {Set<Element>} */
  #observed = new Set();
  #isScheduled = false;

  constructor() {
    new MutationObserver(() => this.#schedule()).observe(document.body, { subtree: true, childList: true });
    addEventListener("resize", () => this.#schedule());
    this.#schedule();
  }

  /** Update before the next frame is drawn: figures that change their size then cannot notify the observer in a loop. */
  #schedule() {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    requestAnimationFrame(() => {
      this.#isScheduled = false;
      this.#update();
    });
  }

  #update() {
    const figures = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(FIGURES));
    const scrolled = document.querySelector("[data-testid=stMain]")?.scrollTop ?? 0;
    for (const figure of figures) {
      const top = `${Math.round(figure.getBoundingClientRect().top + scrolled)}px`;
      if (figure.style.getPropertyValue("--top") !== top) figure.style.setProperty("--top", top);
    }
    this.#observe(new Set([...figures].flatMap(elementsAround)));
  }

  /** @param {Set<Element>} elements */
  #observe(elements) {
    for (const element of this.#observed) if (!elements.has(element)) this.#sizes.unobserve(element);
    for (const element of elements) if (!this.#observed.has(element)) this.#sizes.observe(element, { box: "border-box" });
    this.#observed = elements;
  }
}

/** The elements around an element, and all their children. @param {Element} element */
function elementsAround(element) {
  const found = [];
  for (let parent = element.parentElement; parent && parent !== document.body; parent = parent.parentElement) {
    found.push(parent, ...parent.children);
  }
  return found;
}
