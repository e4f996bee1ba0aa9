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
  network.selectNodes([node.id], false);
  const [x, y] = places.get(node.id);
  at("map").dataset.walk = node.key;
  announce(`${node.label}, ${node.type}, ${walk.next + 1} of ${list.length}${linkWords(node)}`);
  bringIntoView(x, y);
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
