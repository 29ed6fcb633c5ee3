// Playback: which step is shown, and which step comes next.

/** @import { RowBuffer } from "./row_buffer.js" */
import { animate } from "../shared/motion.js";
import { FRAMES_PER_SECOND } from "./row_buffer.js";

const MAX_FRAME_MS = 100; // after a longer pause between two frames, playback continues as if only this time had passed
const REVEAL_MS = 600; // duration of `reveal`
const CALM_MS = 500; // with reduced motion, the picture changes at this interval

/**
 * @typedef {Object} PlayerEvents
 * @property {() => void} onStep Another step is shown
 * @property {() => void} onPlayPause Playback has begun or ended
 * @property {() => void} onRest Playback has ended, or a step was chosen: the step shown no longer changes by itself
 */

export class Player {
  playing = false;
  shown = 0;
  /** The highest step shown with the present rows: the loss curve and its axis reach this far */
  furthest = 0;
  /** @type {number | null} A step to show as soon as its rows arrive */
  target = null;
  speed = 1;
  #position = 0;
  /** @type {{goal: number, stop: () => void} | null} */
  #reveal = null;

  /**
   * @param {RowBuffer} buffer
   * @param {PlayerEvents} events
   * @param {(frame: (now: number) => void) => void} requestFrame
   * @param {() => boolean} reducedMotion
   */
  constructor(buffer, events, requestFrame = (frame) => requestAnimationFrame(frame), reducedMotion = () => false) {
    this.buffer = buffer;
    this.events = events;
    this.requestFrame = requestFrame;
    this.reducedMotion = reducedMotion;
  }

  /** Number of steps between two rows needed for playback: the speed, but at least 1. */
  get stride() {
    return Math.max(1, this.speed);
  }

  /** Whether steps on the way to a new one are shown. */
  get isRevealing() {
    return this.#reveal !== null;
  }

  /** The step shown, or the one that `reveal` goes to. */
  get settledStep() {
    return this.#reveal?.goal ?? this.shown;
  }

  /** Show the steps that lead from an earlier step to the one shown now, as far as their rows are here. @param {number} from */
  reveal(from) {
    if (from >= this.shown) return;
    const reveal = { goal: this.shown, stop: () => {} };
    this.#reveal = reveal;
    reveal.stop = animate(REVEAL_MS, (share) => {
      if (share === 1) this.#reveal = null;
      const step = Math.round(from + share * (reveal.goal - from));
      this.#showOnly(share === 1 ? step : this.buffer.lastKnownUpTo(step));
    });
  }

  /** End `reveal` at once, at its last step. */
  finishReveal() {
    const reveal = this.#reveal;
    this.stopReveal();
    if (reveal) this.#showOnly(reveal.goal);
  }

  stopReveal() {
    this.#reveal?.stop();
    this.#reveal = null;
  }

  /** Begin at a step of new runs. @param {number} step */
  startAt(step) {
    this.stopReveal();
    this.pause();
    this.target = null;
    this.shown = this.furthest = step;
  }

  /** @param {number} speed Steps per frame */
  setSpeed(speed) {
    if (speed === this.speed) return;
    this.speed = speed;
    this.#centre();
  }

  play() {
    this.finishReveal();
    if (this.playing || this.shown >= this.buffer.lastStep) return;
    this.playing = true;
    this.target = null;
    this.#centre();
    this.buffer.restartChunks();
    this.events.onPlayPause();
    /** @type {number | null} */
    let lastFrameAt = null;
    /** @param {number} now */
    const frame = (now) => {
      if (!this.playing) return;
      this.#advance(lastFrameAt === null ? 1000 / FRAMES_PER_SECOND : Math.min(now - lastFrameAt, MAX_FRAME_MS));
      lastFrameAt = now;
      if (this.playing) this.requestFrame(frame);
    };
    this.requestFrame(frame);
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    this.events.onPlayPause();
    this.events.onRest();
  }

  /** @param {number} steps */
  stepBy(steps) {
    this.finishReveal();
    this.seek((this.target ?? this.shown) + steps);
  }

  /** Show a step. If its rows are not here yet, request them and show the last known step before. @param {number} step */
  seek(step) {
    this.finishReveal();
    this.pause();
    const target = Math.max(0, Math.min(step, this.buffer.lastStep));
    if (this.buffer.has(target)) return this.#show(target);
    const known = this.buffer.lastKnownUpTo(target);
    if (known !== this.shown) this.#show(known);
    this.target = target;
    this.buffer.requestStep(target);
  }

  /** Begin the runs again with the present settings. */
  reset() {
    this.stopReveal();
    this.pause();
    this.buffer.dropAfter(0);
    this.furthest = 0;
    this.#show(0);
    this.buffer.requestRestart();
  }

  /** After a change of settings: drop the rows after the step shown, which no longer hold, and request new ones. */
  continueWithNewSettings() {
    this.finishReveal();
    this.furthest = this.shown;
    this.buffer.dropAfter(this.shown);
    this.buffer.requestFrom(this.shown, this.stride);
  }

  /** Adjust to new rows or ends of the runs. Return whether the caller must draw the picture again. @param {boolean} hasRows */
  onNewRows(hasRows) {
    const last = this.buffer.lastStep, endsEarlier = this.furthest > last;
    this.furthest = Math.min(this.furthest, last);
    if (this.shown > last) this.seek(last);
    else if (hasRows && this.target !== null) this.seek(this.target);
    else return (hasRows || endsEarlier) && !this.playing;
    return false;
  }

  /**
   * Move on by the time elapsed, but not beyond the buffered rows: at the end of the buffer, wait there.
   * @param {number} elapsed Milliseconds since the frame before
   */
  #advance(elapsed) {
    const { buffer, speed } = this, pace = (speed * FRAMES_PER_SECOND) / 1000;
    const ready = buffer.fillAhead(this.shown, this.stride);
    this.#position = Math.min(this.#position + pace * elapsed, ready + speed / 2);
    const interval = pace * CALM_MS;
    const due = this.reducedMotion() ? Math.floor(this.#position / interval) * interval : this.#position;
    const step = buffer.lastKnownUpTo(Math.floor(this.#position >= ready ? ready : due));
    if (step > this.shown) {
      this.shown = step;
      this.furthest = Math.max(this.furthest, step);
      this.events.onStep();
    }
    if (this.shown >= buffer.lastStep) this.pause();
  }

  /** @param {number} step */
  #show(step) {
    this.target = null;
    this.shown = step;
    this.furthest = Math.max(this.furthest, step);
    this.events.onStep();
    this.events.onRest();
  }

  /** Show a step as if the runs had come no further. @param {number} step */
  #showOnly(step) {
    this.shown = this.furthest = step;
    this.events.onStep();
  }

  /** Put the position half a frame ahead of the step shown, so that irregular frames neither skip nor repeat a step. */
  #centre() {
    this.#position = this.shown + this.speed / 2;
  }
}
