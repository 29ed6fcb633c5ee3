// The texts and numbers of the stage: buttons, legend, readout, and text alternatives of the pictures.

/** @import { StageContext } from "./context.js" */
/** @import { Plane } from "./plane.js" */
import { element, setText } from "../shared/dom.js";
import { formatLoss } from "../shared/number_format.js";
import { withSuffix } from "./context.js";

const SPEEDS = [0.1, 1, 5, 20, 100]; // steps per frame

export class Labels {
  /** @type {{step: HTMLElement, runs: {loss: HTMLElement, accuracy: HTMLElement}[]}} */
  #readout = { step: element("b"), runs: [] };

  /**
   * @param {StageContext} context
   * @param {(speed: number) => void} onSpeed
   * @param {(kind: "png" | "svg") => void} onSave
   */
  constructor(context, onSpeed, onSave) {
    this.context = context;
    this.onSave = onSave;
    this.play = context.named("play");
    this.scrub = /** @type {HTMLInputElement} */ (context.named("scrub"));
    this.speeds = SPEEDS.map((speed) => element("button", { type: "button", textContent: `${speed}×`, onclick: () => onSpeed(speed) }));
    context.find(".speed-buttons").replaceChildren(...this.speeds);
  }

  /** Write the texts that depend on the language, the settings, and whether the stage is playing. */
  write() {
    const { context, play, scrub } = this, { scene, player } = context, { texts, classNames, glyphs } = scene;
    play.textContent = player.playing ? "❚❚" : "▶";
    name(play, player.playing ? texts.pause : texts.play);
    name(context.named("reset"), texts.reset);
    name(context.named("step-back"), texts.back);
    name(context.named("step-forward"), texts.forward);
    name(scrub, texts.scrub);
    for (const [selector, text] of [[".controls", texts.controls], [".speed-buttons", texts.speed], [".settings", texts.dials]]) {
      context.find(selector).setAttribute("aria-label", text);
    }
    context.find(".key-hints").textContent = texts.keys;
    context.find(".picture-buttons").replaceChildren(
      ...(/** @type {const} */ (["png", "svg"])).map((kind) =>
        element("button", { type: "button", textContent: texts[kind], onclick: () => this.onSave(kind) }),
      ),
    );
    this.speeds.forEach((button, i) => {
      name(button, `${texts.speed} ${button.textContent}`);
      button.setAttribute("aria-pressed", String(SPEEDS[i] === player.speed));
    });
    context.find(".legend").replaceChildren(
      ...classNames.map((text, k) => {
        const entry = element("span", { textContent: `${glyphs[k]} ${text}` });
        entry.style.color = `var(--class-${k})`;
        return entry;
      }),
      ...this.#legendKeys().map((textContent) => element("span", { className: "legend-key", textContent })),
    );
  }

  /** Return explanations of hollow markers, of the regions, and of the shading by thresholds or sums, where needed. */
  #legendKeys() {
    const { scene, models, values } = this.context, { texts, nTrain, labels } = scene;
    const keys = nTrain < labels.length ? [texts.hollow] : [];
    if (scene.planeNote) keys.push(scene.planeNote);
    if (models.some(({ description }) => description.showThresholds)) keys.push(values.paint === 1 ? texts.sums : texts.answers);
    return keys;
  }

  /** Build the elements for the step and for each run's loss and accuracy. */
  buildReadout() {
    const { scene, models } = this.context, { texts } = scene;
    /** @param {string} testId @param {string} label */
    const number = (testId, label) => {
      const value = element("b");
      value.dataset.testid = `stage-${testId}`;
      return { value, whole: element("span", {}, `${label} `, value) };
    };
    const step = number("step", texts.step);
    const runs = models.map((_, i) => ({
      loss: number(withSuffix("loss", i), texts.loss), accuracy: number(withSuffix("accuracy", i), texts.accuracy),
    }));
    this.#readout = { step: step.value, runs: runs.map(({ loss, accuracy }) => ({ loss: loss.value, accuracy: accuracy.value })) };
    this.context.find(".readout").replaceChildren(
      step.whole,
      ...runs.map(({ loss, accuracy }, i) => {
        const label = models[i].name ? [`${models[i].name}${texts.colon}`] : [];
        return element("span", { className: "run" }, ...label, loss.whole, accuracy.whole);
      }),
    );
  }

  /** Write the numbers of the step shown. */
  drawStep() {
    const { player, rows, axisEnd } = this.context;
    setText(this.#readout.step, String(player.shown));
    this.#readout.runs.forEach(({ loss, accuracy }, i) => {
      setText(loss, formatLoss(rows[i].loss));
      loss.dataset.value = String(rows[i].loss);
      setText(accuracy, rows[i].accuracy.toFixed(3));
    });
    this.scrub.max = String(axisEnd);
    this.scrub.value = String(player.target ?? player.shown);
  }

  /** Return the step, each run's loss and accuracy, and the note on the plane as texts. */
  summary() {
    const { scene, models, rows, player } = this.context, { texts } = scene;
    const runs = models.map((model, i) =>
      `${this.context.titleOf(model)} ${texts.loss} ${formatLoss(rows[i].loss)}, ${texts.accuracy} ${rows[i].accuracy.toFixed(3)}`.trim(),
    );
    return [`${texts.step} ${player.shown}`, ...runs, ...(scene.planeNote ? [scene.planeNote] : [])];
  }

  /** Return the losses of all runs at a step as text, one loss per line. @param {number} step */
  lossesAt(step) {
    const { scene, models, buffer } = this.context, { texts } = scene;
    const lines = models.flatMap(({ name: model }, i) => {
      const { loss, heldOut } = buffer.trajectories[i].at(step);
      return [`${model || texts.training} ${formatLoss(loss)}`, ...(heldOut === null ? [] : [`${texts.heldOut} ${formatLoss(heldOut)}`])];
    });
    return [`${texts.step} ${step}`, ...lines].join("\n");
  }

  /** Write the text alternatives of the loss curve and of the planes. @param {HTMLElement} curve @param {Plane[]} planes */
  describe(curve, planes) {
    const { scene, models, rows, player } = this.context, { texts } = scene, step = `${texts.step} ${player.shown}`;
    const losses = models.map((model, i) => `${model.name} ${texts.loss} ${formatLoss(rows[i].loss)}`);
    curve.setAttribute("aria-label", [texts.curve, step, ...losses].join(" "));
    planes.forEach(({ canvas }, i) => {
      const accuracy = `${texts.accuracy} ${rows[i].accuracy.toFixed(3)}`;
      canvas.setAttribute("aria-label", [texts.plane, scene.planeNote, models[i].name, step, accuracy].filter(Boolean).join(", "));
    });
  }
}

/** Give a control a name. @param {HTMLElement} control @param {string} text */
function name(control, text) {
  control.setAttribute("aria-label", text);
  control.title = text;
}
