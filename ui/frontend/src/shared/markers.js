// Markers of classes, with Plotly's names, and arrows.

/** @type {Record<string, number[][]>} Corners of a marker with radius 1 */
const POLYGONS = {
  square: [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
  "triangle-up": [[0, -1.1], [1, 0.75], [-1, 0.75]],
  "triangle-down": [[0, 1.1], [1, -0.75], [-1, -0.75]],
  diamond: [[0, -1.2], [1, 0], [0, 1.2], [-1, 0]],
  cross: [[-0.4, -1.1], [0.4, -1.1], [0.4, -0.4], [1.1, -0.4], [1.1, 0.4], [0.4, 0.4], [0.4, 1.1], [-0.4, 1.1],
    [-0.4, 0.4], [-1.1, 0.4], [-1.1, -0.4], [-0.4, -0.4]],
  bowtie: [[-1.15, -1], [0, -0.4], [1.15, -1], [1.15, 1], [0, 0.4], [-1.15, 1]],
  pentagon: regularPolygon(5, 1),
  star: regularPolygon(10, 1.2, 0.55),
};
POLYGONS.x = POLYGONS.cross.map(([x, y]) => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2]);

/**
 * Return the corners of a regular polygon, or of a star with radii `radius` and `inner`.
 * @param {number} corners
 * @param {number} radius
 */
function regularPolygon(corners, radius, inner = radius) {
  return Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * i) / corners - Math.PI / 2, r = i % 2 ? inner : radius;
    return [r * Math.cos(angle), r * Math.sin(angle)];
  });
}

/**
 * Begin a path and add a marker to it.
 * @param {CanvasRenderingContext2D} context
 * @param {string} shape
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
export function marker(context, shape, x, y, radius) {
  context.beginPath();
  if (shape === "circle") {
    context.arc(x, y, radius, 0, 2 * Math.PI);
  } else {
    for (const [dx, dy] of POLYGONS[shape]) context.lineTo(x + dx * radius, y + dy * radius);
    context.closePath();
  }
}

/**
 * Draw a disc with sectors in several colours.
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {string[]} colours
 * @param {string} lineColour
 */
export function sectors(context, x, y, radius, colours, lineColour) {
  const corners = 24;
  context.strokeStyle = lineColour;
  context.lineWidth = 1;
  colours.forEach((colour, i) => {
    context.fillStyle = colour;
    context.beginPath();
    context.moveTo(x, y);
    for (let n = (corners * i) / colours.length; n <= (corners * (i + 1)) / colours.length; n++) {
      const angle = (2 * Math.PI * n) / corners;
      context.lineTo(x + radius * Math.sin(angle), y - radius * Math.cos(angle));
    }
    context.closePath();
    context.fill();
    context.stroke();
  });
}

/**
 * Draw an arrow.
 * @param {CanvasRenderingContext2D} context
 * @param {number} fromX
 * @param {number} fromY
 * @param {number} toX
 * @param {number} toY
 * @param {number} head Length of the arrowhead
 */
export function arrow(context, fromX, fromY, toX, toY, head) {
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
