import { readFileSync } from "node:fs";

/**
 * The samples written by tests/frontend.
 * @param {string} name
 * @returns {any}
 */
export function samples(name) {
  return JSON.parse(readFileSync(new URL(`samples/${name}.json`, import.meta.url), "utf8"));
}

/**
 * Assert that numbers are equal up to rounding.
 * @param {ArrayLike<number>} actual
 * @param {ArrayLike<number>} expected
 */
export function assertClose(actual, expected, tolerance = 1e-12) {
  const message = () => `${Array.from(actual)} instead of ${Array.from(expected)}`;
  if (actual.length !== expected.length) throw new Error(message());
  for (let i = 0; i < expected.length; i++) {
    const size = Math.max(1, Math.abs(expected[i]));
    if (!(Math.abs(actual[i] - expected[i]) <= tolerance * size)) throw new Error(message());
  }
}

/**
 * A message as ui/components/packing.py writes it, with arrays of float64.
 * @param {Record<string, unknown>} header
 * @param {Record<string, number[]>} arrays
 */
export function packed(header, arrays) {
  /** @type {Record<string, [string, number, number]>} */
  const specification = {};
  let offset = 0;
  for (const [name, values] of Object.entries(arrays)) {
    specification[name] = ["float64", offset, values.length];
    offset += 8 * values.length;
  }
  const text = new TextEncoder().encode(JSON.stringify({ ...header, arrays: specification }));
  const bodyStart = Math.ceil((4 + text.length) / 8) * 8, bytes = new Uint8Array(bodyStart + offset);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  new Float64Array(bytes.buffer, bodyStart).set(Object.values(arrays).flat());
  return bytes;
}
