// The words of the page as an index: names, topics, relations, gists and passages, stemmed, by prefix, with one typo.

const STEP = 300; // so many entries are taken into the index at once, so that the page never stands still
const MOST_KEPT = 40; // answers that are kept, for keys taken back and words typed again
const kept = new Map();
let index = null;
let isIndexed = false;

const namesOf = (ids) => ids.flatMap((id) => [nodes[id].label, ...nodes[id].aliases]);

function statementEntry(statement) {
  const { topics: own, relations, via, tool, gist, quote, sentence, source, date } = statement;
  const labels = own.map((key) => topics.get(key)?.label ?? key);
  const phrases = relations.flatMap((key) => [data.relations[key]?.label ?? key, data.relations[key]?.inverse ?? ""]);
  const about = [...labels, ...phrases, via, tool, date.slice(0, 4)];
  const texts = [gist, quote, source.publisher, source.title];
  return statementWords(statement.id, namesOf(endsOf(statement)), about, texts, sentence);
}

function nodeEntry(node) {
  return { id: `n${node.id}`, name: namesOf([node.id]).join(" "), about: node.type, text: node.description || "" };
}

const evidence = (id) => nodes[id.slice(1)].statements.length;

/** Takes everything into the index, a little at a time. */
async function buildIndex() {
  index = newIndex(evidence);
  const entries = [...nodes.map(nodeEntry), ...statements.map(statementEntry)];
  await index.addAllAsync(entries, { chunkSize: STEP });
  nodes.forEach(foldedNames);
  isIndexed = true;
}

/** What a search finds, the best first. */
function searchAll(text) {
  if (!isIndexed || text.trim().length < LEAST_LETTERS) return [];
  if (!kept.has(text)) kept.set(text, hitsIn(index, text, textOf));
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
  return kept.get(text);
}

function textOf(id) {
  const entry = typeof id === "string" ? nodeEntry(nodes[id.slice(1)]) : statementEntry(statements[id]);
  const sentence = statements[id]?.sentence ?? "";
  return fold([sentence, ...Object.values(entry)].join(" "));
}

let asked = { text: "", scores: new Map(), terms: new Set() };

/** The statements that a search finds, each with its score; worked out once a search. */
function scoresOf(text) {
  if (asked.text === text && asked.isIndexed === isIndexed) return asked.scores;
  const hits = searchAll(text);
  const own = hits.filter(({ id }) => typeof id === "number");
  asked = {
    text, isIndexed,
    scores: new Map(own.map(({ id, score }) => [id, score])),
    terms: termsOf(hits),
  };
  return asked.scores;
}

/** A text with the words that were searched for marked. */
function marked(text) {
  if (!text || !state.find) return text;
  return markedBy(text, asked.terms);
}

function markedBy(text, terms) {
  return piecesOf(text, terms).map(({ part, isFound }) => (isFound ? make("mark", {}, part) : part));
}
