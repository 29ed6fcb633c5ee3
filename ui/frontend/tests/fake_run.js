/** @import { RowRequest } from "../src/training_stage/messages.js" */
import { Player } from "../src/training_stage/player.js";
import { RowBuffer } from "../src/training_stage/row_buffer.js";

/**
 * The part of a message from Python that has the rows of one run: at step s, W is s, b is −s and the loss 1/(s + 1).
 * @param {number[]} steps
 * @param {[number, string, number | null] | null} end
 * @returns {any}
 */
export function message(steps, end = null) {
  return {
    timelineId: "a.0", revision: 0, values: {}, playing: false, ends: [end], changes: [[]], models: [{}], maxSteps: 200_000,
    "0.steps": Int32Array.from(steps),
    "0.parameters": Float32Array.from(steps.flatMap((step) => [step, -step])),
    "0.losses": Float64Array.from(steps, (step) => 1 / (step + 1)),
    "0.accuracies": Float64Array.from(steps, () => 0.5),
    "0.heldOut": new Float64Array(),
  };
}

/** @param {number} from @param {number} to @returns {number[]} */
export function range(from, to, stride = 1) {
  const steps = [];
  for (let step = from; step < to; step += stride) steps.push(step);
  return [...steps, to];
}

/** A player with a buffer, a clock, and a server that answers when asked to. */
export class FakeRun {
  now = 0;
  shown = /** @type {number[]} */ ([]);
  rests = 0;
  sent = 0;
  end = /** @type {[number, string, number | null] | null} */ (null);
  #frames = /** @type {((now: number) => void)[]} */ ([]);

  constructor() {
    this.buffer = new RowBuffer(() => (this.sent += 1), () => this.now);
    this.player = new Player(
      this.buffer,
      { onStep: () => this.shown.push(this.player.shown), onPlayPause: () => {}, onRest: () => (this.rests += 1) },
      (frame) => this.#frames.push(frame),
    );
    this.buffer.begin(message(range(0, 30)));
    this.player.startAt(0);
  }

  /** @returns {RowRequest | undefined} */
  get request() {
    return this.buffer.pending?.rows;
  }

  /** Answer the request, as far as the run goes. */
  answer() {
    if (!this.request) throw new Error("nothing was requested");
    const { from, to, stride } = this.request, last = Math.min(to, this.end?.[0] ?? Infinity);
    const hasRows = this.buffer.receive(message(range(Math.min(from, last), last, stride), this.end));
    this.player.onNewRows(hasRows);
  }

  /** Draw frames at 60 per second. @param {number} count @param {{answers?: boolean}} options */
  frames(count, { answers = true } = {}) {
    for (let i = 0; i < count; i++) {
      this.now += 1000 / 60;
      for (const frame of this.#frames.splice(0)) frame(this.now);
      if (answers && this.request) this.answer();
    }
  }
}
