// The map by keyboard: arrows walk from name to name, Enter opens, Escape closes, "/" searches.

let walk = { from: "", next: -1 };

function startKeys() {
  document.addEventListener("keydown", pageKey);
  at("map").querySelector("canvas").addEventListener("keydown", mapKey);
}

function pageKey(event) {
  const isTyping = event.target.matches("input, select, textarea");
  if (event.key === "/" && !isTyping) {
    at("search").focus();
    event.preventDefault();
  } else if (event.key === "Escape") {
    choose({});
  }
}

function mapKey(event) {
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  if (event.key in steps) {
    step(steps[event.key]);
    event.preventDefault();
  } else if (event.key === "Enter" && walk.next >= 0) {
    choose({ node: nodes[neighbours()[walk.next]].key });
    event.preventDefault();
  } else if (event.key === "+" || event.key === "-") {
    zoom(event.key === "+" ? 1.3 : 1 / 1.3);
  }
}

/** The neighbours of the chosen name, best evidenced first; without one, all names. */
function neighbours() {
  const chosen = byKey.get(state.node);
  const ids = chosen && view.nodes.has(chosen.id)
    ? view.lines.flatMap(({ from, to }) => (from === chosen.id ? [to] : to === chosen.id ? [from] : []))
    : [...view.nodes];
  return unique(ids)
    .filter((id) => id !== chosen?.id)
    .sort((one, two) => nodes[two].statements.length - nodes[one].statements.length || one - two);
}

/** Goes to the next neighbour, marks it and says it. */
function step(by) {
  const list = neighbours();
  if (!list.length) return;
  if (walk.from !== state.node) walk = { from: state.node, next: -1 };
  walk.next = (walk.next + by + list.length + (walk.next < 0 && by < 0 ? 1 : 0)) % list.length;
  const node = nodes[list[walk.next]];
  const [x, y] = places.get(node.id);
  announce(`${node.label}, ${node.type}, ${walk.next + 1} of ${list.length}${linkWords(node)}`);
  bringIntoView(x, y);
  network.redraw();
}

/** A ring around the name that the arrow keys have come to. */
function drawWalk(context) {
  const id = walk.from === state.node ? neighbours()[walk.next] : undefined;
  if (id === undefined || document.activeElement !== at("map").querySelector("canvas")) return;
  const [x, y] = places.get(id);
  context.lineWidth = 3 / network.getScale();
  context.strokeStyle = ink();
  context.setLineDash([6 / network.getScale(), 3 / network.getScale()]);
  context.beginPath();
  context.arc(x, y, nodes[id].size + 8, 0, 2 * Math.PI);
  context.stroke();
  context.setLineDash([]);
}

function linkWords(node) {
  const chosen = byKey.get(state.node);
  const joins = ({ from, to }) => [from, to].includes(chosen.id) && [from, to].includes(node.id);
  const line = chosen && view.lines.find(joins);
  return line ? `: ${titleOf(line)}` : "";
}

/** Moves the map if a point lies outside of what is seen. */
function bringIntoView(x, y) {
  const { x: left, y: top } = network.canvasToDOM({ x, y });
  const { clientWidth, clientHeight } = at("map");
  const isSeen = left > 30 && top > 30 && left < clientWidth - 30 && top < clientHeight - 30;
  if (!isSeen) network.moveTo({ position: { x, y } });
}
