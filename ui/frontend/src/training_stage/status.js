// The status line: why a run has ended or is waiting and, for screen readers, which step is shown.

/** @import { StageContext } from "./context.js" */
/** @import { End } from "./messages.js" */
import { element } from "../shared/dom.js";
import { formatGeneral } from "../shared/number_format.js";

export class Status {
  #shown = "";
  #isWaiting = false;

  /**
   * @param {StageContext} context
   * @param {(step: number) => void} seek
   */
  constructor(context, seek) {
    this.context = context;
    this.seek = seek;
    this.root = context.find(".status");
  }

  /** Set whether the picture waits for rows. @param {boolean} isWaiting */
  setWaiting(isWaiting) {
    if (isWaiting === this.#isWaiting) return;
    this.#isWaiting = isWaiting;
    this.show();
  }

  /**
   * Show why runs have ended, or that the stage waits for rows. Otherwise, give `text` to screen readers.
   * @param {string} [text]
   * @param {boolean} [isMessage] Whether to show the text, in place of the other messages
   */
  show(text = "", isMessage = false) {
    const { buffer, player, models, scene } = this.context;
    const ended = buffer.trajectories.flatMap(({ end }, i) => (end && player.shown >= end[0] ? [{ name: models[i].name, end }] : []));
    const reasons = ended.map(({ name, end }) => (name ? `${name}${scene.texts.colon}` : "") + this.#reason(end)).join(" ");
    const words = (isMessage && text) || reasons || (this.#isWaiting ? scene.texts.waiting : text);
    const best = ended.find(({ end }) => end[2] !== null)?.end[2] ?? null;
    this.root.classList.toggle("visually-hidden", !ended.length && !this.#isWaiting && !isMessage);
    const shown = JSON.stringify([words, best, scene.texts.best]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.root.replaceChildren(words);
    if (best === null) return;
    const back = element("button", { type: "button", textContent: `${scene.texts.best} ${best}` });
    back.onclick = () => this.seek(best);
    this.root.append(" ", back);
  }

  /** The text that says why a run has ended. @param {End} end */
  #reason([step, reason]) {
    const { texts, tolerance } = this.context.scene;
    const named = reason === "diverged" ? step + 1 : step; // a run that diverges ends at its last finite step
    return texts[reason].replace("{step}", String(named)).replace("{tolerance}", formatGeneral(tolerance));
  }
}
