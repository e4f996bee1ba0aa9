// One search for the page and a static site: what is indexed, what counts how much, and what comes first.

const FORGIVEN_FROM = 5; // from so many letters on, a word may have one letter wrong
const PREFIX_FROM = 3; // from so many letters on, the last word may go on; two begin half of all words
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
