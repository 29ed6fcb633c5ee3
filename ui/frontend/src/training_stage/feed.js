// A feed: a component that carries messages between a stage and Python.

/** @import { FeedMessage } from "./messages.js" */
import { unpack } from "../shared/binary_message.js";
import { registry } from "./registry.js";

/**
 * Pass a message from Python to the stage, and register the function that sends messages to Python. The feed is a small
 * component of its own, because Streamlit sends a component's script again with each message.
 * @param {{data: Uint8Array, setTriggerValue: (name: string, value: object) => void}} component
 */
export default function ({ data, setTriggerValue }) {
  const message = /** @type {FeedMessage} */ (unpack(data));
  registry.feeds.set(message.feed, { message, send: (reply) => setTriggerValue("message", reply) });
  registry.stages.get(message.stage)?.receive(message);
}
