// The training stage: one or two runs as animated decision regions, samples and loss curves.

/** @import { Scene } from "./messages.js" */
import { unpack } from "../shared/binary_message.js";
import { feedKeys, registry } from "./registry.js";
import { Stage } from "./stage.js";

/** @type {WeakMap<ShadowRoot, Stage>} */
const stages = new WeakMap();

/** @param {{data: Uint8Array, parentElement: ShadowRoot}} component */
export default function ({ data, parentElement }) {
  const scene = /** @type {Scene} */ (unpack(data));
  let stage = stages.get(parentElement);
  if (!stage) {
    registry.stages.get(scene.stage)?.leave();
    stage = new Stage(/** @type {HTMLElement} */ (parentElement.querySelector(".stage")), scene);
    stages.set(parentElement, stage);
  }
  registry.stages.set(scene.stage, stage);
  stage.show(scene);
  const { details, rows } = feedKeys(scene.stage), feed = registry.feeds.get(details);
  if (feed) stage.receive(feed.message);
  const shown = stage;
  return () => {
    shown.close();
    stages.delete(parentElement);
    if (registry.stages.get(scene.stage) === shown) registry.stages.delete(scene.stage);
    for (const key of [details, rows]) registry.feeds.delete(key);
  };
}
