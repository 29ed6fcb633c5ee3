// The rows (step, parameters, loss, accuracy) that the browser has received, and the requests for more.
//
// During playback, at least 150 frames are buffered ahead: 2.5 seconds. At most one request is in flight; it is sent again
// after 3 seconds without an answer.

/** @import { RowRequest, RunState } from "./messages.js" */
import { rowsOf } from "./messages.js";
import { Trajectory } from "./trajectory.js";

export const FRAMES_PER_SECOND = 60;
const AHEAD = 150; // frames; if there are fewer, more are requested
const FIRST_CHUNK = 30; // frames; the second chunk is as long, so that it arrives while the first is played; others double
const MAX_CHUNK = 240; // frames, but no more than MAX_CHUNK_STEPS steps
const MAX_CHUNK_STEPS = 900; // more would keep other learners waiting, and a changed setting discards them
const ROWS_OF_LONG_JUMP = 200;
const RETRY_MS = 3000;

export class RowBuffer {
  trajectories = [new Trajectory()];
  maxSteps = 0;
  /** @type {{rows: RowRequest, restart?: boolean} | null} The request in flight */
  pending = null;
  #requestedAt = -Infinity;
  #chunk = FIRST_CHUNK;

  /**
   * @param {() => void} send Sends the request, with the stage's state, to Python
   * @param {() => number} now Clock in milliseconds
   */
  constructor(send, now = () => performance.now()) {
    this.send = send;
    this.now = now;
  }

  /** Begin with new runs. @param {RunState & {maxSteps: number, models: unknown[]}} scene */
  begin(scene) {
    this.trajectories = scene.models.map(() => new Trajectory());
    this.maxSteps = scene.maxSteps;
    this.forgetRequest();
    this.receive(scene);
  }

  /** Store the rows, ends and changes in a message. Return whether the message has rows. @param {RunState} message */
  receive(message) {
    let hasRows = false;
    this.trajectories.forEach((trajectory, i) => {
      const rows = rowsOf(message, i);
      trajectory.end = message.ends[i];
      trajectory.changes = message.changes[i];
      if (rows) trajectory.add(rows);
      hasRows ||= rows !== undefined;
    });
    if (hasRows) this.pending = null;
    return hasRows;
  }

  /** Forget the request in flight, and begin with short chunks again. */
  forgetRequest() {
    this.pending = null;
    this.restartChunks();
  }

  restartChunks() {
    this.#chunk = FIRST_CHUNK;
  }

  /** Drop the rows after a step, which are no longer valid, and forget the request in flight. @param {number} step */
  dropAfter(step) {
    for (const trajectory of this.trajectories) trajectory.dropAfter(step);
    this.forgetRequest();
  }

  /** The last step of the longest run, or the maximum while a run has no end. */
  get lastStep() {
    const ends = this.trajectories.map(({ end }) => end?.[0] ?? this.maxSteps);
    return Math.max(...ends);
  }

  /** Whether each run's row of a step is known. @param {number} step */
  has(step) {
    return this.trajectories.every((trajectory) => trajectory.has(step));
  }

  /** Return the last known step that is not after `step`. @param {number} step */
  lastKnownUpTo(step) {
    return Math.max(...this.trajectories.map((trajectory) => trajectory.at(step).step));
  }

  /**
   * Request more rows if fewer than wanted are buffered. Return the step to which playback can go on without a gap.
   * @param {number} shown
   * @param {number} stride
   */
  fillAhead(shown, stride) {
    const wanted = Math.min(shown + stride * AHEAD, this.lastStep);
    const ready = Math.min(this.lastStep, ...this.trajectories.map((one) => one.playableTo(shown, stride, wanted)));
    if (ready < wanted && this.request(ready, ready + stride * this.#chunk, stride)) {
      const max = Math.min(MAX_CHUNK, Math.max(FIRST_CHUNK, MAX_CHUNK_STEPS / stride));
      this.#chunk = Math.min(max, this.#chunk * 2);
    }
    return ready;
  }

  /**
   * Request the rows needed to show an unknown step. Before the last known row, request the step and its neighbours; after the
   * last known row, about ROWS_OF_LONG_JUMP rows up to the step.
   * @param {number} step
   */
  requestStep(step) {
    const from = Math.min(...this.trajectories.filter((one) => !one.has(step)).map(({ last }) => last));
    if (step <= from) return this.request(Math.max(0, step - FIRST_CHUNK / 2), step + FIRST_CHUNK / 2, 1);
    const stride = Math.max(1, Math.ceil((step - from) / ROWS_OF_LONG_JUMP));
    return this.request(from, Math.max(step, from + FIRST_CHUNK), stride);
  }

  /** Request the first chunk after a step. @param {number} step @param {number} stride */
  requestFrom(step, stride) {
    return this.request(step, step + stride * FIRST_CHUNK, stride);
  }

  /** Tell Python to restart the runs, and request their first chunk. */
  requestRestart() {
    return this.request(0, FIRST_CHUNK, 1, { restart: true });
  }

  /**
   * Send a request, unless another one is in flight and not overdue. Return whether the request was sent.
   * @param {number} from
   * @param {number} to
   * @param {number} stride
   */
  request(from, to, stride, options = {}) {
    if (this.pending && !this.#isOverdue) return false;
    this.pending = { rows: { from, to: Math.min(to, this.lastStep), stride }, ...options };
    this.#requestedAt = this.now();
    this.send();
    return true;
  }

  /** Send the request in flight again if it is overdue: messages are lost if the connection breaks. */
  retry() {
    if (!this.pending || !this.#isOverdue) return;
    this.#requestedAt = this.now();
    this.send();
  }

  get #isOverdue() {
    return this.now() - this.#requestedAt >= RETRY_MS;
  }
}
