// A map of what was found, drawn here: whoever is linked stands near, and no name over another.

const ROUNDS = 90;
const ROOM_ACROSS = 150;
const ROOM_DOWN = 74;
const SPREAD = 1.15;

/** Fruchterman and Reingold's method from the places on the whole map, then overlaps pushed apart. */
function arranged(view) {
  const ids = [...view.nodes].sort((one, two) => one - two);
  const points = startOf(ids);
  const order = new Map(ids.map((id, at) => [id, at]));
  const ties = view.lines.map(({ from, to }) => [order.get(from), order.get(to)]);
  for (let round = 0; round < ROUNDS; round += 1) pull(points, ties, 0.12 * (1 - round / ROUNDS));
  const scale = Math.sqrt(ids.length) * SPREAD;
  const [across, down] = [0, 1].map((axis) => evened(points.map((point) => point[axis])));
  const spots = ids.map((_, at) => [across[at] * scale * ROOM_ACROSS, down[at] * scale * ROOM_DOWN]);
  for (let round = 0; round < ROUNDS && pushApart(spots); round += 1);
  return new Map(ids.map((id, at) => [id, spots[at].map(Math.round)]));
}

/** A coordinate stretched to 0..1, half by place and half by rank, so that crowds spread out. */
function evened(axis) {
  const [least, most] = [Math.min(...axis), Math.max(...axis)];
  const order = axis.map((_, at) => at).sort((one, two) => axis[one] - axis[two] || one - two);
  const ranks = new Map(order.map((at, rank) => [at, rank / Math.max(1, axis.length - 1)]));
  return axis.map((value, at) => 0.5 * ((value - least) / (most - least || 1)) + 0.5 * ranks.get(at));
}

/** Places on the whole map brought into a square of one; those without one on a spiral. */
function startOf(ids) {
  const known = ids.map((id) => onMap(nodes[id], WHOLE));
  const reach = Math.max(1, ...known.flat().map(Math.abs));
  return known.map(([x, y], at) => [x / reach + 0.02 * Math.cos(at * 2.4), y / reach + 0.02 * Math.sin(at * 2.4)]);
}

/** One round of forces: all repel each other, lines draw their ends together, the middle draws all. */
function pull(points, ties, heat) {
  const near = 1 / Math.sqrt(points.length);
  const forces = points.map(([x, y]) => [-x * 0.6 * near, -y * 0.6 * near]);
  const add = (one, two, strength) => {
    const [dx, dy] = [points[one][0] - points[two][0], points[one][1] - points[two][1]];
    const far = Math.hypot(dx, dy) || 1e-3;
    const force = strength(far) / far;
    forces[one][0] += dx * force;
    forces[one][1] += dy * force;
    forces[two][0] -= dx * force;
    forces[two][1] -= dy * force;
  };
  for (let one = 0; one < points.length; one += 1) {
    for (let two = one + 1; two < points.length; two += 1) add(one, two, (far) => (near * near) / far);
  }
  for (const [one, two] of ties) if (one !== two) add(one, two, (far) => (-far * far) / near);
  forces.forEach(([x, y], at) => {
    const step = Math.min(1, heat / (Math.hypot(x, y) || 1));
    points[at][0] += x * step;
    points[at][1] += y * step;
  });
}

/** Moves each two that are too near apart along the shorter way; whether any were. */
function pushApart(spots) {
  let isMoved = false;
  for (let one = 0; one < spots.length; one += 1) {
    for (let two = one + 1; two < spots.length; two += 1) {
      const [dx, dy] = [spots[two][0] - spots[one][0], spots[two][1] - spots[one][1]];
      const [overX, overY] = [ROOM_ACROSS - Math.abs(dx), ROOM_DOWN - Math.abs(dy)];
      if (overX <= 0.5 || overY <= 0.5) continue;
      const axis = overX / ROOM_ACROSS < overY / ROOM_DOWN ? 0 : 1;
      const step = ((axis ? overY : overX) / 2) * ((axis ? dy : dx) < 0 ? -1 : 1);
      spots[one][axis] -= step;
      spots[two][axis] += step;
      isMoved = true;
    }
  }
  return isMoved;
}
