"""Measure how soon a page responds while something is dragged."""

RECORD_DRAG = """number => {
    const read = () => number.dataset.value;
    window.framesTaken = [];
    document.addEventListener("pointermove", (event) => {
        if (event.buttons !== 1) return;
        const before = read();
        let frames = 0;
        const check = () => {
            frames += 1;
            if (read() !== before) window.framesTaken.push(frames);
            else if (frames < 20) requestAnimationFrame(check);
        };
        requestAnimationFrame(check);
    }, { capture: true });
    const onRelease = () => (window.releasedAt = window.changedAt = performance.now());
    window.addEventListener("pointerup", onRelease, { capture: true });
    const observer = new MutationObserver(() => (window.changedAt = performance.now()));
    const observe = (root) => {
        observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
        for (const element of root.querySelectorAll("*")) if (element.shadowRoot) observe(element.shadowRoot);
    };
    observe(document.querySelector("[data-testid=stMain]"));
}"""
"""To be evaluated on an element with a number in its data-value. `window.framesTaken` records how many frames after a
move of a pressed pointer the number changed (1 is the next frame); `window.releasedAt`, when the pointer was last
released; `window.changedAt`, when anything on the page last changed."""
