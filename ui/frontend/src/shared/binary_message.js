// Binary messages from Python: a JSON header and numeric arrays.

const ARRAY_TYPES = { float64: Float64Array, float32: Float32Array, int32: Int32Array };

/**
 * Read a message written by ui/components/packing.py.
 * @param {Uint8Array} bytes
 * @returns {Record<string, any>} the header's fields, and each array under its name
 */
export function unpack(bytes) {
  const aligned = bytes.slice();
  const headerLength = new DataView(aligned.buffer).getUint32(0, true);
  const { arrays, ...fields } = JSON.parse(new TextDecoder().decode(aligned.subarray(4, 4 + headerLength)));
  const bodyStart = Math.ceil((4 + headerLength) / 8) * 8;
  /** @type {[string, [keyof typeof ARRAY_TYPES, number, number]][]} */
  const specifications = Object.entries(arrays);
  for (const [name, [type, offset, length]] of specifications) {
    fields[name] = new ARRAY_TYPES[type](aligned.buffer, bodyStart + offset, length);
  }
  return fields;
}
