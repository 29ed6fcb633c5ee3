// What each output says by itself: for which classes it exceeds a threshold, and what the outputs sum to.

/** Colour by the one class that says yes; striped in the colours of those that do where several; grey where none. */
function shadeAnswers(outputs, classes, size, thresholds, { colours, background, nobody }, pixels) {
  const yes = [];
  for (let j = 0, at = 0; j < size; j++) {
    let out = (size - 1 - j) * size * 4;
    for (let i = 0; i < size; i++, at += classes, out += 4) {
      yes.length = 0;
      for (let k = 0; k < classes; k++) if (outputs[at + k] > thresholds[k]) yes.push(k);
      const k = yes.length > 1 ? yes[((i + j) >> 2) % yes.length] : yes[0];
      const colour = yes.length ? colours[k] : nobody;
      const strength = yes.length > 1 ? 0.75 : yes.length ? 0.06 + 0.42 * outputs[at + k] : 0.45;
      for (let c = 0; c < 3; c++) pixels[out + c] = background[c] + strength * (colour[c] - background[c]);
      pixels[out + 3] = 255;
    }
  }
}

/** Colour where outputs sum to more than 1, the stronger the more; striped where to less; plain where to 1. */
function shadeSums(sums, size, { above, nobody, background }, pixels) {
  for (let j = 0, at = 0; j < size; j++) {
    let out = (size - 1 - j) * size * 4;
    for (let i = 0; i < size; i++, at++, out += 4) {
      const excess = sums[at] - 1, colour = excess > 0 ? above : nobody;
      const striped = excess < 0 && ((i + j) >> 2) % 2 ? 0.35 : 1;
      const strength = Math.abs(excess) < 1e-4 ? 0 : Math.min(0.8, 0.15 + 0.65 * Math.abs(excess)) * striped;
      for (let c = 0; c < 3; c++) pixels[out + c] = background[c] + strength * (colour[c] - background[c]);
      pixels[out + 3] = 255;
    }
  }
}

/** Sums of each pixel's outputs. */
function sumsOf(outputs, classes) {
  const sums = new Float32Array(outputs.length / classes);
  for (let i = 0; i < outputs.length; i++) sums[Math.floor(i / classes)] += outputs[i];
  return sums;
}

/**
 * Line segments along which the values at pixels equal a level, as `boundaries` gives them. Pixel i's value stands at
 * i · stride + offset.
 */
function levelLines(values, size, level, stride = 1, offset = 0) {
  return contour(values, size - 1, level, stride, offset).flat().map((x) => x + 0.5);
}
