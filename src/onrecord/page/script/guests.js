// Who was asked for and is not among those that the map opens on: brought in with its neighbours.

const ROOM = 76; // between a guest and whoever stands on the map already, in the map's units
const FADE_MS = 450;
const MOST_GUESTS = 24;
const wantsStill = matchMedia("(prefers-reduced-motion: reduce)");
const seated = new Map();
let fading = 0;

/** The chosen node and its best evidenced neighbours, as far as the map lacks them; the chosen one first. */
function guests(pieces, base) {
  const host = (state.show === "open" || isFinding()) && byKey.get(state.node);
  if (!host || isTopic(host)) return new Set();
  const newcomers = neighboursOf(host.id, pieces).filter((id) => !base.has(id)).slice(0, MOST_GUESTS);
  return new Set(base.has(host.id) ? newcomers : [host.id, ...newcomers]);
}

/** Who is linked to a node, those with most pieces between them first. */
function neighboursOf(id, pieces) {
  const times = new Map();
  for (const { from, to } of pieces) {
    if (from === id || to === id) times.set(from === id ? to : from, (times.get(from === id ? to : from) || 0) + 1);
  }
  times.delete(id);
  return [...times.keys()].sort((one, two) => times.get(two) - times.get(one) || one - two);
}

/** Seats the guests: each as near to the middle of those that it is linked to as there is room. */
function seatGuests(view, places) {
  for (const id of view.seated) {
    const linkedTo = view.lines.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : []));
    const friends = linkedTo.filter((each) => places.has(each)).map((each) => places.get(each));
    const kept = seated.get(id);
    const isFree = kept && isRoom(kept, places);
    seated.set(id, isFree ? kept : seatBeside(friends.length ? middle(friends) : belowAll(places), places));
    places.set(id, seated.get(id));
  }
}

const isRoom = ([x, y], places) => [...places.values()].every(([ox, oy]) => Math.hypot(x - ox, y - oy) > ROOM);
const belowAll = (places) => [0, Math.max(0, ...[...places.values()].map(([, y]) => y)) + ROOM];

/** The first free spot on a spiral of sunflower seeds. */
function seatBeside([x, y], places) {
  for (let seed = 0; ; seed += 1) {
    const [out, turn] = [12 * Math.sqrt(seed), seed * 2.4];
    const spot = [Math.round(x + out * Math.cos(turn)), Math.round(y + out * Math.sin(turn))];
    if (isRoom(spot, places)) return spot;
  }
}

/** Lets nodes and their lines come out of the ground, unless the reader wants nothing to move. */
function fadeIn(ids) {
  cancelAnimationFrame(fading);
  if (!ids.length || wantsStill.matches) return;
  const own = drawn.nodes.get(ids);
  const lines = drawn.lines.get({ filter: ({ from, to }) => ids.includes(from) || ids.includes(to) });
  const start = performance.now();
  const step = (now) => {
    const part = Math.max(0, Math.min(1, (now - start) / FADE_MS));
    drawn.nodes.update(own.map(({ id, opacity }) => ({ id, opacity: opacity * part })));
    drawn.lines.update(lines.map(({ id, color }) => ({ id, color: { ...color, opacity: color.opacity * part } })));
    if (part < 1) fading = requestAnimationFrame(step);
  };
  step(start);
}

/** What the status line says of guests. */
function guestWords() {
  const host = byKey.get(state.node)?.id;
  if (!view.guests.size) return "";
  const others = view.guests.size - Number(view.guests.has(host));
  if (!view.guests.has(host)) return `; ${count(others, "more neighbour", "more neighbours")} of ${nodes[host].label}`;
  return `; brought in: ${nodes[host].label}${others ? ` with ${count(others, "neighbour", "neighbours")}` : ""}`;
}
