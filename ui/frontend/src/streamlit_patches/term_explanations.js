// Closes the explanation of a glossary term (ui/look/terms.py) with the Escape key, as accessibility requires.

/** Hide the open explanation on Escape, until the pointer or the focus leaves the term. */
export function closeExplanationsByKey() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const term of document.querySelectorAll(".term:is(:hover, :focus)")) {
      term.classList.add("dismissed");
      for (const type of ["mouseleave", "blur"]) {
        term.addEventListener(type, () => term.classList.remove("dismissed"), { once: true });
      }
    }
  });
}
