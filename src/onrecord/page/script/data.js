// What the page holds: nodes, statements and documents by number, and the pieces of which lines are made.

const read = (id) => JSON.parse(at(id).textContent);
const data = read("data");
const options = JSON.parse(read("options"));
const nodes = read("nodes");
const edges = read("edges").map(([from, relation, to, evidence, phrase, proposed]) =>
  ({ from, relation, to, evidence, phrase, proposed }));
const kinds = new Map(data.look.kinds.map((kind) => [kind.key, kind]));
const stances = new Map(data.look.stances.map((stance) => [stance.key, stance]));
const topics = new Map(data.topics.map((topic) => [topic.key, topic]));
for (const node of nodes) node.key ??= node.label.replaceAll(" ", "-");
const byKey = new Map(nodes.map((node) => [node.key, node]));
const isTopic = (node) => node.key.startsWith("topic/");

const documents = data.documents.map(([publisher, title, url, published, notBefore]) => ({
  ...{ publisher, title, url, published, notBefore },
}));
const shared = (value) =>
  Array.isArray(value) ? value.map(shared) : value === null ? null : data.strings[value];

const statements = data.statements.map((row, id) => {
  const told = {};
  data.own.forEach((field, column) => (told[field] = row[column]));
  data.shared.forEach((field, column) => (told[field] = shared(row[data.own.length + column])));
  const source = documents[told.document];
  const date = told.said || source.published || source.notBefore || "";
  told.isVerbatim = told.gist === null; // nobody put the words in others
  told.gist ??= told.quote;
  return Object.assign(told, { id, name: told.id, source, date });
});

// What can be told from the rest was left out of the file: aliases, phrases, and sentences that a line says.
for (const node of nodes) node.aliases ??= [];
for (const edge of edges) {
  edge.phrase ??= data.relations[edge.relation].label;
  for (const number of edge.evidence) {
    const statement = statements[number];
    statement.sentence ??= `${nodes[edge.from].label} ${edge.phrase} ${nodes[edge.to].label}`;
    // A denial is told by the relation of its line: "not concerned about".
    if (statement.actors.includes(edge.from) && statement.object === edge.to) statement.relation = edge.relation;
  }
}

/** How a date came to be known, in a word. */
const dated = ({ said, source }) =>
  said ? "said" : source.published ? "published" : source.notBefore ? "event" : "undated";

for (const statement of statements) statement.relations = [statement.relation];
for (const edge of edges) {
  for (const number of edge.evidence) {
    const { relations } = statements[number];
    if (!relations.includes(edge.relation)) relations.push(edge.relation);
  }
}

for (const node of nodes) {
  node.statements = [];
  node.name = encodeURIComponent(node.key);
}
for (const statement of statements) {
  for (const end of unique([...statement.actors, statement.object])) nodes[end]?.statements.push(statement);
}

/** A piece is one statement's share in one line: who, in which words, to whom. */
const piece = (from, to, relation, phrase, statement, isProposed = false) =>
  ({ from, to, relation, phrase, statement, isProposed });

/** What a line to a topic says: one a stance, whatever the relation. */
const SPEAKS = "speaks on";

const entityPieces = [];
const proposedPieces = [];
const bearing = new Map();
for (const edge of edges) {
  for (const number of edge.evidence) {
    const made = piece(edge.from, edge.to, edge.relation, edge.phrase, statements[number], Boolean(edge.proposed));
    if (made.isProposed && !isTopic(nodes[edge.to])) proposedPieces.push(made);
    else if (isTopic(nodes[edge.to])) bearing.set(`${edge.from} ${edge.to} ${number}`, made);
    else entityPieces.push(made);
  }
}

/** Every actor and every topic of a statement; in the words of the edge where there is one. */
const topicPieces = statements.flatMap((statement) =>
  statement.actors.flatMap((actor) =>
    statement.topics.flatMap((key) => {
      const topic = byKey.get(`topic/${key}`);
      if (!topic) return [];
      const made = bearing.get(`${actor} ${topic.id} ${statement.id}`);
      return [made || piece(actor, topic.id, statement.relation, SPEAKS, statement)];
    }),
  ),
);

const storyStatements = new Set((data.story?.steps || []).flatMap((step) => step.statements));
const storyPlaces = new Map((data.story?.places || []).map(([id, x, y]) => [id, [x, y]]));
const entities = nodes.filter((node) => !isTopic(node));
const isSmall = nodes.length <= 150;
const isHuge = Boolean(data.groups);
const linked = new Set([...entityPieces, ...proposedPieces, ...topicPieces].flatMap((part) => [part.from, part.to]));
/** Everybody, and the topics that somebody speaks on: an ontology holds others too. */
const named = nodes.filter((node) => !isTopic(node) || linked.has(node.id));
