// One search for the page and a static site: how words are compared, what counts how much, and what comes first.

const LEAST_LETTERS = 2;
const FORGIVEN_FROM = 5; // from so many letters on, a word may have one letter wrong
const PREFIX_FROM = 3; // from so many letters on, the last word may go on; two begin half of all words
// Words that stand everywhere and tell nothing: they would make the index large and every search slow.
const EMPTY_WORDS = new Set(("a an and are as at be been but by for from had has have he her his i in is it its of " +
  "on or our she that the their they this to was we were which who will with you").split(" "));
const stems = new Map();

/** A name as it is compared: without case and accents. */
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** A word as it is compared: folded and stemmed, once a word. */
function stemOf(word) {
  const folded = fold(word);
  if (!stems.has(folded)) stems.set(folded, textSearch.stemmer(folded));
  return stems.get(folded);
}

const termOf = (word) => (EMPTY_WORDS.has(word.toLowerCase()) ? null : stemOf(word));
const wordsOf = (text) => text.match(/[\p{L}\p{N}]+/gu) || [];
const phrasesIn = (text) => [...text.matchAll(/"([^"]+)"/g)].map(([, phrase]) => fold(phrase));

/** What is indexed of a statement: its names, what it is about, and its texts; of its sentence what is no name. */
function statementWords(id, names, about, texts, sentence) {
  const named = new Set(names.flatMap(wordsOf));
  const rest = wordsOf(sentence).filter((word) => !named.has(word));
  const told = [...new Set(texts), ...rest].filter(Boolean);
  return { id, name: names.join(" "), about: about.filter(Boolean).join(" "), text: told.join(" ") };
}

const MANY = 2000; // a word that so many entries hold is not weighed entry by entry: where it stands is enough
const FIELDS = { name: 3, about: 2, text: 1 };
const PREFIX_WEIGHT = 0.5;

/** An index that can also tell which entries hold a word, without weighing each of them. */
class WordIndex extends textSearch.MiniSearch {
  /** The words that a typed one stands for, each with its entries by field. */
  wordsFor(term, mayGoOn) {
    if (mayGoOn) return [...this._index.atPrefix(term)];
    const fields = this._index.get(term);
    return fields ? [[term, fields]] : [];
  }

  /** The entries that hold one of some words, each with the weight of its best place; null where they are few. */
  holders(term, words) {
    const postings = words.flatMap(([word, fields]) => [...fields].map(([field, entries]) => [word, field, entries]));
    if (postings.reduce((sum, [, , entries]) => sum + entries.size, 0) < MANY) return null;
    const weights = new Map();
    const fieldNames = Object.keys(this._fieldIds);
    for (const [word, field, entries] of postings) {
      const weight = FIELDS[fieldNames[field]] * (word === term ? 1 : PREFIX_WEIGHT);
      for (const entry of entries.keys()) if (!(weights.get(entry) >= weight)) weights.set(entry, weight);
    }
    return weights;
  }

  /** Entries of these numbers as hits; names count the more the more evidence they have. */
  hitsOf(weights, match) {
    const { boostDocument } = this._options.searchOptions;
    const hits = [];
    for (const [entry, weight] of weights) {
      const id = this._documentIds.get(entry);
      hits.push({ id, score: weight * boostDocument(id), match });
    }
    return hits.sort((one, two) => two.score - one.score);
  }
}

/** What entries hold where some of the words stand in very many: null where none does, or no entry holds all. */
function hitsOfCommon(index, text) {
  const typed = wordsOf(text).map((word) => [word, termOf(word)]).filter(([, term]) => term);
  const common = [];
  const rare = [];
  for (const [order, [word, term]] of typed.entries()) {
    const mayGoOn = order === typed.length - 1 && term.length >= PREFIX_FROM;
    const words = index.wordsFor(term, mayGoOn);
    const weights = index.holders(term, words);
    if (weights) common.push({ weights, words });
    else rare.push({ word, isLast: order === typed.length - 1 });
  }
  if (!common.length) return null;
  const match = Object.fromEntries(common.flatMap(({ words }) => words.map(([word]) => [word, []])));
  const shared = common.map(({ weights }) => weights).sort((one, two) => one.size - two.size).reduce(sharedOf);
  return rare.length ? rareAmong(index, rare, index.hitsOf(shared, match), match) : index.hitsOf(shared, match);
}

/** The entries that both hold, with the sum of their weights. */
function sharedOf(one, two) {
  const both = new Map();
  for (const [entry, weight] of one) if (two.has(entry)) both.set(entry, weight + two.get(entry));
  return both;
}

/** Those of some hits that hold the rare words too, by how well they hold these. */
function rareAmong(index, rare, hits, match) {
  const ids = new Set(hits.map(({ id }) => id));
  const options = rare.at(-1).isLast ? {} : { prefix: false };
  const all = index.search(rare.map(({ word }) => word).join(" "), options);
  const own = all.filter(({ id }) => ids.has(id));
  return own.length ? own.map((hit) => ({ ...hit, match: { ...hit.match, ...match } })) : null;
}

/** The words that were found in hits, as they stand in the index. */
function termsOf(hits) {
  const matches = new Set(hits.map(({ match }) => match));
  const terms = new Set();
  for (const match of matches) for (const term of Object.keys(match)) terms.add(term);
  return terms;
}

/** An index without entries. Names have ids of letters, and count the more the more `evidence` they have. */
function newIndex(evidence) {
  return new WordIndex({
    fields: Object.keys(FIELDS),
    tokenize: wordsOf,
    processTerm: termOf,
    searchOptions: {
      combineWith: "AND",
      boost: FIELDS,
      weights: { fuzzy: 0.3, prefix: PREFIX_WEIGHT },
      prefix: (term, order, terms) => order === terms.length - 1 && term.length >= PREFIX_FROM,
      boostDocument: (id) => (typeof id === "string" ? 2 + Math.log2(1 + evidence(id)) : 1),
    },
  });
}

/** Entries that hold every word, the best first; where none does, a letter may be wrong; else those that hold any. */
function hitsIn(index, text, textOf) {
  const fuzzy = (term) => (term.length >= FORGIVEN_FROM ? 1 : false);
  let hits = hitsOfCommon(index, text) ?? [];
  for (const more of [{}, { fuzzy }, { fuzzy, combineWith: "OR" }]) {
    if (hits.length) break;
    hits = index.search(text, more);
  }
  const phrases = phrasesIn(text);
  return phrases.length ? hits.filter((hit) => phrases.every((phrase) => textOf(hit.id).includes(phrase))) : hits;
}

/** Nodes whose label or alias holds the text; those that are called so, then those that begin so, then by evidence. */
function namesThatHold(text, nodes) {
  const wanted = fold(text.trim());
  if (!wanted) return [];
  const ranks = [[], [], []];
  for (const node of nodes) ranks[rankOf(node, wanted)]?.push(node);
  const weight = (node) => node.statements.length;
  const best = (list) => list.sort((one, two) => weight(two) - weight(one) || one.id - two.id);
  return ranks.flatMap(best);
}

/** How a node is called what is wanted: 0 just so, 1 it begins so, 2 it holds it, 3 not. */
function rankOf(node, wanted) {
  const names = foldedNames(node);
  if (!names.some((name) => name.includes(wanted))) return 3;
  if (names.includes(wanted)) return 0;
  return names.some((name) => name.startsWith(wanted)) ? 1 : 2;
}

/** A node's names as they are compared; folded once. */
function foldedNames(node) {
  node.folded ??= [node.label, ...node.aliases].map(fold);
  return node.folded;
}

/** A text as pieces, each with whether it is one of the terms that were found. */
function piecesOf(text, terms) {
  const parts = text.split(/([\p{L}\p{N}]+)/u);
  return parts.map((part, order) => ({ part, isFound: order % 2 === 1 && terms.has(stemOf(part)) }));
}
