// The loss as a surface over two differences of logits, with a point that goes down by gradient steps.

/** @import { Camera, Place, SurfaceChange, SurfaceMessage } from "./messages.js" */
/** @import { SurfaceStyle } from "./style.js" */
/** @import { Root } from "../shared/mount.js" */
import { onLookChange } from "../shared/canvas.js";
import { markChanging } from "../shared/changing.js";
import { prefersReducedMotion } from "../shared/motion.js";
import { mounted } from "../shared/mount.js";
import { clamp, turned, zoomed } from "./camera.js";
import { Controls } from "./controls.js";
import { elementsOf } from "./elements.js";
import { listenToPointer, moveOfKey, turnOfKey } from "./input.js";
import { SurfacePicture } from "./picture.js";
import { DescentPlayer } from "./player.js";
import { DescentPoint } from "./point.js";
import { Readout } from "./readout.js";
import { surfaceStyle } from "./style.js";
import { StateSync, descentOf } from "./sync.js";

/** @typedef {(name: string, value: SurfaceChange) => void} Send */

const LONG_ANIMATION_MS = 1600; // duration of the animation over steps that Python has added, as the answer to a question

export default mounted(
  /** @param {Root} parent @param {SurfaceMessage} message */
  (parent, message) => new LossSurface(/** @type {HTMLElement} */ (parent.querySelector(".surface")), message),
);

class LossSurface {
  #point = new DescentPoint();
  #player = new DescentPlayer(this.#point, {
    onFrame: () => this.#draw(),
    onPlayPause: () => this.#writeControls(),
    onEnd: () => {
      this.#draw();
      this.#sync.resume();
    },
  });
  #sync = new StateSync({
    show: (message) => this.#show(message),
    send: (version) => this.#sendState(version),
    isMoving: () => this.#player.isMoving,
    stopAnimation: () => this.#player.stopAnimation(),
    mark: (isAwaited) => markChanging("surface", isAwaited),
  });
  /** @type {SurfaceStyle | null} */
  #style = null;
  /** @type {Send} */
  #send = () => {};

  /** @param {HTMLElement} root @param {SurfaceMessage} message */
  constructor(root, message) {
    this.message = message;
    this.is3d = message.solid;
    this.camera = message.camera;
    this.elements = elementsOf(root);
    this.readout = new Readout(this.elements);
    this.picture = new SurfacePicture(this.elements.surfaceCanvas, this.elements.overlay, this.elements.handle);
    this.controls = new Controls(this.elements, this.#actions());
    this.stopLook = onLookChange(root, () => this.#redraw());
    this.#listen();
  }

  /** Show data from Python, unless the user has changed the state since. @param {SurfaceMessage} message @param {Send} send */
  update(message, send) {
    this.#send = send;
    this.#sync.receive(message);
  }

  close() {
    this.#player.close();
    this.#sync.close();
    this.stopLook();
  }

  /** @param {SurfaceMessage} message */
  #show(message) {
    const point = this.#point, from = point.isOnPath(message) ? point.lastStep : null;
    this.message = message;
    this.is3d = message.solid;
    this.camera = message.camera;
    point.configure(message);
    point.begin(message.start);
    while (point.lastStep < message.steps) point.addStep();
    point.position = point.lastStep;
    this.readout.build(message);
    this.#writeControls();
    this.#redraw();
    if (from === null || from >= message.steps || prefersReducedMotion()) return;
    this.#sync.hold();
    this.#player.animateFrom(from, LONG_ANIMATION_MS);
  }

  /** @returns {import("./controls.js").ControlActions} */
  #actions() {
    const player = this.#player;
    /** @template {unknown[]} T @param {(...values: T) => void} action @returns {(...values: T) => void} */
    const change = (action) => (...values) => {
      this.#sync.changed();
      action(...values);
    };
    return {
      show3d: change((is3d) => {
        this.is3d = is3d;
        this.#writeControls();
        this.#drawSurface();
      }),
      step: change(() => player.step()),
      play: change(() => player.play()),
      pause: () => player.pause(),
      back: change(() => {
        player.stopAnimation();
        this.#point.begin(this.#point.start);
        this.#draw();
      }),
      zoom: change((by) => this.#zoom(by)),
      resetCamera: change(() => this.#setCamera(this.message.initialCamera)),
    };
  }

  #listen() {
    const { surfaceCanvas, handle } = this.elements;
    listenToPointer(this.elements, {
      is3d: () => this.is3d,
      isOnPicture: (event) => this.picture.contains(event),
      movePoint: (event) => this.#movePoint(this.picture.placeAt(event, this.#point)),
      turnCamera: (turn, tilt) => this.#setCamera(turned(this.camera, turn, tilt, this.message.cameraBounds)),
      begin: () => this.#beginDrag(),
      end: () => this.#sync.endDrag(),
    });
    handle.onkeydown = (event) => {
      const move = moveOfKey(event, this.camera), [u, v] = this.#point.place;
      if (!move) return;
      stop(event);
      this.#movePoint([u + move[0], v + move[1]]);
      this.#sync.changed();
    };
    surfaceCanvas.onkeydown = (event) => {
      const turn = this.is3d ? turnOfKey(event.key) : null;
      if (turn) this.#setCamera(turned(this.camera, ...turn, this.message.cameraBounds));
      else if (event.key === "+") this.#zoom(2);
      else if (event.key === "-") this.#zoom(0.5);
      else return;
      stop(event);
      this.#sync.changed();
    };
  }

  /** Begin a drag. Return a function that cancels it: it restores the point and the camera. */
  #beginDrag() {
    this.#player.stopAnimation();
    const { trail, position } = this.#point, { camera } = this;
    this.#sync.beginDrag();
    return () => {
      Object.assign(this.#point, { trail, position });
      this.#setCamera(camera);
      this.#sync.cancelDrag();
    };
  }

  /** @param {Place} place */
  #movePoint(place) {
    const { half } = this.message, [u, v] = place.map((value) => clamp(Math.round(value * 100) / 100, [-half, half]));
    this.#player.stopAnimation();
    this.#point.begin([u, v]);
    this.#draw();
  }

  /** @param {Camera} camera */
  #setCamera(camera) {
    this.camera = camera;
    this.#drawSurface();
  }

  /** Zoom in or out around the point. @param {number} by */
  #zoom(by) {
    this.#setCamera(zoomed(this.camera, by, this.#point.place, this.message));
  }

  /** @param {number} version */
  #sendState(version) {
    const point = this.#point, camera = this.camera.map((value) => Math.round(value * 1000) / 1000);
    const { start, lastStep: steps } = point;
    this.#send("changed", { start, steps, solid: this.is3d, camera, version });
    this.elements.status.textContent = point.describe();
    return descentOf({ ...this.message, start, steps });
  }

  #writeControls() {
    this.controls.write(this.message, this.is3d, this.#player.isPlaying);
  }

  /** Draw everything in the present size and colours. */
  #redraw() {
    const { elements: { root, view }, message } = this;
    root.classList.toggle("enlarged", message.enlarged);
    this.#style = view.clientWidth ? surfaceStyle(root, view, message) : null;
    this.#drawSurface();
  }

  #drawSurface() {
    if (!this.#style) return;
    this.picture.drawSurface(this.#style, this.message, this.camera, this.is3d);
    this.#draw();
  }

  /** Draw the point, and write its numbers. */
  #draw() {
    this.picture.drawPoint(this.#point);
    this.readout.draw(this.#point);
    this.controls.describe(this.message, this.is3d, this.#point);
  }
}

/** @param {Event} event */
function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}
