// A canvas in the reader's colours, sharp on the reader's screen.

/** What a CSS colour, var(--class-0) for instance, is for an element, as a canvas understands it. */
function resolvedColour(element, colour) {
  const probe = document.createElement("i");
  probe.style.color = colour;
  element.append(probe);
  const result = getComputedStyle(probe).color;
  probe.remove();
  return result;
}

/** The colours axes and lines are drawn in. */
function resolvedTheme(element) {
  const names = ["background", "surface", "text", "muted", "line", "accent"];
  return Object.fromEntries(names.map((name) => [name, resolvedColour(element, `var(--${name})`)]));
}

/** Red, green and blue of rgb(r, g, b). */
function channels(colour) {
  return colour.match(/[\d.]+/g).slice(0, 3).map(Number);
}

/** A canvas's context, cleared, in CSS pixels. */
function freshContext(canvas, font) {
  const width = canvas.clientWidth, height = canvas.clientHeight, ratio = devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.font = font;
  return context;
}

/** Call `redraw` when the element's size, or the reader's theme, has changed; gives what ends that. */
function onNewLook(element, redraw) {
  const ink = () => getComputedStyle(element).color;
  let before = ink();
  const sizes = new ResizeObserver(redraw);
  sizes.observe(element);
  const watch = setInterval(() => ink() !== before && ((before = ink()), redraw()), 500);
  return () => {
    sizes.disconnect();
    clearInterval(watch);
  };
}
