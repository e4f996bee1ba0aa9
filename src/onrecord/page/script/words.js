// The words of the page as an index: names, topics, relations, gists and passages, stemmed, by prefix, with one typo.

const LEAST_LETTERS = 2;
const STEP = 300; // so many entries are taken into the index at once, so that the page never stands still
const FORGIVEN_FROM = 5; // from so many letters on, a word may have one letter wrong
const PREFIX_FROM = 3; // from so many letters on, the last word may go on; two begin half of all words
const MOST_KEPT = 40; // answers that are kept, for keys taken back and words typed again
// Words that stand everywhere and tell nothing: they would make the index large and every search slow.
const EMPTY_WORDS = new Set(("a an and are as at be been but by for from had has have he her his i in is it its of " +
  "on or our she that the their they this to was we were which who will with you").split(" "));
const stems = new Map();
const kept = new Map();
let index = null;
let isIndexed = false;

/** A word as it is compared: folded and stemmed, once a word. */
function stemOf(word) {
  const folded = fold(word);
  if (!stems.has(folded)) stems.set(folded, textSearch.stemmer(folded));
  return stems.get(folded);
}

const termOf = (word) => (EMPTY_WORDS.has(word.toLowerCase()) ? null : stemOf(word));
const wordsOf = (text) => text.match(/[\p{L}\p{N}]+/gu) || [];

const namesOf = (ids) => ids.flatMap((id) => [nodes[id].label, ...nodes[id].aliases]).join(" ");

function statementEntry(statement) {
  const { topics: own, relations, via, tool, gist, quote, sentence, source, date } = statement;
  const labels = own.map((key) => topics.get(key)?.label ?? key);
  const phrases = relations.flatMap((key) => [data.relations[key]?.label ?? key, data.relations[key]?.inverse ?? ""]);
  return {
    id: statement.id,
    name: namesOf(endsOf(statement)),
    about: [...labels, ...phrases, via, tool, date.slice(0, 4)].filter(Boolean).join(" "),
    text: unique([gist, quote, sentence, source.publisher, source.title]).filter(Boolean).join(" "),
  };
}

function nodeEntry(node) {
  return { id: `n${node.id}`, name: namesOf([node.id]), about: node.type, text: node.description || "" };
}

function newIndex() {
  return new textSearch.MiniSearch({
    fields: ["name", "about", "text"],
    tokenize: wordsOf,
    processTerm: termOf,
    searchOptions: {
      combineWith: "AND",
      boost: { name: 3, about: 2 },
      weights: { fuzzy: 0.3, prefix: 0.5 },
      fuzzy: (term) => (term.length >= FORGIVEN_FROM ? 1 : false),
      prefix: (term, order, terms) => order === terms.length - 1 && term.length >= PREFIX_FROM,
      boostDocument: (id) => (typeof id === "string" ? 2 + Math.log2(1 + nodes[id.slice(1)].statements.length) : 1),
    },
  });
}

/** Takes everything into the index, a little at a time. */
async function buildIndex() {
  index = newIndex();
  const entries = [...nodes.map(nodeEntry), ...statements.map(statementEntry)];
  await index.addAllAsync(entries, { chunkSize: STEP });
  nodes.forEach(foldedNames);
  isIndexed = true;
}

const phrasesIn = (text) => [...text.matchAll(/"([^"]+)"/g)].map(([, phrase]) => fold(phrase));

/** Entries that hold every word, or where none does, any of them; the best first. */
function searchAll(text) {
  if (!isIndexed || text.trim().length < LEAST_LETTERS) return [];
  if (!kept.has(text)) kept.set(text, hitsOf(text));
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
  return kept.get(text);
}

function hitsOf(text) {
  const all = index.search(text);
  const hits = all.length ? all : index.search(text, { combineWith: "OR" });
  const phrases = phrasesIn(text);
  return phrases.length ? hits.filter((hit) => phrases.every((phrase) => textOf(hit.id).includes(phrase))) : hits;
}

function textOf(id) {
  const entry = typeof id === "string" ? nodeEntry(nodes[id.slice(1)]) : statementEntry(statements[id]);
  return fold(Object.values(entry).join(" "));
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
    terms: new Set(hits.flatMap((hit) => Object.keys(hit.match))),
  };
  return asked.scores;
}

/** A text with the words that were searched for marked. */
function marked(text) {
  if (!text || !state.find) return text;
  return markedBy(text, asked.terms);
}

function markedBy(text, terms) {
  return text.split(/([\p{L}\p{N}]+)/u).map((part, order) =>
    (order % 2 && terms.has(stemOf(part)) ? make("mark", {}, part) : part));
}
