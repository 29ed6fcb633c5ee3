// Everything that the stage draws, and the controls of the picture.

/** @import { StageContext } from "./context.js" */
/** @import { HistoryCommand, Scene, Values } from "./messages.js" */
import { DrawTool } from "./draw_tool.js";
import { saveImage } from "./image_export.js";
import { Labels } from "./labels.js";
import { LossCurve } from "./loss_curve.js";
import { ModelView } from "./model_view.js";
import { OutputsTable } from "./outputs_table.js";
import { Plane } from "./plane.js";
import { listenToPlane, placeTip } from "./plane_input.js";
import { Probe } from "./probe.js";
import { SideViews } from "./side_views/index.js";

const RASTER_SIZES = [[128, 96], [112, 72]]; // for one model and two; each for up to four classes and for more

/**
 * @typedef {Object} PictureEvents
 * @property {(values: Values) => void} changeView Changes settings of the picture
 * @property {(values: Values) => void} moveProbe
 * @property {(sample: number) => void} select
 * @property {(points: number[][]) => void} sendPoints
 * @property {(text: string) => void} showMessage Shows a message to the user
 * @property {(command: HistoryCommand) => void} moveInHistory
 */

export class Picture {
  /** @type {Plane[]} */
  planes = [];

  /** @param {StageContext} context @param {PictureEvents} events */
  constructor(context, events) {
    this.context = context;
    this.events = events;
    this.labels = new Labels(context, (speed) => events.changeView({ speed }), (kind) => this.#save(kind));
    this.curve = new LossCurve(context);
    this.sideViews = new SideViews(context, events.changeView);
    this.outputsTable = new OutputsTable(context);
    this.probe = new Probe(context, events.moveProbe);
    const { sendPoints, showMessage, moveInHistory } = events;
    this.drawTool = new DrawTool(context, () => this.drawPoints(), sendPoints, showMessage, moveInHistory);
    const tip = context.find(".loss-curve .tooltip");
    this.curve.canvas.onpointermove = (event) => {
      const step = this.curve.stepAt(event);
      tip.hidden = step === null;
      if (step !== null) placeTip(tip, event, this.labels.lossesAt(step));
    };
    this.curve.canvas.onpointerleave = () => (tip.hidden = true);
  }

  /** Build the elements of a scene. @param {Scene} scene @param {boolean} isNew Whether its runs differ from those before */
  build(scene, isNew) {
    const { context } = this, { root, classes } = context;
    root.classList.toggle("enlarged", scene.enlarged);
    root.classList.toggle("two-models", scene.models.length > 1);
    const size = RASTER_SIZES[scene.models.length - 1][classes > 4 ? 1 : 0];
    context.models = scene.models.map(
      (model, i) => new ModelView(model, scene[`${i}.basis`], scene[`${i}.pointFeatures`], classes, size),
    );
    if (isNew) this.#buildPlanes(scene.models.length);
    this.labels.buildReadout();
    this.drawTool.build();
    this.outputsTable.build();
    this.showSettings();
  }

  /** @param {number} count */
  #buildPlanes(count) {
    const { context, drawTool, probe, events } = this;
    this.planes = Array.from({ length: count }, (_, i) => new Plane(context, i));
    context.find(".planes").replaceChildren(...this.planes.map(({ figure }) => figure));
    for (const plane of this.planes) listenToPlane(plane, context, drawTool, probe, events.select);
  }

  /** Update the picture and its controls to the settings. */
  showSettings() {
    this.labels.write();
    this.sideViews.build();
    this.resize();
  }

  /** Draw everything in the current size and theme. */
  resize() {
    if (!this.context.root.clientWidth || !this.planes.length) return;
    this.context.style = this.context.readStyle();
    this.sideViews.resize();
    this.draw();
  }

  draw() {
    this.drawPoints();
    this.drawStep();
    if (!this.context.player.playing) this.describe();
  }

  /** Mark a sample, or none, and show its outputs if the stage has a table of them. @param {number | null} sample */
  select(sample) {
    this.context.selectedSample = sample;
    this.drawPoints();
    this.outputsTable.draw();
  }

  drawPoints() {
    for (const plane of this.planes) plane.drawPoints();
  }

  /** Draw the parts that change from step to step. */
  drawStep() {
    const { rows } = this.context;
    this.planes.forEach((plane, i) => {
      plane.drawRegions(rows[i]);
      plane.updateTitle();
    });
    this.curve.draw();
    this.sideViews.draw(rows[0]);
    this.outputsTable.draw();
    this.labels.drawStep();
  }

  /** Draw what changes while the crosshair moves, or also the thresholds. @param {boolean} isShadingAnew */
  drawMoving(isShadingAnew) {
    this.drawPoints();
    if (isShadingAnew) this.drawStep();
    else this.outputsTable.draw();
  }

  /** Write the text alternatives of the step shown. */
  describe() {
    this.labels.describe(this.curve.canvas, this.planes);
    this.sideViews.describe(this.context.rows[0]);
  }

  /** @param {"png" | "svg"} kind */
  #save(kind) {
    saveImage(this.context, kind, () => this.draw(), this.labels.summary());
  }
}
