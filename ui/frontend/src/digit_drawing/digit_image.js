// Preprocessing of a drawn digit, as core/digit_image.py does it; its constants and steps are explained there.

/** @typedef {{deslant: boolean, resize: boolean, even_ink: boolean}} Preprocessing Which steps are taken */
/** @typedef {number[]} Stroke x, y, x, y, … in the unit square; x to the right, y down */
/** @typedef {Float64Array} Segments Four numbers per straight part of a stroke: start and end */

const SIZE = 32;
const BLOCK = 4;
const PIXELS = (SIZE / BLOCK) ** 2;
const MAX_WIDTH = 19, MAX_WIDENING = 1.3, MAX_HEIGHTENING = 3;
const INK_SHARE = 0.305;
const PEN = 3, PEN_RANGE = [1, 14], HALVINGS = 8;
const TOLERANCE = 1e-9, MIN_VARIANCE = 1e-4;

/**
 * Return the bitmap of a drawn digit, row by row, with 1 for a black point.
 * @param {Stroke[]} strokes
 * @param {Preprocessing} steps
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function bitmap(strokes, steps) {
  let segments = segmentsOf(strokes);
  if (!segments.length) return new Uint8Array(SIZE * SIZE);
  if (steps.deslant) segments = deslanted(segments);
  if (!steps.even_ink) return inked(segments, PEN, steps.resize);
  let [low, high] = PEN_RANGE;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2, black = inked(segments, middle, steps.resize).reduce((sum, point) => sum + point, 0);
    if (black / (SIZE * SIZE) < INK_SHARE) low = middle;
    else high = middle;
  }
  return inked(segments, high, steps.resize);
}

/** Return the number of black points in each block of a bitmap, row by row. @param {Uint8Array} black */
export function blockCounts(black) {
  /** @type {number[]} */
  const counts = new Array(PIXELS).fill(0);
  black.forEach((point, i) => {
    const row = Math.floor(i / SIZE / BLOCK), column = Math.floor((i % SIZE) / BLOCK);
    counts[(row * SIZE) / BLOCK + column] += point;
  });
  return counts;
}

/** @param {Stroke[]} strokes @returns {Segments} */
function segmentsOf(strokes) {
  const segments = [];
  for (const stroke of strokes) {
    if (stroke.length === 2) segments.push(...stroke, ...stroke);
    for (let i = 2; i < stroke.length; i += 2) segments.push(stroke[i - 2], stroke[i - 1], stroke[i], stroke[i + 1]);
  }
  return Float64Array.from(segments);
}

/** Shear the segments by the slope of the regression of x on y, weighted by length. @param {Segments} segments */
function deslanted(segments) {
  let total = 0, xMean = 0, yMean = 0, covariance = 0, variance = 0;
  for (let i = 0; i < segments.length; i += 4) {
    const { length, x, y } = middleOf(segments, i);
    total += length;
    xMean += length * x;
    yMean += length * y;
  }
  total = Math.max(total, TOLERANCE);
  xMean /= total;
  yMean /= total;
  for (let i = 0; i < segments.length; i += 4) {
    const { length, x, y } = middleOf(segments, i);
    covariance += (length / total) * (x - xMean) * (y - yMean);
    variance += (length / total) * (y - yMean) ** 2;
  }
  if (variance < MIN_VARIANCE) return segments;
  const slope = covariance / variance;
  return segments.map((value, i) => (i % 2 ? value : value - slope * segments[i + 1]));
}

/** @param {Segments} segments @param {number} i */
function middleOf(segments, i) {
  const [x0, y0, x1, y1] = segments.subarray(i, i + 4);
  return { length: Math.hypot(x1 - x0, y1 - y0), x: (x0 + x1) / 2, y: (y0 + y1) / 2 };
}

/**
 * Return the bitmap of the segments, drawn with a pen of this width.
 * @param {Segments} segments
 * @param {number} pen
 * @param {boolean} resize
 */
function inked(segments, pen, resize) {
  const placed = resize ? resized(segments, pen) : segments.map((value) => value * SIZE), black = new Uint8Array(SIZE * SIZE);
  const limit = (pen * pen) / 4 + TOLERANCE;
  for (let i = 0; i < placed.length; i += 4) {
    const x0 = placed[i], y0 = placed[i + 1], x1 = placed[i + 2], y1 = placed[i + 3], stepX = x1 - x0, stepY = y1 - y0;
    const squaredLength = Math.max(stepX ** 2 + stepY ** 2, TOLERANCE);
    const [left, right] = rangeNear(x0, x1, pen), [top, bottom] = rangeNear(y0, y1, pen);
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        const dx = column + 0.5 - x0, dy = row + 0.5 - y0;
        const along = Math.min(Math.max((dx * stepX + dy * stepY) / squaredLength, 0), 1);
        if ((dx - along * stepX) ** 2 + (dy - along * stepY) ** 2 <= limit) black[row * SIZE + column] = 1;
      }
    }
  }
  return black;
}

/** The first and the last row or column that the pen may reach. @param {number} from @param {number} to @param {number} pen */
function rangeNear(from, to, pen) {
  const low = Math.floor(Math.min(from, to) - pen / 2 - 1), high = Math.ceil(Math.max(from, to) + pen / 2);
  return [Math.max(low, 0), Math.min(high, SIZE - 1)];
}

/** Place the segments in the middle of the bitmap, which they fill. @param {Segments} segments @param {number} pen */
function resized(segments, pen) {
  const low = [Infinity, Infinity], high = [-Infinity, -Infinity];
  segments.forEach((value, i) => {
    low[i % 2] = Math.min(low[i % 2], value);
    high[i % 2] = Math.max(high[i % 2], value);
  });
  const [width, height] = high.map((value, axis) => Math.max(value - low[axis], TOLERANCE));
  const widest = (MAX_WIDTH - pen) / width, down = Math.min((SIZE - pen) / height, MAX_HEIGHTENING * widest);
  const factors = [Math.min(MAX_WIDENING * down, widest), down];
  return segments.map((value, i) => (value - (low[i % 2] + high[i % 2]) / 2) * factors[i % 2] + SIZE / 2);
}
