// Sliders of the browser (<input type="range">) on touch screens.
//
// Browsers set a slider as soon as a finger touches it, even if the finger then scrolls the page.

const MIN_DISTANCE = 6; // pixels

/**
 * @typedef {Object} RangeEvents
 * @property {(value: number) => void} set The user moves the slider to a value
 * @property {() => void} release A change has ended
 * @property {() => void} restore Show the current value again: a touch has moved the slider, but may be a scroll
 */

/**
 * Listen to a slider. A finger changes nothing until it is clear that the gesture does not scroll the page.
 * @param {HTMLInputElement} range
 * @param {RangeEvents} events
 */
export function listenToRange(range, { set, release, restore }) {
  /** @type {{x: number, y: number, value: number | null} | null} A finger that may still be scrolling the page */
  let touch = null;
  range.addEventListener("pointerdown", ({ pointerType, clientX, clientY }) => {
    touch = pointerType === "touch" ? { x: clientX, y: clientY, value: null } : null;
  });
  range.addEventListener("pointermove", ({ clientX, clientY }) => {
    if (!touch) return;
    const dx = Math.abs(clientX - touch.x), dy = Math.abs(clientY - touch.y);
    if (dx >= MIN_DISTANCE && dx >= dy) touch = null;
  });
  range.addEventListener("input", () => {
    if (!touch) return set(range.valueAsNumber);
    touch.value = range.valueAsNumber;
    restore();
  });
  range.addEventListener("pointerup", ({ clientX, clientY }) => {
    const isTap = touch && Math.hypot(clientX - touch.x, clientY - touch.y) < MIN_DISTANCE, value = touch?.value ?? null;
    touch = null;
    if (!isTap || value === null) return;
    set(value);
    release();
  });
  range.addEventListener("pointercancel", () => touch && restore());
  for (const type of ["touchend", "touchcancel"]) range.addEventListener(type, () => (touch = null), { passive: true });
  range.addEventListener("change", release);
}
