// What is drawn over vis-network's lines and nodes: heads and rings, names, and the relation in words.

/** Where a line meets the rim of its end (or of its start), and at which angle. */
function tip(line, isStart = false) {
  const [from, to] = isStart ? [line.to, line.from] : [line.from, line.to];
  const [x1, y1] = places.get(from);
  const [x2, y2] = places.get(to);
  const via = bendOf(line);
  const angle = Math.atan2(y2 - (via?.y ?? y1), x2 - (via?.x ?? x1));
  const rim = nodes[to].size * (shapeOf(nodes[to]) === "square" ? 1.15 : 1) + 1.5;
  return { x: x2 - rim * Math.cos(angle), y: y2 - rim * Math.sin(angle), angle };
}

/** Both ends of what two do with each other have a head, else the one that it is said or done to. */
const tips = (line) => (line.symmetric ? [tip(line), tip(line, true)] : [tip(line)]);
const headSize = (line) => 3 + widthOfLine(line) * 0.7;

function drawHeads(context) {
  if (view.groups || isManyLines()) return;
  for (const line of view.lines) {
    const { head: name } = stances.get(line.stance) || {};
    if (!name || line.from === line.to) continue;
    context.globalAlpha = drawn.lines.get(line.key)?.color.opacity ?? 1;
    context.fillStyle = context.strokeStyle = colour(line.stance);
    context.lineWidth = 2.4;
    for (const { x, y, angle } of tips(line)) {
      context.save();
      context.translate(x, y);
      context.rotate(angle);
      const path = new Path2D(HEADS[name](headSize(line)));
      if (name === "bar") context.stroke(path);
      else context.fill(path);
      context.restore();
    }
  }
  context.globalAlpha = 1;
}

const RING = 1.35;

/** A ring around performers that somebody made. */
function drawRings(context) {
  context.strokeStyle = ink();
  context.lineWidth = 1.2;
  for (const id of [...view.nodes].filter((each) => nodes[each].ring)) {
    context.globalAlpha = drawn.nodes.get(id)?.opacity ?? 1;
    context.beginPath();
    context.arc(...places.get(id), nodes[id].size * RING, 0, 2 * Math.PI);
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** The names to be placed, the chosen one first, then its neighbours, then by evidence. */
function labelItems(chosen) {
  const outs = outward();
  const items = view.groups ? groupItems() : [...view.nodes].map((id) => {
    const [x, y] = places.get(id);
    const { size, label, short, key } = nodes[id];
    const rank = key === state.node ? 2 : chosen?.nodes.has(id) ? 1 : 0;
    const weight = nodes[id].statements.length;
    return { id, x, y, size, name: short || label, rank, must: rank === 2, out: outs.get(id) || [0, 1], weight };
  });
  return items
    .filter((item) => !chosen || item.rank || chosen.nodes.has(item.id))
    .sort((one, two) => two.rank - one.rank || two.weight - one.weight || one.id - two.id);
}

/** For each node the direction away from the middle of its neighbours. */
function outward() {
  const sums = new Map();
  for (const { from, to } of view.lines) {
    for (const [one, two] of [[from, to], [to, from]]) {
      const [x, y] = places.get(one);
      const [ox, oy] = places.get(two);
      const length = Math.hypot(x - ox, y - oy) || 1;
      const [sx, sy] = sums.get(one) || [0, 0];
      sums.set(one, [sx + (x - ox) / length, sy + (y - oy) / length]);
    }
  }
  return sums;
}

function placedLabels(scale) {
  const isFramed = seenAtFirst && Math.abs(seenAtFirst.scale / scale - 1) < 1e-9; // also zoomed away and back
  const seen = isFramed ? seenAtFirst : null;
  if (labels.scale !== scale) labels = { scale, list: placeLabels(labelItems(focus()), scale, seen) };
  return labels.list;
}

function drawLabels(context) {
  const scale = network.getScale();
  context.save();
  context.font = FONT.replace("11.5px", `${11.5 / scale}px`);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5 / scale;
  for (const words of wordsOnLines(scale)) drawText(context, words, scale, colour(words.stance));
  for (const label of placedLabels(scale)) drawText(context, label, scale, ink());
  context.restore();
}

function drawText(context, { lines, x, y }, scale, fill) {
  context.strokeStyle = ground();
  context.fillStyle = fill;
  lines.forEach((line, order) => {
    const down = y + ((order - (lines.length - 1) / 2) * LINE_HEIGHT) / scale;
    context.strokeText(line, x, down);
    context.fillText(line, x, down);
  });
}

const MOST_WORDS = 40;

/** The relation in words at the middle of its line, where few lines are in focus and there is room. */
function wordsOnLines(scale) {
  const chosen = focus();
  const lines = chosen ? view.lines.filter((line) => chosen.lines.has(line.key)) : view.lines;
  if (view.groups || lines.length > MOST_WORDS) return [];
  const ends = unique(lines.flatMap((line) => [line.from, line.to]));
  const discs = ends.map((id) => box(...places.get(id), nodes[id].size * 2, nodes[id].size * 2));
  const taken = [...placedLabels(scale).map((label) => label.box), ...discs];
  const found = [];
  for (const line of lines) {
    const text = line.phrases.length > 1 ? `${line.phrases[0]} +${line.phrases.length - 1}` : line.phrases[0];
    const { x, y } = pointOn(line);
    const place = box(x, y, widthOf(text) / scale, LINE_HEIGHT / scale);
    if (taken.some((other) => overlap(place, other))) continue;
    taken.push(place);
    found.push({ lines: [text], x, y, stance: line.stance });
  }
  return found;
}

/** The middle of a drawn line; seen from a chosen name a little further out, where lines stand apart. */
function pointOn(line) {
  const [x1, y1] = places.get(line.from);
  const [x2, y2] = places.get(line.to);
  const { x: vx, y: vy } = bendOf(line) || { x: (x1 + x2) / 2, y: (y1 + y2) / 2 };
  const part = nodes[line.from].key === state.node ? 0.62 : nodes[line.to].key === state.node ? 0.38 : 0.5;
  const mix = (one, via, two) => (1 - part) ** 2 * one + 2 * part * (1 - part) * via + part ** 2 * two;
  return { x: mix(x1, vx, x2), y: mix(y1, vy, y2) };
}

/** The point that a bent line is drawn towards, from vis-network itself; undefined for a straight one. */
const bendOf = (line) => network.body.edges[line.key]?.edgeType?.getViaNode?.();
