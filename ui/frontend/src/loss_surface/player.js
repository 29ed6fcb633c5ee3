// Animates the point: an animation to its last step, or playback, which takes one gradient step after another.

/** @import { DescentPoint } from "./point.js" */
import { animate, prefersReducedMotion } from "../shared/motion.js";
import { softmax } from "../shared/softmax.js";

const STEPS_PER_SECOND = 12;
const ANIMATION_MS = 280;
const REDUCED_MOTION_MS = 500; // with reduced motion, the point jumps at this interval
const MAX_FRAME_MS = 100; // after a longer pause between two frames, playback continues as if only this time had passed
const FINAL_PROBABILITY = 0.999; // playback ends when the true class has a higher probability

/**
 * @typedef {Object} PlayerEvents
 * @property {() => void} onFrame The point has moved
 * @property {() => void} onPlayPause Playback has begun or ended
 * @property {() => void} onEnd The animation has ended by itself or was paused
 */

export class DescentPlayer {
  isPlaying = false;
  #isGliding = false;
  #frame = 0;
  #stopGlide = () => {};

  /** @param {DescentPoint} point @param {PlayerEvents} events */
  constructor(point, events) {
    this.point = point;
    this.events = events;
  }

  get isMoving() {
    return this.isPlaying || this.#isGliding;
  }

  /** Take one gradient step, unless the maximum number of steps is reached. */
  step() {
    const { point } = this;
    this.stopAnimation();
    if (!point.canStep) return this.events.onEnd();
    point.addStep();
    this.animateFrom(point.position, ANIMATION_MS);
  }

  /** Move the point smoothly from a step to the last one. @param {number} from Step @param {number} ms Duration */
  animateFrom(from, ms) {
    const { point, events } = this, to = point.lastStep;
    this.#isGliding = true;
    this.#stopGlide = animate(ms, (share) => {
      point.position = from + (to - from) * share;
      this.#isGliding = share < 1;
      events.onFrame();
      if (share === 1) events.onEnd();
    });
  }

  play() {
    this.stopAnimation();
    this.isPlaying = true;
    this.events.onPlayPause();
    /** @type {number | null} */
    let before = null;
    let elapsed = 0;
    /** @param {number} now */
    const frame = (now) => {
      elapsed += before === null ? 0 : Math.min(now - before, MAX_FRAME_MS);
      before = now;
      if (!prefersReducedMotion() || elapsed >= REDUCED_MOTION_MS) {
        this.#advance((STEPS_PER_SECOND * elapsed) / 1000);
        elapsed = 0;
      }
      if (this.isPlaying) this.#frame = requestAnimationFrame(frame);
    };
    this.#frame = requestAnimationFrame(frame);
  }

  pause() {
    if (!this.isPlaying) return;
    this.stopAnimation();
    this.events.onEnd();
  }

  /** Stop at once. An animation jumps to its end, and playback to the nearest step. */
  stopAnimation() {
    if (!this.isMoving) return;
    const wasPlaying = this.isPlaying;
    this.close();
    this.point.stopAt(wasPlaying ? Math.round(this.point.position) : this.point.lastStep);
    if (wasPlaying) this.events.onPlayPause();
  }

  /** End the animation without calling an event. */
  close() {
    cancelAnimationFrame(this.#frame);
    this.#stopGlide();
    this.isPlaying = this.#isGliding = false;
  }

  /** @param {number} steps */
  #advance(steps) {
    const { point } = this, to = point.position + steps;
    while (point.lastStep < to && point.canStep) point.addStep();
    point.position = Math.min(prefersReducedMotion() ? Math.round(to) : to, point.lastStep);
    const probability = softmax(point.trail[Math.floor(point.position)])[point.target];
    const hasEnded = probability > FINAL_PROBABILITY || point.position >= point.maxSteps;
    if (hasEnded) this.pause();
    else this.events.onFrame();
  }
}
