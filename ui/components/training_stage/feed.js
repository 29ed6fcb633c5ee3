const meeting = (globalThis.softmaxLab ??= { stages: new Map(), feeds: new Map() });

/**
 * The line between a stage and Python: small, since its text is sent again with every answer.
 * @param {{data: Uint8Array, setTriggerValue: (name: string, value: Object) => void}} component
 */
export default function ({ data, setTriggerValue }) {
  const packet = unpack(data);
  meeting.feeds.set(packet.stage, { packet, send: (message) => setTriggerValue("message", message) });
  meeting.stages.get(packet.stage)?.receive(packet);
}
