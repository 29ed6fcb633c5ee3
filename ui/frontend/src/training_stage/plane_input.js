// Handles the pointer on a plane: shows outputs, selects a sample, moves the crosshair, and edits samples.

/** @import { StageContext } from "./context.js" */
/** @import { DrawTool } from "./draw_tool.js" */
/** @import { Plane } from "./plane.js" */
/** @import { Probe } from "./probe.js" */
import { listenToDrags } from "../shared/drag.js";
import { sumOf } from "./outputs_table.js";

const CROSSHAIR_REACH = 32; // greatest distance in pixels at which a finger can drag the crosshair

/**
 * @param {Plane} plane
 * @param {StageContext} context
 * @param {DrawTool} drawTool
 * @param {Probe} probe
 * @param {(sample: number) => void} select
 */
export function listenToPlane(plane, context, drawTool, probe, select) {
  const { canvas, tip } = plane, { player } = context;
  /** @param {MouseEvent} event */
  const moveProbe = (event) => {
    const [u, v] = plane.shareAt(event);
    probe.moveTo(u, v);
  };
  /** @type {number[]} */
  let before = [];
  listenToDrags(canvas, {
    canBegin: (event) => context.scene.hasProbe || drawTool.canMove(plane, event),
    blocksScroll: (event) => (context.scene.hasProbe ? isOnCrosshair(plane, context, event) : drawTool.canMove(plane, event)),
    begin(event) {
      tip.hidden = true;
      before = [context.values.probe_x / 100, context.values.probe_y / 100];
      if (!context.scene.canDraw) return;
      player.pause();
      drawTool.beginMove(plane, event);
    },
    move: (event) => (context.scene.canDraw ? drawTool.move(plane, event) : moveProbe(event)),
    end: () => drawTool.endMove(),
    cancel() {
      drawTool.cancelMove();
      if (context.scene.hasProbe) probe.moveTo(before[0], before[1]);
    },
    tap(event) {
      const { scene } = context;
      if (scene.hasProbe) return moveProbe(event);
      if (scene.canDraw) {
        player.pause();
        return drawTool.click(plane, event);
      }
      const nearest = plane.nearest(event, scene.nTrain);
      if (nearest !== null) select(nearest);
    },
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || event.buttons) tip.hidden = true;
    else showOutputs(plane, context, event);
  });
  plane.figure.onpointerleave = () => (tip.hidden = true);
}

/** @param {Plane} plane @param {StageContext} context @param {MouseEvent} event */
function isOnCrosshair(plane, { values }, event) {
  const [u, v] = plane.shareAt(event), { clientWidth, clientHeight } = plane.canvas;
  const distance = Math.hypot((u - values.probe_x / 100) * clientWidth, (v - values.probe_y / 100) * clientHeight);
  return distance < CROSSHAIR_REACH;
}

/** Show the outputs under the pointer. @param {Plane} plane @param {StageContext} context @param {MouseEvent} event */
function showOutputs(plane, { scene, models }, event) {
  const [u, v] = plane.shareAt(event), { tip } = plane;
  tip.hidden = u < 0 || u >= 1 || v < 0 || v >= 1;
  if (tip.hidden) return;
  const outputs = plane.model.outputsAt(u, v);
  const lines = scene.classNames.map((name, k) => `${scene.glyphs[k]} ${name}  ${outputs[k].toFixed(3)}`);
  if (models.some(({ head }) => head !== "softmax")) lines.push(`Σ ${sumOf(outputs).toFixed(3)}`);
  if (scene.planeNote) lines.push(scene.planeNote);
  placeTip(tip, event, lines.join("\n"));
}

/** Show a text beside the pointer, within its figure. @param {HTMLElement} tip @param {MouseEvent} event @param {string} text */
export function placeTip(tip, event, text) {
  tip.textContent = text;
  const { clientWidth, clientHeight } = /** @type {HTMLElement} */ (tip.parentElement);
  tip.style.left = `${Math.max(0, Math.min(event.offsetX + 14, clientWidth - tip.offsetWidth))}px`;
  tip.style.top = `${Math.max(0, Math.min(event.offsetY + 14, clientHeight - tip.offsetHeight))}px`;
}
