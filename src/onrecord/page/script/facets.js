// Facets: what each box of the legend lets through, over the whole graph, and the count that stands beside it.

const BIT = { type: 1, stance: 2, relation: 4, topic: 8, stage: 16, time: 32, find: 64 };

/** Every key that a group of boxes has. */
const keysOf = {
  type: () => [...kinds.keys()],
  stance: () => [...stances.keys()],
  relation: () => Object.keys(data.relations),
};

/** A group lets through the keys that it names, or all but those that it hides. */
function isOn(group, key) {
  const only = state[group];
  return only.length ? only.includes(key) : !state[`hide_${group}`].includes(key);
}

/** The patch that leaves exactly these keys on, told in the shorter way. */
function leaving(group, keys) {
  const off = keysOf[group]().filter((key) => !keys.includes(key));
  const names = keys.length > 0 && keys.length < off.length;
  return { [group]: names ? keys : [], [`hide_${group}`]: names ? [] : off };
}

const onKeys = (group) => keysOf[group]().filter((key) => isOn(group, key));
const onlyKey = (group, key) => change(leaving(group, [key]));

function toggle(group, key) {
  const on = onKeys(group);
  change(leaving(group, on.includes(key) ? on.filter((other) => other !== key) : [...on, key]));
}

/** Dates are as precise as known; two are compared as far as both are. */
function within(date, from, to) {
  if (!from && !to) return true;
  if (!date) return false;
  const short = (one, two) => one.slice(0, Math.min(one.length, two.length));
  return (!from || short(date, from) >= short(from, date)) && (!to || short(date, to) <= short(to, date));
}

const onTopic = (statement, topic) =>
  statement.topics.some((key) => key === topic || topics.get(key)?.family === topic);

const kindShown = (id) => isOn("type", nodes[id].kind);

/** Which groups of filters a statement fails, whatever its relation and whoever its ends are, as bits. */
function failedBits(statement, scores) {
  let bits = scores && !scores.has(statement.id) ? BIT.find : 0;
  if (!isOn("stance", statement.stance)) bits |= BIT.stance;
  if (state.topic && !onTopic(statement, state.topic)) bits |= BIT.topic;
  if (state.stage && statement.stage !== state.stage) bits |= BIT.stage;
  if (!within(statement.date, state.from, state.to)) bits |= BIT.time;
  return bits;
}

/** A statement passes by its relation, or by that of a line that it bears. */
const relationShown = (statement) => statement.relations.some((key) => isOn("relation", key));

function endsShown(statement) {
  const { object } = statement;
  const isPlain = object === null || (isTopic(nodes[object]) && !state.topics);
  return (isPlain || kindShown(object)) && statement.actors.some(kindShown);
}

/** Works out anew which groups of filters each statement fails. */
function survey() {
  const scores = state.find ? scoresOf(state.find) : null;
  for (const statement of statements) {
    statement.base = failedBits(statement, scores);
    const byRelation = relationShown(statement) ? 0 : BIT.relation;
    statement.failed = statement.base | byRelation | (endsShown(statement) ? 0 : BIT.type);
  }
}

const passes = (statement) => !(statement.failed & ~BIT.type);
const passesBut = (statement, group) => !(statement.failed & ~BIT[group]);
const piecePasses = ({ statement, relation, from, to }) =>
  !statement.base && isOn("relation", relation) && kindShown(from) && kindShown(to);

/** How much each box stands for: what passes all other groups, so that counts follow the filters. */
function tallied(list) {
  const tally = { type: new Map(), stance: new Map(), relation: new Map(), topic: new Map(), stage: new Map() };
  const add = (group, key) => tally[group].set(key, (tally[group].get(key) || 0) + 1);
  const ends = new Set();
  for (const statement of list) {
    if (passesBut(statement, "stance")) add("stance", statement.stance);
    if (passesBut(statement, "relation")) for (const key of statement.relations) add("relation", key);
    if (passesBut(statement, "topic")) for (const key of topicsAndFamilies(statement)) add("topic", key);
    if (passesBut(statement, "stage") && statement.stage) add("stage", statement.stage);
    if (passesBut(statement, "type")) for (const id of endsOf(statement)) ends.add(id);
  }
  for (const id of ends) if (state.topics || !isTopic(nodes[id])) add("type", nodes[id].kind);
  return tally;
}

const endsOf = ({ actors, object }) => (object === null ? actors : [...actors, object]);
const topicsAndFamilies = ({ topics: own }) =>
  unique(own.flatMap((key) => [key, topics.get(key)?.family].filter(Boolean)));

/** The statements that the view is about, before any filter. */
function inScope() {
  if (state.show === "story") return statements.filter(({ id }) => storyStatements.has(id));
  if (state.show === "around") return nodes[byKey.get(state.around).id].statements;
  if (state.show !== "group") return statements;
  const members = new Set(data.groups[state.group].members);
  return statements.filter(({ actors }) => actors.some((id) => members.has(id)));
}
