/**
 * The parts of a text before, within and after its exponents, which are written as in "e^(−z)".
 * @param {string} text
 */
export function exponentParts(text) {
  const parts = text.split(/\^\((.*?)\)/).map((part, i) => ({ text: part, isExponent: i % 2 === 1 }));
  return parts.filter((part) => part.text);
}
