// From the view to what is shown: pieces pass the filters, pieces make lines, lines bring their ends.

const MOST_SHOWN = 60;

function allPieces() {
  if (state.show === "story") return entityPieces.filter((part) => storyStatements.has(part.statement.id));
  const pieces = state.proposed && proposedPieces.length ? [...entityPieces, ...proposedPieces] : entityPieces;
  return state.topics ? [...pieces, ...topicPieces] : pieces;
}

/** Whether the map draws what the filters find in the whole graph, most evidence first. */
const isFinding = () => ["open", "groups"].includes(state.show) && filtersOn() > 0;

/** The nodes that the view is about, before any filter; null stands for all. */
function scope() {
  if (state.show === "open") {
    const opening = new Set(data.open);
    if (state.topics) for (const node of nodes) if (isTopic(node)) opening.add(node.id);
    return opening;
  }
  if (state.show === "group") return new Set(data.groups[state.group].members);
  return null;
}

/** What lies within so many steps of a node, over these pieces; an address may ask for more steps than there are. */
function around(centre, steps, pieces) {
  const near = new Set([centre]);
  let known = 0;
  for (let step = 0; step < steps && near.size > known; step += 1) {
    known = near.size;
    const touching = pieces.filter((part) => near.has(part.from) || near.has(part.to));
    for (const part of touching) near.add(part.from).add(part.to);
  }
  return near;
}

/** Whether lines tell relations apart: in a small network, but for lines to topics that say no more than that. */
const isApart = ({ phrase }) => isSmall && phrase !== SPEAKS;

/** One line a subject, object and stance; in a small network one a relation too. */
function linesOf(pieces) {
  const lines = new Map();
  for (const part of pieces) {
    const { from, to, relation, statement: { stance } } = part;
    const short = `${from} ${to} ${stance} ${isApart(part) ? relation : ""} ${part.isProposed}`;
    const line = lines.get(short);
    if (line) line.pieces.push(part);
    else lines.set(short, { key: lineKey(part), from, to, stance, isProposed: part.isProposed, pieces: [part] });
  }
  return [...lines.values()].map(summed);
}

/** A line's name, as addresses have it. */
function lineKey(part) {
  const { from, to, relation, isProposed, statement: { stance } } = part;
  const words = [stance || "none", isApart(part) && relation, isProposed && "proposed"].filter(Boolean);
  return [nodes[from].name, nodes[to].name, ...words.map(encodeURIComponent)].join("~");
}

function summed(line) {
  line.statements = unique(line.pieces.map((part) => part.statement));
  line.phrases = unique(line.pieces.map((part) => part.phrase));
  line.sources = new Set(line.statements.map((statement) => statement.document)).size;
  line.symmetric = line.pieces.every((part) => data.relations[part.relation]?.symmetric);
  return line;
}

const totals = new Map();
function totalLines() {
  const kind = `${state.show === "story"} ${state.topics} ${state.proposed}`;
  if (!totals.has(kind)) totals.set(kind, linesOf(allPieces()).length);
  return totals.get(kind);
}

const isEnough = (line) => line.statements.length >= state.least && line.sources >= state.sources;
const endsOfLines = (lines) => new Set(lines.flatMap((line) => [line.from, line.to]));

function shown() {
  survey();
  if (pairOf()) return pairView(pairOf());
  if (state.show === "groups" && !isFinding()) {
    return { groups: true, nodes: new Set(), guests: new Set(), lines: [], also: [], total: 0 };
  }
  const pieces = allPieces().filter(piecePasses);
  return isFinding() ? foundView(pieces) : plainView(pieces);
}

function plainView(pieces) {
  const centre = state.show === "around" ? byKey.get(state.around).id : null;
  const base = centre === null ? scope() : around(centre, state.steps, pieces);
  const invited = guests(pieces, base);
  const among = base && new Set([...base, ...invited]);
  const inside = among ? pieces.filter((part) => among.has(part.from) && among.has(part.to)) : pieces;
  const candidates = linesOf(inside);
  return viewOf(candidates.filter(isEnough), candidates, alone(centre), invited);
}

/** What the filters find anywhere: the best evidenced of it, with whoever is chosen and the neighbours. */
function foundView(pieces) {
  const candidates = linesOf(pieces);
  const lines = candidates.filter(isEnough);
  const base = new Set(bestEvidenced(lines).slice(0, MOST_SHOWN));
  const invited = guests(pieces, base);
  const among = new Set([...base, ...invited]);
  const drawnLines = lines.filter((line) => among.has(line.from) && among.has(line.to));
  const found = unique(lines.flatMap((line) => line.statements));
  return { ...viewOf(drawnLines, candidates, [], invited), found, total: endsOfLines(lines).size };
}

function viewOf(lines, candidates, single, invited) {
  const visible = endsOfLines(lines);
  for (const id of [...single, ...[...invited].slice(0, 1)]) if (kindShown(id)) visible.add(id);
  const brought = new Set([...invited].filter((id) => visible.has(id)));
  const also = alsoOnRecord(candidates, visible);
  return { nodes: visible, guests: brought, seated: brought, lines, also, total: visible.size };
}

/** The ends of lines, those with most statements first; each stands beside one that it is linked to. */
function bestEvidenced(lines) {
  const weight = new Map();
  for (const { from, to, statements: own } of lines) {
    for (const id of [from, to]) weight.set(id, (weight.get(id) || 0) + own.length);
  }
  const heaviest = (line) => Math.max(weight.get(line.from), weight.get(line.to));
  const least = (line) => Math.min(weight.get(line.from), weight.get(line.to));
  const ordered = [...lines].sort((one, two) => least(two) - least(one) || heaviest(two) - heaviest(one));
  return unique(ordered.flatMap((line) => [line.from, line.to]));
}

/** Nodes that are shown without a line: the centre, and in a small network whoever has none at all. */
function alone(centre) {
  if (centre !== null) return [centre];
  if (state.show === "story") return [...storyPlaces.keys()];
  return isSmall ? entities.filter((node) => !linked.has(node.id)).map((node) => node.id) : [];
}

/** Statements without a line that speak of what is shown; of what filters find, all. */
function alsoOnRecord(candidates, visible) {
  const borne = new Set(candidates.flatMap((line) => line.statements));
  const speaksOfShown = (statement) => {
    if (state.show === "story") return storyStatements.has(statement.id);
    if (state.show === "all" || isFinding()) return statement.actors.some(kindShown);
    return endsOf(statement).some((id) => visible.has(id));
  };
  return statements.filter((one) => !borne.has(one) && passes(one) && speaksOfShown(one));
}
