// Animations that respect the user's preference for reduced motion.

const MAX_FRAME_MS = 100; // after a longer pause between two frames, an animation goes on as if only this time had passed
const query = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");

/** Whether the user prefers reduced motion. */
export function prefersReducedMotion() {
  return query?.matches ?? false;
}

/** Map the share of time passed to the share of the way: slow at both ends. @param {number} share 0 … 1 */
function eased(share) {
  return share * share * (3 - 2 * share);
}

/**
 * Call `draw` in each frame with a share that eases from 0 to 1. With reduced motion, call `draw` once with 1. Return a
 * function that stops the animation.
 * @param {number} ms Duration
 * @param {(share: number) => void} draw
 */
export function animate(ms, draw) {
  let frame = 0, elapsed = 0, last = performance.now();
  /** @param {number} now */
  const step = (now) => {
    elapsed += Math.min(Math.max(0, now - last), MAX_FRAME_MS);
    last = Math.max(last, now);
    const share = prefersReducedMotion() ? 1 : Math.min(elapsed / ms, 1);
    if (share < 1) frame = requestAnimationFrame(step);
    draw(share < 1 ? eased(share) : 1);
  };
  step(last);
  return () => cancelAnimationFrame(frame);
}
