const ARRAY_TYPES = { float64: Float64Array, float32: Float32Array, int32: Int32Array };

/**
 * Read a message written by packing.py.
 * @param {Uint8Array} bytes
 * @returns {Object} the header's fields, and each array under its name
 */
function unpack(bytes) {
  const aligned = bytes.slice();
  const headerLength = new DataView(aligned.buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(aligned.subarray(4, 4 + headerLength)));
  const bodyStart = Math.ceil((4 + headerLength) / 8) * 8;
  const { arrays, ...fields } = header;
  for (const [name, [type, offset, length]] of Object.entries(arrays)) {
    fields[name] = new ARRAY_TYPES[type](aligned.buffer, bodyStart + offset, length);
  }
  return fields;
}
