// Types of the messages between the surface and Python (see ui/components/loss_surface.py).

/** @typedef {[number, number]} Place z₁ − z₃ and z₂ − z₃ */

/** @typedef {[turn: number, tilt: number, zoom: number, u: number, v: number]} Camera Angles in radians; centre of the visible section */

/** @typedef {[low: number, high: number]} Bounds */

/**
 * @typedef {Object} SurfaceMessage
 * @property {Place} start Where the descent begins
 * @property {number} steps
 * @property {boolean} solid Show the surface in 3-D instead of the contour map
 * @property {Camera} camera
 * @property {Camera} initialCamera
 * @property {[Bounds, Bounds, Bounds, Bounds, Bounds]} cameraBounds
 * @property {number} half The plane reaches from −half to half in both directions
 * @property {number} maxSteps
 * @property {string[]} names
 * @property {string} glyphs One per class
 * @property {string[]} shapes
 * @property {number} target True class
 * @property {number} rate Learning rate
 * @property {boolean} enlarged
 * @property {Record<string, string>} texts
 * @property {number} version
 * @property {number} openings How many lecture steps, questions and links were opened
 */

/** @typedef {{start: Place, steps: number, solid: boolean, camera: number[], version: number}} SurfaceChange The message to Python */

export {};
