// Measures the height above each figure that fills the rest of a projector's screen.

const FIGURES = "[class*=st-key-full_height_]"; // ui/look/layout.py

/**
 * Keeps the CSS variable --top of each figure at its distance from the top of the page.
 *
 * The distance depends on the elements above the figure, which Streamlit adds and removes. Therefore the sizes of all
 * ancestors of the figure and of their children are observed.
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

  /** Update once before the next frame, so that figures that change their size cannot notify the observer in a loop. */
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

/** Return the ancestors of an element below <body>, and all their children. @param {Element} element */
function elementsAround(element) {
  const found = [];
  for (let parent = element.parentElement; parent && parent !== document.body; parent = parent.parentElement) {
    found.push(parent, ...parent.children);
  }
  return found;
}
