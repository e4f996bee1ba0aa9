// Names beside their nodes: of one size on the screen at every zoom, the best evidenced first, none over another.

const FONT = '11.5px system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif';
const LINE_HEIGHT = 13;
const MOST_LETTERS = 20;
const FURTHER = 9; // pixels that a name may stand off, where it finds no place beside its node
const MOST_LABELS = 300;
const VAST = 500; // where so many nodes are seen at once, few names find a seat, and looking for more takes long
const FEW_LABELS = 80;
const CROWD = 100; // in a crowd of so many nodes ...
const MAY_COVER = 24; // ... so many names, the best evidenced, may stand over lesser nodes
const measure = document.createElement("canvas").getContext("2d");
const widths = new Map();

function widthOf(text) {
  if (!widths.has(text)) {
    measure.font = FONT;
    widths.set(text, measure.measureText(text).width);
  }
  return widths.get(text);
}

/** A name in lines of about twenty letters, broken between words, at most three. */
function linesOfName(name) {
  const lines = [];
  for (const word of name.trim().split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= MOST_LETTERS) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word.length > 34 ? `${word.slice(0, 33)}…` : word);
  }
  return lines.length > 3 ? [...lines.slice(0, 2), `${lines[2]} …`] : lines;
}

/** Where the name may stand around a node: close by first, and the way off its neighbours first. */
function seats(item, width, height, scale) {
  const away = (seat) => (seat.x * item.out[0] + seat.y * item.out[1]) / (Math.hypot(seat.x, seat.y) || 1);
  const ring = (gap) =>
    [
      { x: 0, y: gap + height / 2 },
      { x: 0, y: -gap - height / 2 },
      { x: gap + width / 2, y: 0 },
      { x: -gap - width / 2, y: 0 },
      { x: gap * 0.7 + width / 2, y: gap * 0.7 + height / 2 },
      { x: -gap * 0.7 - width / 2, y: gap * 0.7 + height / 2 },
      { x: gap * 0.7 + width / 2, y: -gap * 0.7 - height / 2 },
      { x: -gap * 0.7 - width / 2, y: -gap * 0.7 - height / 2 },
      { x: width / 3, y: gap + height / 2 },
      { x: -width / 3, y: gap + height / 2 },
      { x: width / 3, y: -gap - height / 2 },
      { x: -width / 3, y: -gap - height / 2 },
    ]
      .map((seat, order) => ({ ...seat, order }))
      .sort((one, two) => away(two) - away(one) || one.order - two.order);
  return [...ring(item.size + 3), ...ring(item.size + 3 + FURTHER / scale)];
}

const overlap = (one, two) =>
  one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom;

const box = (x, y, width, height) => ({
  left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2,
});

const isInside = (one, two) =>
  !two || (one.left > two.left && one.right < two.right && one.top > two.top && one.bottom < two.bottom);

/**
 * Labels for nodes at a zoom, in the map's own units. Each item has x, y, size, name, `out` (the direction off its
 * neighbours), `rank` (above 0 in focus) and `must` (it is chosen: shown even over others); items come in the order of
 * their importance. Within `seen`, where it is given, every label stays whole; those in focus may cover nodes.
 */
function placeLabels(items, scale, seen) {
  const discs = items.map((item) => box(item.x, item.y, item.size * 2, item.size * 2));
  const taken = [];
  const found = [];
  const most = items.length > VAST && seen ? FEW_LABELS : MOST_LABELS;
  for (const [order, item] of items.slice(0, most).entries()) {
    const inTheWay = items.length > CROWD && order < MAY_COVER ? discs.slice(0, MAY_COVER) : discs;
    const lines = linesOfName(item.name);
    const width = (Math.max(...lines.map(widthOf)) + 6) / scale;
    const height = (lines.length * LINE_HEIGHT + 2) / scale;
    const choices = seats(item, width, height, scale).map((seat) => ({
      ...seat, box: box(item.x + seat.x, item.y + seat.y, width, height),
    }));
    const hits = (each) => (other) => overlap(each.box, other);
    const bare = choices.filter((each) => isInside(each.box, seen) && !taken.some(hits(each)));
    const free = bare.find((each) => !inTheWay.some(hits(each)));
    const seat = free || (item.rank > 0 && bare[0]) || (item.must && choices[0]);
    if (!seat) continue;
    taken.push(seat.box);
    found.push({ id: item.id, lines, x: item.x + seat.x, y: item.y + seat.y, box: seat.box, must: item.must });
  }
  return found;
}
