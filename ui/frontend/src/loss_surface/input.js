// Drags of the point and of the camera, taps on the map, and arrow keys.

/** @import { Elements } from "./elements.js" */
/** @import { Camera } from "./messages.js" */
import { listenToDrags } from "../shared/drag.js";

const PIXELS_PER_RADIAN = 150;

/**
 * @typedef {Object} PointerActions
 * @property {() => boolean} is3d
 * @property {(event: PointerEvent) => boolean} isOnPicture
 * @property {(event: PointerEvent) => void} movePoint Move the point to the pointer
 * @property {(turn: number, tilt: number) => void} turnCamera
 * @property {() => () => void} begin A drag begins. Returns a function that cancels the drag
 * @property {() => void} end A drag or tap has ended, and its changes are kept
 */

/** @param {Elements} elements @param {PointerActions} actions */
export function listenToPointer(elements, actions) {
  listenToPoint(elements, actions);
  listenToView(elements, actions);
}

/**
 * Let the user drag the point by its handle. With a mouse, the point stays in place until the mouse moves.
 * @param {Elements} elements
 * @param {PointerActions} actions
 */
function listenToPoint({ handle }, { begin, end, movePoint }) {
  /** @type {PointerEvent | null} */
  let first = null;
  let restore = () => {};
  listenToDrags(handle, {
    canBegin: () => true,
    begin(event) {
      event.preventDefault(); // keeps the focus where it is put
      first = event.pointerType === "mouse" ? event : null;
      restore = begin();
      handle.focus({ preventScroll: true });
    },
    move: (event) => event !== first && movePoint(event),
    end,
    cancel: () => restore(),
  });
}

/**
 * Let the user turn the camera in 3-D, or drag the point from anywhere on the map. A finger turns the camera only
 * horizontally, and moves the point on the map only by a tap, so that the page can be scrolled.
 * @param {Elements} elements
 * @param {PointerActions} actions
 */
function listenToView({ surfaceCanvas, handle }, { is3d, isOnPicture, movePoint, turnCamera, begin, end }) {
  let before = { x: 0, y: 0 }, restore = () => {};
  listenToDrags(surfaceCanvas, {
    horizontal: true,
    canBegin: (event) => is3d() || (event.pointerType === "mouse" && isOnPicture(event)),
    begin(event) {
      event.preventDefault();
      before = { x: event.clientX, y: event.clientY };
      restore = begin();
      (is3d() ? surfaceCanvas : handle).focus({ preventScroll: true });
    },
    move(event) {
      if (!is3d()) return movePoint(event);
      const tilt = event.pointerType === "touch" ? 0 : event.clientY - before.y;
      turnCamera((event.clientX - before.x) / PIXELS_PER_RADIAN, tilt / PIXELS_PER_RADIAN);
      before = { x: event.clientX, y: event.clientY };
    },
    end,
    cancel: () => restore(),
    tap(event) {
      if (is3d() || !isOnPicture(event)) return;
      movePoint(event);
      end();
    },
  });
}

/**
 * Return by how many radians a key changes the camera's rotation and tilt; null if it is no arrow key.
 * @param {string} key
 * @returns {[turn: number, tilt: number] | null}
 */
export function turnOfKey(key) {
  return arrow(key, 0.1);
}

/**
 * Return by how much a key moves the point on the plane; null if it is no arrow key.
 * @param {KeyboardEvent} event
 * @param {Camera} camera
 */
export function moveOfKey({ key, shiftKey }, [, , zoom]) {
  return arrow(key, (shiftKey ? 1 : 0.1) * (zoom > 4 ? 0.2 : 1));
}

/** @param {string} key @param {number} length @returns {[number, number] | null} */
function arrow(key, length) {
  /** @type {Record<string, [number, number]>} */
  const arrows = { ArrowRight: [length, 0], ArrowLeft: [-length, 0], ArrowUp: [0, length], ArrowDown: [0, -length] };
  return Object.hasOwn(arrows, key) ? arrows[key] : null;
}
