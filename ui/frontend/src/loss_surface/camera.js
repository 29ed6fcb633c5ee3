// The camera: rotation, tilt and zoom, and the section of the plane that it shows.

/** @import { Bounds, Camera, Place, SurfaceMessage } from "./messages.js" */

/** @typedef {{middle: Place, half: number}} Section A square part of the plane */

/** @param {number} value @param {Bounds} bounds */
export function clamp(value, [low, high]) {
  return Math.min(Math.max(value, low), high);
}

/** The visible section. @param {Camera} camera @param {number} half @returns {Section} */
export function sectionOf([, , zoom, u, v], half) {
  return { middle: [u, v], half: half / zoom };
}

/**
 * Rotate and tilt the camera. Rotation is kept within −π … π.
 * @param {Camera} camera
 * @param {number} by Change of the rotation, in radians
 * @param {number} tilt Change of the tilt, in radians
 * @param {SurfaceMessage["cameraBounds"]} bounds
 * @returns {Camera}
 */
export function turned([turn, oldTilt, ...rest], by, tilt, bounds) {
  const full = 2 * Math.PI;
  return [((turn + by + 1.5 * full) % full) - Math.PI, clamp(oldTilt + tilt, bounds[1]), ...rest];
}

/**
 * Multiply the zoom by a factor, and centre the visible section at a place, as far as the edges of the plane allow.
 * @param {Camera} camera
 * @param {number} by Factor
 * @param {Place} place
 * @param {Pick<SurfaceMessage, "half" | "cameraBounds">} limits
 * @returns {Camera}
 */
export function zoomed([turn, tilt, oldZoom], by, place, { half, cameraBounds }) {
  const zoom = clamp(oldZoom * by, cameraBounds[2]), most = half - half / zoom;
  return [turn, tilt, zoom, clamp(place[0], [-most, most]), clamp(place[1], [-most, most])];
}

/**
 * Return a place in units of a section, −1 … 1 in both directions. A place beyond the section is moved to its edge.
 * @param {Section} section
 * @param {number} u
 * @param {number} v
 */
export function shareOfSection({ middle, half }, u, v) {
  return [clamp((u - middle[0]) / half, [-1, 1]), clamp((v - middle[1]) / half, [-1, 1])];
}
