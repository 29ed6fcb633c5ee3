// Softmax regression for one sample: two measurements, weights that can be dragged, logits and probabilities.

/** @import { ModelChange, ModelData } from "./messages.js" */
/** @import { Root } from "../shared/mount.js" */
import { markChanging } from "../shared/changing.js";
import { add } from "../shared/dom.js";
import { IncomingData } from "../shared/incoming_data.js";
import { mounted } from "../shared/mount.js";
import { Timers } from "../shared/timers.js";
import { forward } from "./forward.js";
import { between, valuesOf } from "./messages.js";
import { Measurements, WeightsTable } from "./tables.js";

/** @typedef {(name: string, value: ModelChange) => void} Send */

const REST_MS = 150; // after a key, until the values are sent

export default mounted(
  /** @param {Root} parent @param {ModelData} data */
  (parent, data) => new LinearModel(/** @type {HTMLElement} */ (parent.querySelector(".model")), data),
);

class LinearModel {
  /** Holds back data while the user changes a value */
  #incoming = new IncomingData(
    /** @param {ModelData} data */ (data) => this.#show(data),
    (isAwaited) => markChanging("linear_model", isAwaited),
  );
  #timers = new Timers();
  #layout = "";
  /** @type {ReturnType<LinearModel["build"]> | null} */
  #parts = null;
  /** @type {Send} */
  #send = () => {};

  /** @param {HTMLElement} root @param {ModelData} data */
  constructor(root, data) {
    this.root = root;
    this.data = data;
    this.values = valuesOf(data);
  }

  /** Show data from Python, unless the user has changed a value since. @param {ModelData} data @param {Send} send */
  update(data, send) {
    this.#send = send;
    this.#incoming.receive(data);
  }

  close() {
    this.#timers.cancelAll();
    this.#incoming.stopMovement();
    markChanging("linear_model", false);
  }

  /** @param {ModelData} data */
  #show(data) {
    const layout = JSON.stringify([data.names, data.features, data.texts, data.messages]);
    this.data = data;
    const from = this.values, to = valuesOf(data), goal = JSON.stringify(to);
    if (layout !== this.#layout || JSON.stringify(from) === goal) {
      this.#incoming.stopMovement();
      this.values = to;
      if (layout !== this.#layout) this.#parts = this.build();
      this.#layout = layout;
      return this.#draw();
    }
    this.#incoming.moveTo(goal, (share) => {
      this.values = between(from, to, share);
      this.#draw();
    });
  }

  build() {
    const { root, data } = this;
    const events = {
      setMeasurement: (/** @type {number} */ j, /** @type {number} */ value) => {
        this.#change(() => (this.values.measured[j] = value));
      },
      setWeight: (/** @type {number} */ j, /** @type {number} */ k, /** @type {number} */ value) => {
        this.#change(() => (this.values.weights[j][k] = value));
      },
      release: () => this.#release(),
      releaseSoon: () => this.#timers.after("rest", () => this.#release(), REST_MS),
    };
    root.replaceChildren();
    const measurements = new Measurements(root, data, events), weights = new WeightsTable(root, data, events);
    const reset = Object.assign(add(root, "button", "reset", data.texts.reset), { type: "button" });
    reset.dataset.testid = "reset-weights";
    reset.onclick = () => {
      this.#change(() => (this.values.weights = this.data.trained.map((row) => row.slice())));
      this.#release();
    };
    return { measurements, weights, reset };
  }

  /** Change values and show them, without sending them yet. @param {() => void} change */
  #change(change) {
    this.#timers.cancel("rest");
    this.#incoming.hold();
    change();
    this.#draw();
  }

  /** Send the values if the user has changed any. */
  #release() {
    this.#timers.cancel("rest");
    if (!this.#incoming.isHeld) return;
    this.#send("changed", { ...valuesOf(this.values), version: this.#incoming.nextVersion() });
    this.#incoming.release();
  }

  #draw() {
    if (!this.#parts) return;
    const { measured, weights } = this.values, { mean, scale, trained } = this.data;
    const result = forward(measured, mean, scale, weights);
    this.#parts.measurements.draw(measured, result.x);
    this.#parts.weights.draw(weights, result);
    this.#parts.reset.disabled = JSON.stringify(weights) === JSON.stringify(trained);
  }
}
