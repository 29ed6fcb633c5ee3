/** Softmax of z/T; the largest logit is subtracted first, so that nothing overflows. */
function softmax(logits, temperature = 1) {
  const scaled = logits.map((z) => z / temperature);
  const top = Math.max(...scaled);
  const exponentials = scaled.map((z) => Math.exp(z - top));
  const total = exponentials.reduce((sum, e) => sum + e, 0);
  return exponentials.map((e) => e / total);
}

/** 1 / (1 + e^−z) of each. */
function sigmoid(logits) {
  return logits.map((z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z))));
}

/** −log softmax(z) of the true class: the loss, in nats. */
function lossOf(z, target) {
  const top = Math.max(...z);
  return top - z[target] + Math.log(z.reduce((sum, value) => sum + Math.exp(value - top), 0));
}

/** A probability as text, by the rules of ui/i18n/number_format.py. */
function probabilityText(p) {
  if (p === 0 || p === 1) return `≈ ${p}`;
  if (p < 1e-6) return exponential(p);
  const nearest = Math.min(p, 1 - p);
  return nearest < 0.1 ? p.toFixed(2 + Math.ceil(-Math.log10(Math.max(nearest, 1e-14)))) : p.toFixed(3);
}
