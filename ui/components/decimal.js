/** A number with a true minus sign, as `decimal` in ui/i18n/number_format.py writes it. */
function decimal(value, digits = 3) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value) < 1e-12 ? 0 : Math.abs(value);
  if (size !== 0 && !(size >= 10 ** -digits && size < 1e6)) return exponential(value);
  const text = size.toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}
