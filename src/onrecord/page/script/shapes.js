// The shapes and lines of the map, drawn once more as SVG for the legend, the panel and the picture to take away.

const wantsDark = window.matchMedia("(prefers-color-scheme: dark)");
let dark = false; // asked once a drawing: some thousand colours depend on it
const isDark = () => dark;
const ground = () => data.look.ground[isDark() ? "dark" : "light"];
const ink = () => (isDark() ? "#E9E7E2" : "#1D1F21");
const colour = (stance) => (stances.get(stance) || stances.get(""))[isDark() ? "dark" : "light"];
const fillOf = (node) => (kinds.get(node.kind) || kinds.get("other")).fill;
const shapeOf = (node) => (kinds.get(node.kind) || kinds.get("other")).shape;

const polygon = (corners, size, turn = 0) =>
  Array.from({ length: corners }, (_, corner) => {
    const angle = turn + (2 * Math.PI * corner) / corners;
    return [size * Math.cos(angle), size * Math.sin(angle)];
  });

/** The corners of a shape around its middle, as vis-network draws them; a dot has none. */
function corners(shape, size) {
  const up = -Math.PI / 2;
  if (shape === "square") return [[-size, -size], [size, -size], [size, size], [-size, size]];
  if (shape === "diamond") return polygon(4, size, up);
  if (shape === "hexagon") return polygon(6, size, 0);
  if (shape === "triangle") return polygon(3, size * 1.15, up).map(([x, y]) => [x, y + size * 0.275]);
  if (shape === "triangleDown") return polygon(3, size * 1.15, -up).map(([x, y]) => [x, y - size * 0.275]);
  if (shape === "star") {
    return Array.from({ length: 10 }, (_, corner) => {
      const radius = size * (corner % 2 ? 0.5 : 1.3);
      const angle = up + (Math.PI * corner) / 5;
      return [radius * Math.cos(angle), radius * Math.sin(angle) + size * 0.1];
    });
  }
  return [];
}

function shape(kind, x, y, size, attributes = {}) {
  const given = { fill: kind.fill, stroke: ink(), "stroke-width": 1.2, ...attributes };
  const found = corners(kind.shape, size);
  if (!found.length) return draw("circle", { cx: round(x), cy: round(y), r: round(size), ...given });
  return draw("polygon", { points: found.map(([dx, dy]) => `${round(x + dx)},${round(y + dy)}`).join(" "), ...given });
}

const round = (number) => Math.round(number * 10) / 10;

/** A small picture of a kind of entity. */
const kindSwatch = (kind) =>
  draw("svg", { width: 18, height: 18, viewBox: "0 0 18 18", "aria-hidden": "true" }, shape(kind, 9, 9, 6.2));

const dashOf = (stance) => stance.dash.join(" ") || null;

/** A small picture of a stance's line, with its head. */
function stanceSwatch(stance) {
  const line = { stroke: colour(stance.key), "stroke-width": stance.key ? 2.2 : 1.2, fill: "none" };
  return draw(
    "svg",
    { width: 32, height: 14, viewBox: "2 0 32 14", "aria-hidden": "true" },
    draw("path", { d: `M1 7H${stance.head === "bar" ? 31 : 27}`, "stroke-dasharray": dashOf(stance), ...line }),
    stance.head && head(stance, { x: 32, y: 7, angle: 0 }, stance.head === "circle" ? 3.2 : 4),
  );
}

/** The heads of lines as paths that end at 0,0, coming from the left. */
const HEADS = {
  arrow: (size) => `M0 0L${-size * 2} ${-size}L${-size * 2} ${size}Z`,
  bar: (size) => `M-1 ${-size * 1.3}V${size * 1.3}`,
  circle: (size) => `M0 0A${size} ${size} 0 0 1 ${-2 * size} 0A${size} ${size} 0 0 1 0 0Z`,
  vee: (size) => `M0 0L${-size * 2} ${-size}L${-size} 0L${-size * 2} ${size}Z`,
};

/** The head of a line that ends at a point, coming in at an angle. */
function head(stance, { x, y, angle }, size) {
  const place = `translate(${round(x)} ${round(y)}) rotate(${round((angle * 180) / Math.PI)})`;
  const paint = colour(stance.key);
  const how = stance.head === "bar" ? { fill: "none", stroke: paint, "stroke-width": 2.4 } : { fill: paint };
  return draw("path", { transform: place, d: HEADS[stance.head](size), ...how });
}
