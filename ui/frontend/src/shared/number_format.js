// Numbers as texts, by the rules of ui/i18n/number_format.py, under the same names.

const NEAR_ONE = 0.999999;
const LARGE = 1e5; // from this size on, numbers are written as m×10ⁿ

/** Format a number as m×10ⁿ. @param {number} value */
export function formatExponential(value) {
  return withSuperscript(value.toExponential(2));
}

/** A number with up to six significant digits, as m×10ⁿ if it is large or small. @param {number} value */
export function formatGeneral(value) {
  const short = Number(value.toPrecision(6)), size = Math.abs(short);
  return withSuperscript(size === 0 || (size >= 1e-4 && size < 1e6) ? String(short + 0) : short.toExponential());
}

/** A number that JavaScript has formatted, with a minus sign, and an exponent as ×10ⁿ. @param {string} text */
function withSuperscript(text) {
  const [mantissa, exponent] = text.split("e");
  if (exponent === undefined) return mantissa.replace("-", "−");
  const raised = String(Number(exponent)).replace(/[-\d]/g, (c) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(c)]);
  return `${mantissa}×10${raised}`.replace("-", "−");
}

/** Format a number with fixed decimals, or as m×10ⁿ if very small or large, with a real minus sign. @param {number} value */
export function formatDecimal(value, digits = 3) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value) < 1e-12 ? 0 : Math.abs(value);
  if (size !== 0 && !(size >= 10 ** -digits && size < LARGE)) return formatExponential(value);
  const text = size.toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** Format a factor of a product like `formatDecimal`, in brackets if it is negative. @param {number} value */
export function formatFactor(value) {
  const text = formatDecimal(value);
  return text.startsWith("−") ? `(${text})` : text;
}

/** Format a number with this many decimals, or as m×10ⁿ if it is large. @param {number} value @param {number} digits */
export function formatFixed(value, digits) {
  return Math.abs(value) < LARGE ? value.toFixed(digits).replace("-", "−") : formatExponential(value);
}

/** Format a loss with four decimals, or as m×10ⁿ if it is below 0.001 or at least 100,000. @param {number} value */
export function formatLoss(value) {
  if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= LARGE)) return formatExponential(value);
  return value.toFixed(4).replace("-", "−");
}

/** Return the label of a tick. @param {number} value */
export function tickLabel(value) {
  return (Math.abs(value) >= LARGE ? formatLoss(value) : String(value)).replace("-", "−");
}

/** Format a probability with more decimals close to 0 and 1, in about ten characters. @param {number} p */
export function formatProbability(p) {
  if (p === 0 || p === 1) return `≈ ${p}`;
  if (p < 1e-6) return formatExponential(p);
  if (p > NEAR_ONE) return `> ${NEAR_ONE}`;
  const nearest = Math.min(p, 1 - p);
  return nearest < 0.1 ? p.toFixed(2 + Math.ceil(-Math.log10(nearest))) : p.toFixed(3);
}
