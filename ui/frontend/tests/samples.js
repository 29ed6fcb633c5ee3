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
