// The map: vis-network draws nodes and lines where they were placed; the names are drawn over them.

const MANY_LINES = 1000;
const FADED = 0.13;
const drawn = { nodes: new vis.DataSet(), lines: new vis.DataSet() };
let network = null;
let view = null;
let places = new Map();
let labels = { scale: 0, list: [] };
let framed = "";
let sized = "";
let seenAtFirst = null;

function startMap() {
  fillMap();
  options.interaction = { ...options.interaction, ...moving() };
  network = new vis.Network(at("map"), { nodes: drawn.nodes, edges: drawn.lines }, options);
  network.on("click", clicked);
  network.on("doubleClick", ({ nodes: [id] }) => isNode(id) && showAround(nodes[id].key, 1));
  network.on("afterDrawing", (context) => {
    drawHeads(context);
    drawRings(context);
    drawWalk(context);
    drawLabels(context);
  });
  new ResizeObserver(() => sizeOfMap() !== sized && frameAll()).observe(at("map"));
  const canvas = at("map").querySelector("canvas");
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", "Map. Arrow keys walk from name to name, Enter opens, Escape closes.");
  canvas.tabIndex = 0;
  canvas.addEventListener("mousemove", ({ offsetX: x, offsetY: y }) => {
    canvas.style.cursor = network.getNodeAt({ x, y }) === undefined ? "" : "pointer";
  });
  canvas.parentElement.tabIndex = -1; // one stop for the Tab key, and that one has a name
  at("zoom").append(
    button("+", () => zoom(1.3), { "aria-label": "Larger", title: "Larger" }),
    button("−", () => zoom(1 / 1.3), { "aria-label": "Smaller", title: "Smaller" }),
    button("⤢", frameAll, { "aria-label": "Fit", title: "Fit" }),
  );
  frameAll();
  framed = frameName();
}

/** Very many lines are left out while the map is moved. */
const moving = () => ({ hideEdgesOnDrag: isManyLines(), hideEdgesOnZoom: isManyLines() });
const frameName = () => `${state.show} ${state.around} ${state.steps} ${state.group} ${state.topics}`;

const sizeOfMap = () => `${at("map").clientWidth} ${at("map").clientHeight}`;
const isNode = (id) => typeof id === "number";
const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor });

function clicked({ nodes: [node], edges: [line], pointer: { canvas } }) {
  const named = labels.list.find(({ box: { left, right, top, bottom } }) =>
    canvas.x > left && canvas.x < right && canvas.y > top && canvas.y < bottom);
  const id = node === undefined ? named?.id : node;
  if (id !== undefined) chooseDrawn(id);
  else if (line !== undefined) choose({ line });
  else choose({});
}

function chooseDrawn(id) {
  if (isNode(id)) choose({ node: nodes[id].key });
  else openGroup(id);
}

/** Chooses a node or a line, or nothing. */
const choose = ({ node = "", line = "" }) => change({ node, line });
const showAround = (key, steps) => change({ show: "around", around: key, steps, node: key, line: "" });

/** Brings a node into view, around itself if the map does not show it. */
function reveal(key) {
  if (view.nodes.has(byKey.get(key).id)) choose({ node: key });
  else showAround(key, 1);
}

/** The chosen line; an address may come from a page that tells relations apart, or from one that does not. */
const chosenLine = () => state.line && view.lines.find(({ key }) =>
  key === state.line || key.startsWith(`${state.line}~`) || state.line.startsWith(`${key}~`));

/** What is chosen, and what belongs to it: the rest fades. Null where nothing is chosen. */
function focus() {
  const line = chosenLine();
  if (line) return { nodes: new Set([line.from, line.to]), lines: new Set([line.key]) };
  if (storyFocus()) return storyFocus();
  const chosen = byKey.get(state.node);
  if (!chosen || !view.nodes.has(chosen.id)) return null;
  const own = view.lines.filter((each) => each.from === chosen.id || each.to === chosen.id);
  const ends = new Set([chosen.id, ...own.flatMap((each) => [each.from, each.to])]);
  return { nodes: ends, lines: new Set(own.map((each) => each.key)) };
}

function drawMap() {
  fillMap();
  network.setOptions({ interaction: moving() });
  if (frameName() !== framed) frameAll();
  framed = frameName();
  network.redraw();
}

/** Hands vis-network what is to be drawn, and forgets where the names stood. */
function fillMap() {
  places = view.groups ? groupPlaces() : placesOf(view);
  const chosen = focus();
  replace(drawn.nodes, view.groups ? groupNodes() : [...view.nodes].map((id) => nodeLook(nodes[id], chosen)));
  replace(drawn.lines, view.groups ? groupLines() : lineLooks(chosen));
  labels = { scale: 0, list: [] };
}

function replace(set, wanted) {
  const ids = new Set(wanted.map((each) => each.id));
  set.remove(set.getIds().filter((id) => !ids.has(id)));
  set.update(wanted);
}

function nodeLook(node, chosen) {
  const [x, y] = places.get(node.id);
  const isChosen = node.key === state.node;
  return {
    id: node.id, x, y, shape: shapeOf(node), size: node.size,
    borderWidth: isChosen ? 2.6 : 1,
    color: { background: fillOf(node), border: isChosen ? colour("critical") : ink() },
    opacity: !chosen || chosen.nodes.has(node.id) ? 1 : FADED,
  };
}

/** Lines of one pair are bent apart, in the order of their dates; a single one is straight. */
function lineLooks(chosen) {
  const pairs = new Map();
  for (const line of view.lines) {
    const pair = `${Math.min(line.from, line.to)} ${Math.max(line.from, line.to)}`;
    pairs.set(pair, [...(pairs.get(pair) || []), line]);
  }
  return [...pairs.values()].flatMap((pair) => {
    if (pair.length > 1) pair.sort((one, two) => (firstDate(one) < firstDate(two) ? -1 : 1));
    return pair.map((line, order) => lineLook(line, order - (pair.length - 1) / 2, chosen));
  });
}

const isManyLines = () => view.lines.length > MANY_LINES;
const bentBy = (bend) =>
  ({ enabled: bend !== 0, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) });
const firstDate = (line) => line.statements.map((each) => each.date || "9999").sort()[0];

function lineLook(line, offset, chosen) {
  const stance = stances.get(line.stance) || stances.get("");
  const bend = offset * 0.24 * (line.from < line.to ? 1 : -1);
  return {
    id: line.key, from: line.from, to: line.to,
    width: widthOfLine(line) + (state.line && chosen?.lines.has(line.key) ? 1.5 : 0),
    dashes: stance.dash.length ? stance.dash : false,
    color: { color: colour(line.stance), opacity: opacityOf(line, chosen) },
    ...(isManyLines() ? {} : { smooth: bentBy(bend) }),
  };
}

/** Lines fade where others are chosen, and a little where there are very many. */
function opacityOf(line, chosen) {
  if (chosen) return chosen.lines.has(line.key) ? 1 : FADED;
  return Math.max(0.3, 0.8 - view.lines.length / 3000);
}

const widthOfLine = (line) => (line.stance ? 1 + Math.log2(line.statements.length) : 0.8);

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

/** Frames all that is shown, with room for the names at the rim. */
function frameAll() {
  if (sizeOfMap() !== sized) network.setSize("100%", "100%");
  sized = sizeOfMap();
  if (!places.size || !at("map").clientWidth) return;
  const points = [...places.values()];
  const { clientWidth: width, clientHeight: height } = at("map");
  const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis]));
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const margin = Math.min(64, width / 8);
  const scale = Math.min((width - 2 * margin) / (right - left || 1), (height - 84) / (bottom - top || 1), 1.5);
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(scale, 0.02) });
  const seen = { x: width / scale / 2 - 4, y: height / scale / 2 - 4 };
  seenAtFirst = { scale: network.getScale(), ...box((left + right) / 2, (top + bottom) / 2, 2 * seen.x, 2 * seen.y) };
  labels = { scale: 0, list: [] };
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
  const seen = seenAtFirst?.scale === scale ? seenAtFirst : null;
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
