// The map: vis-network draws nodes and lines where they were placed; the names are drawn over them.

const MANY_LINES = 1000;
const FADED = 0.13;
const DOTS = [1, 5]; // how what a program proposes is drawn
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
const moving = () => ({
  hideEdgesOnDrag: isManyLines(), hideEdgesOnZoom: isManyLines(),
  zoomView: !isEmbedded, // in a frame the wheel scrolls the page around it
});
const frameName = () => {
  if (view.places) return `${state.linked} ${state.beside}`;
  const drawnNodes = isFinding() ? [...view.nodes] : [...view.guests];
  return `${state.show} ${state.around} ${state.steps} ${state.group} ${state.topics} ${drawnNodes}`;
};

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
const choose = ({ node = "", line = "", statement = "" }) =>
  change({ node, line, statement, linked: "", beside: "" });
const showAround = (key, steps) => change({
  show: "around", around: key, steps, node: key, line: "", statement: "", linked: "", beside: "",
});

/** Brings a node into view: as a guest of the opening map, else around itself if the map does not show it. */
function reveal(key) {
  if (view.nodes.has(byKey.get(key).id) || state.show === "open") choose({ node: key });
  else showAround(key, 1);
}

/** The chosen line; an address may come from a page that tells relations apart, or from one that does not. */
const chosenLine = () => state.line && view.lines.find(({ key }) =>
  key === state.line || key.startsWith(`${state.line}~`) || state.line.startsWith(`${key}~`));

/** What is chosen, and what belongs to it: the rest fades. Null where nothing is chosen. */
function focus() {
  const line = chosenLine() || statementLine();
  if (line) return { nodes: new Set([line.from, line.to]), lines: new Set([line.key]) };
  const told = storyFocus();
  if (told) return told;
  const chosen = byKey.get(state.node);
  if (!chosen || view.places || !view.nodes.has(chosen.id)) return null;
  const own = view.lines.filter((each) => each.from === chosen.id || each.to === chosen.id);
  const ends = new Set([chosen.id, ...own.flatMap((each) => [each.from, each.to])]);
  return { nodes: ends, lines: new Set(own.map((each) => each.key)) };
}

function drawMap() {
  fillMap();
  settle();
  if (frameName() !== framed) frameAll();
  framed = frameName();
  network.redraw();
}

/** Tells vis-network how the map moves; only where that is another way than before, since it makes all anew. */
function settle() {
  const isOtherwise = isManyLines() !== options.interaction.hideEdgesOnDrag;
  Object.assign(options.interaction, moving());
  if (isOtherwise) network.setOptions({ interaction: moving() });
}

/** Hands vis-network what is to be drawn, and forgets where the names stood. */
function fillMap() {
  places = view.groups ? groupPlaces() : placesOf(view);
  const chosen = focus();
  const newcomers = [...view.guests].filter((id) => !drawn.nodes.get(id));
  replace(drawn.nodes, view.groups ? groupNodes() : [...view.nodes].map((id) => nodeLook(nodes[id], chosen)));
  replace(drawn.lines, view.groups ? groupLines() : lineLooks(chosen));
  labels = { scale: 0, list: [] };
  fadeIn(newcomers);
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
    dashes: line.isProposed ? DOTS : stance.dash.length ? stance.dash : false,
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
