"""How soon a page follows the hand: to be evaluated on the element whose number follows."""

WATCH = """number => {
    const read = () => number.dataset.value;
    window.frames_taken = [];
    document.addEventListener("pointermove", (event) => {
        if (event.buttons !== 1) return;
        const before = read();
        let frames = 0;
        const look = () => {
            frames += 1;
            if (read() !== before) window.frames_taken.push(frames);
            else if (frames < 20) requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
    }, { capture: true });
    window.addEventListener("pointerup", () => (window.let_go = window.changed = performance.now()), { capture: true });
    const changed = new MutationObserver(() => (window.changed = performance.now()));
    const watch = (root) => {
        changed.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
        for (const element of root.querySelectorAll("*")) if (element.shadowRoot) watch(element.shadowRoot);
    };
    watch(document.querySelector("[data-testid=stMain]"));
}"""
"""Notes in `window.frames_taken` how many frames after each move of a pressed pointer the number changed, 1 being the
very next; in `window.let_go` and `window.changed`, when the pointer was let go and when anything changed, last."""
