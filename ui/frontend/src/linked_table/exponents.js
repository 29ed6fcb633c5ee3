// Splits texts such as "e^(−z)" into plain parts and exponents.

/**
 * Split a text at its exponents, which are written as in "e^(−z)". Return the parts, without "^(" and ")".
 * @param {string} text
 */
export function exponentParts(text) {
  const parts = text.split(/\^\((.*?)\)/).map((part, i) => ({ text: part, isExponent: i % 2 === 1 }));
  return parts.filter((part) => part.text);
}
