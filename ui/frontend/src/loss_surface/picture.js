// Two canvases: the lower one shows the map or the surface, the upper one the point with its trail.

/** @import { Camera, SurfaceMessage } from "./messages.js" */
/** @import { DescentPoint } from "./point.js" */
/** @import { Picture } from "./point_drawing.js" */
/** @import { SurfaceStyle } from "./style.js" */
import { freshContext } from "../shared/canvas.js";
import { sectionOf } from "./camera.js";
import { ContourMap } from "./contour_map.js";
import { SurfaceMesh } from "./mesh.js";
import { drawPoint } from "./point_drawing.js";
import { Surface3d } from "./surface_3d.js";

export class SurfacePicture {
  /** @type {Picture | null} */
  #picture = null;
  /** @type {SurfaceMesh | null} */
  #mesh = null;
  #meshKey = "";

  /** @param {HTMLCanvasElement} surfaceCanvas @param {HTMLCanvasElement} overlay @param {HTMLElement} handle */
  constructor(surfaceCanvas, overlay, handle) {
    this.surfaceCanvas = surfaceCanvas;
    this.overlay = overlay;
    this.handle = handle;
  }

  /**
   * Draw the map or the surface.
   * @param {SurfaceStyle} style
   * @param {SurfaceMessage} message
   * @param {Camera} camera
   * @param {boolean} is3d
   */
  drawSurface(style, { half, target }, camera, is3d) {
    const section = sectionOf(camera, half), { theme } = style;
    this.style = style;
    if (is3d) {
      const meshKey = JSON.stringify([theme, section, target]);
      if (meshKey !== this.#meshKey || !this.#mesh) this.#mesh = new SurfaceMesh(theme, section, target);
      this.#meshKey = meshKey;
      this.#picture = new Surface3d(style, section, camera, target, this.#mesh);
    } else {
      this.#picture = new ContourMap(style, section);
    }
    this.#picture.draw(freshContext(this.surfaceCanvas, style.canvasFont), target);
    this.surfaceCanvas.dataset.camera = camera.join(",");
  }

  /** Draw the point with its trail. @param {DescentPoint} point */
  drawPoint(point) {
    if (!this.#picture || !this.style) return;
    drawPoint(freshContext(this.overlay, this.style.canvasFont), this.#picture, point, this.style);
    const [x, y] = this.#picture.pixel(...point.place);
    Object.assign(this.handle.style, { left: `${x}px`, top: `${y}px` });
  }

  /**
   * Return the place at the pointer. If the pointer is over several places of the surface, return the one nearest to the point.
   * @param {PointerEvent} event
   * @param {DescentPoint} point
   */
  placeAt(event, point) {
    const { x, y } = this.#offset(event);
    return this.#picture?.place(x, y, point.place) ?? point.place;
  }

  /** @param {PointerEvent} event */
  contains(event) {
    const { x, y } = this.#offset(event);
    return this.#picture?.contains(x, y) ?? false;
  }

  /** @param {PointerEvent} event */
  #offset(event) {
    const box = this.surfaceCanvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }
}
