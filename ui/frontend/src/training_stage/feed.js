/** @import { FeedMessage } from "./messages.js" */
import { unpack } from "../shared/binary_message.js";
import { registry } from "./registry.js";

/**
 * The connection between a stage and Python, a component of its own: small, since its script is sent with each answer.
 * @param {{data: Uint8Array, setTriggerValue: (name: string, value: object) => void}} component
 */
export default function ({ data, setTriggerValue }) {
  const message = /** @type {FeedMessage} */ (unpack(data));
  registry.feeds.set(message.stage, { message, send: (reply) => setTriggerValue("message", reply) });
  registry.stages.get(message.stage)?.receive(message);
}
