// How words are compared, and which names come first: for every page, and for a static site.

const LEAST_LETTERS = 2;
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

/** The words that were found in hits, as they stand in the index. */
function termsOf(hits) {
  const matches = new Set(hits.map(({ match }) => match));
  const terms = new Set();
  for (const match of matches) for (const term of Object.keys(match)) terms.add(term);
  return terms;
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
