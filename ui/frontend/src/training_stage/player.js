// Time: which step is shown, and which one comes next.

/** @import { RowBuffer } from "./row_buffer.js" */
import { FRAMES_PER_SECOND } from "./row_buffer.js";

const MAX_FRAME_MS = 100; // a longer pause of the browser is not made up for
const CALM_MS = 500; // with reduced motion the picture changes at this interval

/**
 * @typedef {Object} PlayerEvents
 * @property {() => void} onStep Another step is shown
 * @property {() => void} onPlayPause Playback has begun or ended
 * @property {() => void} onRest The step shown will stay
 */

export class Player {
  playing = false;
  shown = 0;
  /** The highest step shown so far */
  furthest = 0;
  /** @type {number | null} A step to show as soon as its rows arrive */
  target = null;
  speed = 1;
  #position = 0;

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

  /** Steps between two frames. */
  get stride() {
    return Math.max(1, this.speed);
  }

  /** Begin at a step of new runs. @param {number} step */
  begin(step) {
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
    if (this.playing || this.shown >= this.buffer.lastStep) return;
    this.playing = true;
    this.target = null;
    this.#centre();
    this.buffer.restartChunks();
    this.events.onPlayPause();
    /** @type {number | null} */
    let before = null;
    /** @param {number} now */
    const frame = (now) => {
      if (!this.playing) return;
      this.#advance(before === null ? 1000 / FRAMES_PER_SECOND : Math.min(now - before, MAX_FRAME_MS));
      before = now;
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
    this.seek((this.target ?? this.shown) + steps);
  }

  /** Show a step; until its rows arrive, the nearest known one. @param {number} step */
  seek(step) {
    this.pause();
    const target = Math.max(0, Math.min(step, this.buffer.lastStep));
    if (this.buffer.has(target)) return this.#show(target);
    const nearest = this.buffer.nearestKnown(target);
    if (nearest !== this.shown) this.#show(nearest);
    this.target = target;
    this.buffer.askFor(target);
  }

  /** Begin the runs again with the present settings. */
  reset() {
    this.pause();
    this.buffer.dropAfter(0);
    this.furthest = 0;
    this.#show(0);
    this.buffer.askRestart();
  }

  /** Drop the steps after the one shown, whose settings have changed, and request new ones. */
  continueWithNewSettings() {
    this.furthest = this.shown;
    this.buffer.dropAfter(this.shown);
    this.buffer.askAfter(this.shown, this.stride);
  }

  /** Adjust to new rows or ends of the runs. Return whether the picture must be drawn again. @param {boolean} hasRows */
  rowsChanged(hasRows) {
    const last = this.buffer.lastStep, endsEarlier = this.furthest > last;
    this.furthest = Math.min(this.furthest, last);
    if (this.shown > last) this.seek(last);
    else if (hasRows && this.target !== null) this.seek(this.target);
    else return (hasRows || endsEarlier) && !this.playing;
    return false;
  }

  /** @param {number} elapsed Milliseconds since the frame before */
  #advance(elapsed) {
    const { buffer, speed } = this, pace = (speed * FRAMES_PER_SECOND) / 1000;
    const ready = buffer.playableTo(this.shown, this.stride);
    this.#position = Math.min(this.#position + pace * elapsed, ready + speed / 2);
    const interval = pace * CALM_MS;
    const due = this.reducedMotion() ? Math.floor(this.#position / interval) * interval : this.#position;
    const step = buffer.nearestKnown(Math.floor(this.#position >= ready ? ready : due));
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

  /** Put the position midway between two steps, so that frames a little early or late show one step each. */
  #centre() {
    this.#position = this.shown + this.speed / 2;
  }
}
