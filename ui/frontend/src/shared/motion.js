// Animations that respect the user's preference for reduced motion.

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
  const begin = performance.now();
  let frame = 0;
  /** @param {number} now */
  const step = (now) => {
    const share = prefersReducedMotion() ? 1 : Math.min(Math.max(0, now - begin) / ms, 1);
    if (share < 1) frame = requestAnimationFrame(step);
    draw(share < 1 ? eased(share) : 1);
  };
  step(begin);
  return () => cancelAnimationFrame(frame);
}
