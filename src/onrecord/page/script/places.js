// Where the shown nodes stand: on one of the maps that were drawn beforehand, or in rings around one of them.

const OPENING = 0;
const WHOLE = 1;
const TOPICAL = 2;
const MOST_IN_RINGS = isHuge ? Infinity : 90; // a huge network has no one map to fall back on

function placesOf(view) {
  if (view.places) return view.places;
  if (state.show === "story") return new Map([...view.nodes].map((id) => [id, storyPlaces.get(id)]));
  if (state.show === "around" && view.nodes.size <= MOST_IN_RINGS) return rings(byKey.get(state.around).id, view);
  if (isFinding() && isStrange(view)) return arranged(view);
  const map = state.topics ? TOPICAL : state.show === "open" || isSmall || isFinding() ? OPENING : WHOLE;
  const isSeated = (id) => map === OPENING && view.seated.has(id);
  const places = new Map([...view.nodes].filter((id) => !isSeated(id)).map((id) => [id, onMap(nodes[id], map)]));
  if (map === OPENING) seatGuests(view, places);
  return places;
}

const MOST_STRANGERS = 8; // so many at most are seated on the opening map; with more of them it is drawn anew

/** Whether too much of what was found has no place on the opening map. */
function isStrange(view) {
  if (state.topics) return false;
  const strangers = [...view.nodes].filter((id) => !nodes[id].at[OPENING]);
  if (strangers.length > MOST_STRANGERS || isHuge) return true;
  view.seated = new Set([...view.guests, ...strangers]);
  return false;
}

const onMap = (node, map) => node.at[map] || node.at[WHOLE] || node.at[TOPICAL] || node.at[OPENING] || [0, 0];

/** Rings by distance; within a ring in the direction of those they are linked to further in. */
function rings(centre, view) {
  const places = new Map([[centre, [0, 0]]]);
  let inner = [centre];
  let radius = 0;
  while (inner.length) {
    const ring = ringAfter(inner, places, view);
    radius += Math.max(170, (ring.length * 62 - 2 * Math.PI * radius) / (2 * Math.PI));
    ring.forEach((id, order) => places.set(id, onRing(order, ring.length, radius)));
    inner = ring;
  }
  for (const id of view.nodes) if (!places.has(id)) places.set(id, [0, radius + 200]);
  return places;
}

function ringAfter(inner, places, view) {
  const angles = new Map();
  for (const line of view.lines) {
    for (const [one, two] of [[line.from, line.to], [line.to, line.from]]) {
      if (inner.includes(one) && !places.has(two)) angles.set(two, [...(angles.get(two) || []), places.get(one)]);
    }
  }
  const home = (id) => onMap(nodes[id], WHOLE);
  const angle = (id) => {
    const [x, y] = inner.length > 1 ? middle(angles.get(id)) : home(id);
    return Math.atan2(y, x);
  };
  return [...angles.keys()].sort((one, two) => angle(one) - angle(two) || one - two);
}

const middle = (points) => [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);

/** A wide ring, every second one a little further out, so that labels have room. */
function onRing(order, size, radius) {
  const turn = (2 * Math.PI * (order + 0.25)) / size;
  const out = radius + (size > 8 && order % 2 ? 46 : 0);
  return [Math.round(out * 1.3 * Math.cos(turn)), Math.round(out * Math.sin(turn))];
}
