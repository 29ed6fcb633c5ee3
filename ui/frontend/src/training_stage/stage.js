// The stage: connects settings, playback, rows, pictures and messages.

/** @import { Answer, HistoryCommand, Scene, Values } from "./messages.js" */
import { onLookChange } from "../shared/canvas.js";
import { markChanging } from "../shared/changing.js";
import { prefersReducedMotion } from "../shared/motion.js";
import { listenToRange } from "../shared/range_input.js";
import { Timers } from "../shared/timers.js";
import { Version } from "../shared/version.js";
import { writeStep } from "./address.js";
import { Channel } from "./channel.js";
import { StageContext } from "./context.js";
import { listenToKeys } from "./keys.js";
import { entriesOf, isSameTimeline, revealStart, stageMessage } from "./messages.js";
import { MovingValues } from "./moving_values.js";
import { Picture } from "./picture.js";
import { Player } from "./player.js";
import { feedKeys, registry } from "./registry.js";
import { RowBuffer } from "./row_buffer.js";
import { SettingsControls } from "./settings_controls.js";
import { Status } from "./status.js";

const CHECK_MS = 500; // how often the stage looks for missing answers
const REPORT_MS = 4000; // how often it tells Python the step during playback
const ADDRESS_MS = 1000; // how often it writes the step into the address during playback
const REST_MS = 150; // from a change to the message to Python

export class Stage {
  /** Revision of the settings with which the present steps are computed */
  #runRevision = 0;
  revision = new Version();
  #timers = new Timers();
  #addressWrittenAt = 0;
  /** @type {number | null} The step shown at the last check, if rows were awaited */
  #stalledAt = null;
  #isNew = true;
  /** @type {Answer | null} The message that came with the details below the stage */
  #details = null;

  /** @param {HTMLElement} root @param {Scene} scene */
  constructor(root, scene) {
    this.root = root;
    this.key = scene.stage;
    this.page = location.pathname;
    this.channel = new Channel(this.key, () =>
      stageMessage(this.context.scene.timelineId, this.revision.number, this.context.values, this.player, this.buffer.pending),
    );
    this.buffer = new RowBuffer(() => this.channel.send());
    this.player = new Player(
      this.buffer,
      { onStep: () => this.#drawStep(), onPlayPause: () => this.#playPause(), onRest: () => this.#onStepSettled() },
      undefined,
      prefersReducedMotion,
    );
    this.context = new StageContext(root, scene, this.buffer, this.player);
    this.picture = new Picture(this.context, {
      changeView: (values) => this.#changeView(values),
      moveProbe: (values) => this.#moveProbe(values),
      select: (sample) => this.#select(sample),
      sendPoints: (points) => this.channel.send({ points }),
      showMessage: (text) => this.status.show(text, true),
      moveInHistory: (command) => this.#moveInHistory(command),
    });
    this.status = new Status(this.context, (step) => this.player.seek(step));
    const { context } = this;
    this.controls = new SettingsControls(context.find(".settings"), context.find(".help"), (key, value) => this.#change(key, value));
    this.moving = new MovingValues(context, this.controls, this.picture, () => this.#markDetails());
    this.#listen();
  }

  #listen() {
    const { context, player, picture } = this;
    context.named("play").onclick = () => (player.playing ? player.pause() : player.play());
    context.named("step-forward").onclick = () => player.stepBy(1);
    context.named("step-back").onclick = () => player.stepBy(-1);
    context.named("reset").onclick = () => player.reset();
    listenToRange(picture.labels.scrub, {
      set: (step) => player.seek(step), release: () => {}, restore: () => picture.labels.drawStep(),
    });
    const stopKeys = listenToKeys(context, this.controls, picture.probe, (command) => this.#moveInHistory(command));
    const onHide = () => document.hidden && player.pause();
    document.addEventListener("visibilitychange", onHide);
    const stopLook = onLookChange(this.root, () => picture.resize());
    this.#timers.every("check", () => this.#checkRequests(), CHECK_MS);
    this.close = () => {
      if (registry.stages.get(this.key) === this) this.leave();
      this.player.stopReveal();
      this.moving.end();
      stopKeys();
      stopLook();
      document.removeEventListener("visibilitychange", onHide);
      this.#timers.cancelAll();
      markChanging(this.key, false);
    };
  }

  /** End all timers and listeners. */
  close() {}

  /** Stop, and store the step shown for the stage that replaces this one: after a return to the page, or with a newer script. */
  leave() {
    this.player.pause();
    this.channel.rowsUrl = null;
    this.#timers.cancelAll();
    registry.lastRemoved = { stage: this.key, timelineId: this.context.scene.timelineId, shown: this.player.settledStep };
  }

  // ---- messages from Python ----

  /** Show a scene. If its runs differ from those before, begin anew. @param {Scene} scene */
  show(scene) {
    const { context, player, buffer } = this, before = context.scene, isFirst = this.#isNew;
    const { shown } = player, { shownValues } = context;
    const isNew = isFirst || !isSameTimeline(before.timelineId, scene.timelineId);
    const { lastRemoved } = registry;
    const isReturn =
      isFirst && lastRemoved?.stage === scene.stage && isSameTimeline(lastRemoved.timelineId, scene.timelineId);
    registry.lastRemoved = null;
    this.#isNew = false;
    context.scene = scene;
    this.channel.rowsUrl = scene.rowsUrl;
    this.channel.rememberKnown(scene);
    if (isNew) this.#begin(scene);
    else if (scene.revision > this.revision.number) this.#follow(scene);
    this.picture.build(scene, isNew);
    this.controls.show(scene.controls, context.values, scene.texts.help);
    if (isNew) this.status.show();
    this.moving.moveFrom(shownValues);
    if (isNew && !isFirst) player.reveal(revealStart(before, shown, scene));
    const isUnknown = buffer.pending || scene.revision < this.revision.number || scene.shown !== player.settledStep;
    if (isReturn && lastRemoved) player.seek(lastRemoved.shown);
    else if (!isNew && isUnknown) this.channel.send();
  }

  /** @param {Scene} scene */
  #begin(scene) {
    const { context, player, buffer } = this;
    this.#details = null;
    player.pause();
    buffer.begin(scene);
    player.startAt(scene.shown);
    if (scene.revision >= this.revision.number) this.#adoptValues(scene);
    else context.values = { ...scene.values, ...entriesOf(context.values, scene.values) }; // changed in the meantime
  }

  /** Process an answer from Python. @param {Answer} message */
  receive(message) {
    const { context } = this;
    if (message.timelineId !== context.scene.timelineId) return;
    this.channel.rememberKnown(message);
    if (message.feed === feedKeys(this.key).details) this.#details = message;
    this.#markDetails();
    if (message.revision > this.revision.number) {
      this.#follow(message);
      this.controls.show(context.scene.controls, context.values, context.scene.texts.help);
      return this.picture.showSettings();
    }
    if (message.selectedSample !== undefined && message.selectedSample !== context.selectedSample) {
      this.picture.select(message.selectedSample);
    }
    if (message.revision >= this.#runRevision) this.#addRows(message);
    const isOutdated = message.playing !== this.player.playing && !this.#timers.has("rest");
    if (this.channel.isUnsent || isOutdated) this.channel.send();
  }

  /** @param {Answer | Scene} message */
  #addRows(message) {
    const hasRows = this.buffer.receive(message);
    if (hasRows) this.#setWaiting(false);
    if (this.player.onNewRows(hasRows)) this.#drawStep();
  }

  /** @param {Answer | Scene} message */
  #adoptValues({ revision, values }) {
    this.revision.number = this.#runRevision = revision;
    this.context.values = values;
    this.player.setSpeed(values.speed ?? 1);
  }

  /** Apply settings that Python has changed. @param {Answer | Scene} message */
  #follow(message) {
    const before = this.context.values;
    this.#adoptValues(message);
    const changesRun = this.context.scene.controls.some(({ key, viewOnly }) => !viewOnly && before[key] !== message.values[key]);
    if (changesRun) return this.player.continueWithNewSettings();
    this.#addRows(message);
    if (this.buffer.pending) this.channel.send(); // a request made before Python's change gets no answer
  }

  // ---- messages to Python ----

  /** Repeat an overdue request, report the step to Python during playback, and tell the user if playback waits for rows. */
  #checkRequests() {
    const { player, buffer } = this;
    buffer.retry();
    if (player.playing && !buffer.pending && performance.now() - this.channel.sentAt > REPORT_MS) this.channel.send();
    const awaitsRows = buffer.pending && (player.playing || player.target !== null);
    this.#setWaiting(Boolean(awaitsRows && this.#stalledAt === player.shown));
    this.#stalledAt = awaitsRows ? player.shown : null;
  }

  /** @param {boolean} isWaiting */
  #setWaiting(isWaiting) {
    if (!isWaiting) this.#stalledAt = null;
    this.status.setWaiting(isWaiting);
  }

  // ---- settings ----

  /** The user has changed a setting. @param {string} key @param {number} value */
  #change(key, value) {
    const { context } = this;
    if (context.scene.controls.find((control) => control.key === key)?.viewOnly) return this.#changeView({ [key]: value });
    this.moving.end();
    context.values = { ...context.values, [key]: value };
    this.#runRevision = this.revision.next();
    this.#markDetails();
    this.player.continueWithNewSettings();
    this.picture.drawPoints(); // the titles have the values
  }

  /** Change only the picture, and tell Python after a moment. @param {Values} values */
  #changeView(values, update = () => this.picture.showSettings()) {
    this.moving.end();
    this.context.values = { ...this.context.values, ...values };
    this.revision.next();
    this.#markDetails();
    this.player.setSpeed(this.context.values.speed ?? 1);
    update();
    this.#timers.after("tell", () => this.channel.send(), REST_MS);
  }

  /** @param {Values} values */
  #moveProbe(values) {
    this.#changeView(values, () => this.picture.draw());
    this.#describeOutputs();
  }

  /** @param {number} sample */
  #select(sample) {
    this.picture.select(sample);
    this.channel.send({ clickedSample: sample });
    if (this.context.scene.hasSampleOutputs) this.#describeOutputs();
  }

  /** Tell screen readers the outputs in the table, unless they change with each frame. */
  #describeOutputs() {
    this.#timers.after("describe", () => this.player.playing || this.status.show(this.picture.outputsTable.describe()), 400);
  }

  /** @param {HistoryCommand} history */
  #moveInHistory(history) {
    const { canUndo, canRedo } = this.context.scene;
    this.picture.drawTool.forgetAdded();
    if (history === "undo" ? canUndo : canRedo) this.channel.send({ history });
  }

  // ---- time ----

  #drawStep() {
    this.picture.drawStep();
    this.#markDetails();
    if (this.player.isRevealing) return;
    if (!this.player.playing) return this.picture.describe();
    this.status.show();
    if (performance.now() - this.#addressWrittenAt > ADDRESS_MS) this.#writeAddress();
  }

  #playPause() {
    this.picture.labels.write();
    this.#markDetails();
    if (this.player.playing) this.channel.send();
  }

  /** Show whether the details below the stage are older than the picture. */
  #markDetails() {
    const { player, revision } = this, details = this.#details;
    const isOlder = details && (details.step !== player.shown || details.revision < revision.number);
    markChanging(this.key, player.playing || this.moving.isMoving || Boolean(isOlder));
  }

  /** Once the step stays: write it into the address, and tell Python and screen readers. */
  #onStepSettled() {
    this.#timers.after("rest", () => {
      if (this.player.playing) return;
      this.#writeAddress();
      this.channel.send();
      this.picture.describe();
      this.status.show(this.picture.labels.summary().join(", "));
    }, REST_MS);
  }

  #writeAddress() {
    const { stepKey, opensAt } = this.context.scene;
    this.#addressWrittenAt = performance.now();
    writeStep(this.page, stepKey, opensAt, this.player.settledStep);
  }
}
