// Scales, ticks and marks.

/** The least of 1, 2, 5 × 10ⁿ that is not below a number. */
function niceCeil(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((m) => m * power).find((nice) => nice >= value * (1 - 1e-9));
}

/** The next mark above a value on an axis of about five marks. */
function roundedUp(value) {
  const step = niceCeil(value / 5);
  return Math.ceil((value / step) * 1.01) * step;
}

/** About `count` round numbers between low and high. */
function ticks(low, high, count) {
  const step = niceCeil((high - low) / count);
  const first = Math.ceil(low / step - 1e-9);
  const marks = [];
  for (let i = first; i * step <= high + step * 1e-9; i++) marks.push(Number((i * step).toPrecision(12)));
  return marks;
}

/** A logarithmic axis from low to high: its range and how values are placed in it, as powers of ten, and its marks. */
function logarithmic(low, high) {
  const range = [Math.log10(low), Math.log10(high)], marks = [];
  const steps = range[1] - range[0] < 2.5 ? [1, 2, 5] : [1];
  const every = Math.max(1, Math.ceil((range[1] - range[0]) / 7));
  for (let power = Math.floor(range[0]); power <= range[1]; power++) {
    if (power % every !== 0) continue;
    for (const step of steps) {
      const at = Math.log10(step) + power;
      if (at < range[0] || at > range[1]) continue;
      const value = step * 10 ** power;
      marks.push([at, power < -3 ? exponential(value) : tickLabel(Number(value.toPrecision(6)))]);
    }
  }
  return { range, of: (value) => Math.log10(Math.max(value, low)), marks };
}

/** A number for people: four decimals, or powers of ten where those would say nothing. */
function readable(value) {
  if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5)) return exponential(value);
  return value.toFixed(4).replace("-", "−");
}

/** A tick's label. */
function tickLabel(value) {
  return (Math.abs(value) >= 1e5 ? readable(value) : String(value)).replace("-", "−");
}

/**
 * Draw a frame with ticks and names about a plotting area.
 * @param {{context: Object, left: number, top: number, width: number, height: number}} area
 * @param {{font: number, theme: {line: string, muted: string, text: string}}} style
 * @param {{range: number[], name: string, marks?: [number, string][]}} x `marks` where round numbers will not do
 * @param {{range: number[], name: string, marks?: [number, string][]}} y
 */
function drawAxes({ context, left, top, width, height }, { font, theme }, x, y) {
  const bottom = top + height;
  const marksOf = ({ range, marks }, count) => marks ?? ticks(...range, count).map((tick) => [tick, tickLabel(tick)]);
  context.strokeStyle = theme.line;
  context.fillStyle = theme.muted;
  context.lineWidth = 1;
  context.strokeRect(left, top, width, height);
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const [tick, label] of marksOf(x, width < 300 ? 4 : 6)) {
    context.fillText(label, left + ((tick - x.range[0]) / (x.range[1] - x.range[0])) * width, bottom + 4);
  }
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const [tick, label] of marksOf(y, height < 240 ? 4 : 6)) {
    const at = bottom - ((tick - y.range[0]) / (y.range[1] - y.range[0])) * height;
    context.fillText(label, left - 5, Math.max(at, top + font / 2));
  }
  context.fillStyle = theme.text;
  context.textAlign = "center";
  context.textBaseline = "bottom";
  fillCentred(context, x.name, left, width, bottom + font * 3.1, left);
  context.save();
  context.translate(Math.max(left - font * 3.5, font * 0.2), top + height / 2);
  context.rotate(-Math.PI / 2);
  context.textBaseline = "top";
  context.fillText(y.name, 0, 0, height + top);
  context.restore();
}

/** Write a name in the middle of so much width; a longer one reaches to the left, by no more than there is room. */
function fillCentred(context, name, left, width, y, room) {
  const beyond = Math.min(Math.max(context.measureText(name).width - width, 0), room);
  context.fillText(name, left + (width - beyond) / 2, y, width + beyond);
}

const POLYGONS = {
  square: [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
  "triangle-up": [[0, -1.1], [1, 0.75], [-1, 0.75]],
  "triangle-down": [[0, 1.1], [1, -0.75], [-1, -0.75]],
  diamond: [[0, -1.2], [1, 0], [0, 1.2], [-1, 0]],
  cross: [[-0.4, -1.1], [0.4, -1.1], [0.4, -0.4], [1.1, -0.4], [1.1, 0.4], [0.4, 0.4], [0.4, 1.1], [-0.4, 1.1],
    [-0.4, 0.4], [-1.1, 0.4], [-1.1, -0.4], [-0.4, -0.4]],
  hourglass: [[-0.95, -0.95], [0.95, -0.95], [-0.95, 0.95], [0.95, 0.95]],
  pentagon: regular(5, 1),
  star: regular(10, 1.2, 0.55),
};
POLYGONS.x = POLYGONS.cross.map(([x, y]) => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2]);

/** Corners of a regular polygon, every other one at `inner` if given. */
function regular(corners, radius, inner = radius) {
  return Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * i) / corners - Math.PI / 2, r = i % 2 ? inner : radius;
    return [r * Math.cos(angle), r * Math.sin(angle)];
  });
}

/** Draw an arrow from one point to another. */
function arrow(context, fromX, fromY, toX, toY, head) {
  const angle = Math.atan2(toY - fromY, toX - fromX);
  context.beginPath();
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
  for (const turn of [2.6, -2.6]) {
    context.moveTo(toX, toY);
    context.lineTo(toX + head * Math.cos(angle + turn), toY + head * Math.sin(angle + turn));
  }
  context.stroke();
}

/** A disc in sectors of several colours, with a rim. */
function sectors(context, x, y, radius, colours, rim) {
  const corners = 24;
  const corner = (n) => [x + radius * Math.sin((2 * Math.PI * n) / corners), y - radius * Math.cos((2 * Math.PI * n) / corners)];
  context.strokeStyle = rim;
  context.lineWidth = 1;
  colours.forEach((colour, i) => {
    context.fillStyle = colour;
    context.beginPath();
    context.moveTo(x, y);
    for (let n = (corners * i) / colours.length; n <= (corners * (i + 1)) / colours.length; n++) context.lineTo(...corner(n));
    context.closePath();
    context.fill();
    context.stroke();
  });
}

/** Put a marker of the given shape (named as by Plotly) on the context's path. */
function marker(context, shape, x, y, radius) {
  context.beginPath();
  if (shape === "circle") {
    context.arc(x, y, radius, 0, 2 * Math.PI);
  } else {
    for (const [dx, dy] of POLYGONS[shape]) context.lineTo(x + dx * radius, y + dy * radius);
    context.closePath();
  }
}
