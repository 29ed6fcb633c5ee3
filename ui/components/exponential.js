/** A number as m×10ⁿ, as `exponential` in ui/i18n/number_format.py writes it. */
function exponential(value) {
  const [mantissa, exponent] = value.toExponential(2).split("e");
  const raised = String(Number(exponent)).replace(/[-\d]/g, (c) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(c)]);
  return `${mantissa}×10${raised}`.replace("-", "−");
}
