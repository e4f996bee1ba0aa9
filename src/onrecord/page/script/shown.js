// From the view to what is shown: statements pass the filters, pieces make lines, lines bring their ends.

/** Dates are as precise as known; two are compared as far as both are. */
function within(date, from, to) {
  if (!from && !to) return true;
  if (!date) return false;
  const short = (one, two) => one.slice(0, Math.min(one.length, two.length));
  return (!from || short(date, from) >= short(from, date)) && (!to || short(date, to) <= short(to, date));
}

const onTopic = (statement, topic) =>
  statement.topics.some((key) => key === topic || topics.get(key)?.family === topic);

/** Whether a statement passes the filters, with the relation of the line that it stands for. */
function passes(statement, relation = statement.relation) {
  return (
    !state.hide_stance.includes(statement.stance) &&
    !state.hide_relation.includes(relation) &&
    (!state.topic || onTopic(statement, state.topic)) &&
    (!state.stage || statement.stage === state.stage) &&
    within(statement.date, state.from, state.to)
  );
}

const kindShown = (id) => !state.hide_type.includes(nodes[id].kind);
function allPieces() {
  if (state.show === "story") return entityPieces.filter((each) => storyStatements.has(each.statement.id));
  return state.topics ? [...entityPieces, ...topicPieces] : entityPieces;
}

/** The nodes that the view is about, guests among them, before any filter; null stands for all. */
function scope(invited) {
  if (state.show === "open") {
    const opening = new Set([...data.open, ...invited]);
    if (state.topics) for (const node of nodes) if (isTopic(node)) opening.add(node.id);
    return opening;
  }
  if (state.show === "group") return new Set(data.groups[state.group].members);
  return null;
}

/** What lies within so many steps of a node, over these pieces. */
function around(centre, steps, pieces) {
  const near = new Set([centre]);
  for (let step = 0; step < steps; step += 1) {
    const touching = pieces.filter((each) => near.has(each.from) || near.has(each.to));
    for (const each of touching) near.add(each.from).add(each.to);
  }
  return near;
}

/** One line a subject, object and stance; in a small network one a relation too. */
function linesOf(pieces) {
  const lines = new Map();
  for (const each of pieces) {
    const words = isSmall ? [each.statement.stance || "none", each.relation] : [each.statement.stance || "none"];
    const key = [nodes[each.from].name, nodes[each.to].name, ...words.map(encodeURIComponent)].join("~");
    if (!lines.has(key)) {
      lines.set(key, { key, from: each.from, to: each.to, stance: each.statement.stance, pieces: [] });
    }
    lines.get(key).pieces.push(each);
  }
  return [...lines.values()].map(summed);
}

function summed(line) {
  line.statements = unique(line.pieces.map((each) => each.statement));
  line.phrases = unique(line.pieces.map((each) => each.phrase));
  line.sources = new Set(line.statements.map((statement) => statement.document)).size;
  line.symmetric = line.pieces.every((each) => data.relations[each.relation]?.symmetric);
  return line;
}

const totals = new Map();
function totalLines() {
  const kind = `${state.show === "story"} ${state.topics}`;
  if (!totals.has(kind)) totals.set(kind, linesOf(allPieces()).length);
  return totals.get(kind);
}

function shown() {
  if (state.show === "groups") {
    return { groups: true, nodes: new Set(), guests: new Set(), lines: [], also: [], pieces: [] };
  }
  const pieces = allPieces().filter(
    (each) => passes(each.statement, each.relation) && kindShown(each.from) && kindShown(each.to),
  );
  const centre = state.show === "around" ? byKey.get(state.around).id : null;
  const invited = guests(pieces);
  const among = centre === null ? scope(invited) : around(centre, state.steps, pieces);
  const inside = among ? pieces.filter((each) => among.has(each.from) && among.has(each.to)) : pieces;
  const candidates = linesOf(inside);
  const lines = candidates.filter((line) => line.statements.length >= state.least && line.sources >= state.sources);
  const visible = new Set(lines.flatMap((line) => [line.from, line.to]));
  for (const id of alone(centre ?? [...invited][0] ?? null)) if (kindShown(id)) visible.add(id);
  const brought = new Set([...invited].filter((id) => visible.has(id)));
  return { nodes: visible, guests: brought, lines, pieces: inside, also: alsoOnRecord(candidates, visible) };
}

/** Nodes that are shown without a line: the centre or a guest, and in a small network whoever has none at all. */
function alone(centre) {
  if (centre !== null) return [centre];
  if (state.show === "story") return [...storyPlaces.keys()];
  return isSmall ? entities.filter((node) => !linked.has(node.id)).map((node) => node.id) : [];
}

/** Statements without a line that speak of what is shown. */
function alsoOnRecord(candidates, visible) {
  const borne = new Set(candidates.flatMap((line) => line.statements));
  const speaksOfShown = (statement) => {
    if (state.show === "story") return storyStatements.has(statement.id);
    if (state.show === "all") return statement.actors.some(kindShown);
    return [...statement.actors, statement.object].some((id) => visible.has(id));
  };
  return statements.filter((each) => !borne.has(each) && passes(each) && speaksOfShown(each));
}
