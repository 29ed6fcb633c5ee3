// The rows that the stage has, and its requests for more.
//
// During playback, 2.5 to 5 seconds are buffered ahead. At most one request is in flight; it is sent again after 3
// seconds without an answer.

/** @import { RowRequest, RunState } from "./messages.js" */
import { rowsOf } from "./messages.js";
import { Trajectory } from "./trajectory.js";

export const FRAMES_PER_SECOND = 60;
const MIN_AHEAD = 150; // frames
const MAX_AHEAD = 300; // frames, at most STEPS_AHEAD steps
const STEPS_AHEAD = 1200;
const FIRST_CHUNK = 30; // frames: the first two chunks, since the second must arrive while the first is played
const MAX_CHUNK = 240;
const MAX_CHUNK_STEPS = 3600;
const ROWS_OF_LONG_JUMP = 200;
const RETRY_MS = 3000;

export class RowBuffer {
  trajectories = [new Trajectory()];
  maxSteps = 0;
  /** @type {{rows: RowRequest, restart?: boolean} | null} The request in flight */
  request = null;
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
    this.cancel();
    this.receive(scene);
  }

  /** Add a message's rows and ends. Return whether it has rows. @param {RunState} message */
  receive(message) {
    let hasRows = false;
    this.trajectories.forEach((trajectory, i) => {
      const rows = rowsOf(message, i);
      trajectory.end = message.ends[i];
      trajectory.changes = message.changes[i];
      if (rows) trajectory.add(rows);
      hasRows ||= rows !== undefined;
    });
    if (hasRows) this.request = null;
    return hasRows;
  }

  /** Forget the request in flight, and begin with short chunks again. */
  cancel() {
    this.request = null;
    this.restartChunks();
  }

  restartChunks() {
    this.#chunk = FIRST_CHUNK;
  }

  /** Drop the rows after a step, which are no longer valid. @param {number} step */
  dropAfter(step) {
    for (const trajectory of this.trajectories) trajectory.dropAfter(step);
    this.cancel();
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

  /** The last step at or before this one that can be shown. @param {number} step */
  nearestKnown(step) {
    return Math.max(...this.trajectories.map((trajectory) => trajectory.at(step).step));
  }

  /**
   * How far playback can go on from a step without a gap. Requests more rows if fewer than wanted are buffered.
   * @param {number} shown
   * @param {number} stride
   */
  playableTo(shown, stride) {
    const frames = Math.min(MAX_AHEAD, Math.max(MIN_AHEAD, STEPS_AHEAD / stride));
    const wanted = Math.min(shown + stride * frames, this.lastStep);
    const ready = Math.min(this.lastStep, ...this.trajectories.map((one) => one.playableTo(shown, stride, wanted)));
    if (ready < wanted && this.ask(ready, ready + stride * this.#chunk, stride)) {
      const max = Math.min(MAX_CHUNK, Math.max(FIRST_CHUNK, MAX_CHUNK_STEPS / stride));
      this.#chunk = Math.min(max, this.#chunk * 2);
    }
    return ready;
  }

  /** Request the rows needed to show a step that is not known. @param {number} step */
  askFor(step) {
    const from = Math.min(...this.trajectories.filter((one) => !one.has(step)).map(({ last }) => last));
    if (step <= from) return this.ask(Math.max(0, step - FIRST_CHUNK / 2), step + FIRST_CHUNK / 2, 1);
    const stride = Math.max(1, Math.ceil((step - from) / ROWS_OF_LONG_JUMP));
    return this.ask(from, Math.max(step, from + FIRST_CHUNK), stride);
  }

  /** Request the first chunk after a step. @param {number} step @param {number} stride */
  askAfter(step, stride) {
    return this.ask(step, step + stride * FIRST_CHUNK, stride);
  }

  /** Request the first chunk of runs that are to begin again. */
  askRestart() {
    return this.ask(0, FIRST_CHUNK, 1, { restart: true });
  }

  /**
   * Send a request unless one is in flight. Return whether it was sent.
   * @param {number} from
   * @param {number} to
   * @param {number} stride
   */
  ask(from, to, stride, options = {}) {
    if (this.request && !this.#isOverdue) return false;
    this.request = { rows: { from, to: Math.min(to, this.lastStep), stride }, ...options };
    this.#requestedAt = this.now();
    this.send();
    return true;
  }

  /** Send the request again if there was no answer for too long: messages are lost with the connection. */
  retry() {
    if (!this.request || !this.#isOverdue) return;
    this.#requestedAt = this.now();
    this.send();
  }

  get #isOverdue() {
    return this.now() - this.#requestedAt >= RETRY_MS;
  }
}
