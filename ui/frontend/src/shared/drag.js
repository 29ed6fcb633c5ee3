// Drags and taps. A finger changes nothing until it is clear that the gesture does not scroll the page.

const MIN_DISTANCE = 6; // pixels

/**
 * @typedef {Object} DragEvents
 * @property {(event: PointerEvent) => boolean} canBegin Whether a drag can begin here
 * @property {(event: PointerEvent) => boolean} [blocksScroll] Whether a finger that goes down here drags in any direction;
 *   otherwise the browser decides by the CSS property touch-action
 * @property {boolean} [horizontal] A finger drags only sideways; moves up and down scroll the page
 * @property {(event: PointerEvent) => void} begin
 * @property {(event: PointerEvent) => void} move Called right after `begin`, and at each move
 * @property {(event: PointerEvent) => void} end
 * @property {() => void} cancel The drag was a scroll or was interrupted: restore the values from before the drag
 * @property {(event: PointerEvent) => void} [tap] A press that was no drag; a mouse press where `canBegin` is true is a drag
 */

/**
 * Listen to the drags on an element. A mouse drags from the press on, a finger after MIN_DISTANCE.
 * @param {HTMLElement | SVGElement} target
 * @param {DragEvents} events
 */
export function listenToDrags(target, events) {
  /** @type {{id: number, x: number, y: number, canBegin: boolean, blocksScroll: boolean, hasBegun: boolean} | null} */
  let drag = null;

  /** @param {PointerEvent} event */
  const begin = (event) => {
    if (!drag) return;
    drag.hasBegun = true;
    target.setPointerCapture(event.pointerId);
    events.begin(event);
    events.move(event);
  };

  target.onpointerdown = (event) => {
    if (event.button !== 0 || drag) return;
    const isTouch = event.pointerType === "touch", blocksScroll = isTouch && (events.blocksScroll?.(event) ?? false);
    const canBegin = events.canBegin(event) && (!isTouch || !events.blocksScroll || blocksScroll);
    drag = { id: event.pointerId, x: event.clientX, y: event.clientY, canBegin, blocksScroll, hasBegun: false };
    if (!isTouch && canBegin) begin(event);
  };
  target.addEventListener("touchstart", (event) => drag?.blocksScroll && event.preventDefault(), { passive: false });
  /** @param {PointerEvent} event */
  const move = (event) => {
    if (!drag || drag.id !== event.pointerId) return;
    if (drag.hasBegun) events.move(event);
    else if (drag.canBegin && distance(drag, event) >= MIN_DISTANCE) {
      if (events.horizontal && isVertical(drag, event)) drag.canBegin = false;
      else begin(event);
    }
  };
  target.addEventListener("pointermove", /** @type {EventListener} */ (move));
  target.onpointerup = (event) => {
    if (!drag || drag.id !== event.pointerId) return;
    const ended = drag;
    drag = null;
    if (ended.hasBegun) events.end(event);
    else if (distance(ended, event) < MIN_DISTANCE) events.tap?.(event);
  };
  target.onpointercancel = (event) => {
    if (!drag || drag.id !== event.pointerId) return;
    const wasDragged = drag.hasBegun;
    drag = null;
    if (wasDragged) events.cancel();
  };
}

/** @param {{x: number, y: number}} from @param {PointerEvent} event */
function distance(from, event) {
  return Math.hypot(event.clientX - from.x, event.clientY - from.y);
}

/** @param {{x: number, y: number}} from @param {PointerEvent} event */
function isVertical(from, event) {
  return Math.abs(event.clientY - from.y) > Math.abs(event.clientX - from.x);
}
