// What the bars and the views of the same logits tell each other within the page, at the rate of the hand.

/** Tell: `kind` is "drawn" (what the bars show now), "light" (a class pointed at) or "move" (logits a view wants). */
function announce(kind, detail) {
  document.dispatchEvent(new CustomEvent(`softmax-lab:${kind}`, { detail }));
}

/** Hear what is told about the bars of this name; gives the way to stop. */
function hear(kind, bars, take) {
  const listener = ({ detail }) => detail.bars === bars && take(detail);
  document.addEventListener(`softmax-lab:${kind}`, listener);
  return () => document.removeEventListener(`softmax-lab:${kind}`, listener);
}

/** Whether the reader has asked for little motion. */
function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
