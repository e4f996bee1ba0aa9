// One search for everything: names and topics, then the statements that hold the words; "/" leads here.

const MOST_NAMES = 6;
const MOST_STATEMENTS = 8;
const PAUSE = 60; // milliseconds without a key, after which the statements are looked through
let offers = [];
let picked = 0;
let waiting = 0;

function startSearch() {
  const input = make("input", {
    id: "search", type: "search", placeholder: "Search names and words  ( / )", "aria-label": "Search",
    role: "combobox", "aria-expanded": "false", "aria-controls": "offers", "aria-autocomplete": "list",
    autocomplete: "off", spellcheck: "false", input: search, keydown: searchKey,
    blur: () => setTimeout(closeSearch, 150),
  });
  const list = make("ul", { id: "offers", role: "listbox", "aria-label": "Names and statements", hidden: true });
  return make("div", { class: "search" }, input, list);
}

/** What the list offers for a text: names, statements, and all statements that hold the words. */
function offersFor(text) {
  const hits = searchAll(text);
  const named = hits.filter(({ id }) => typeof id === "string").map(({ id }) => nodes[id.slice(1)]);
  const names = unique([...namesThatHold(text, nodes), ...named]).slice(0, MOST_NAMES);
  const own = hits.filter(({ id }) => typeof id === "number");
  const terms = termsOf(hits.slice(0, 200));
  const best = own.slice(0, MOST_STATEMENTS).map(({ id }) => ({ statement: statements[id], terms }));
  const all = own.length ? [{ all: text.trim(), number: own.length }] : [];
  return [...names.map((node) => ({ node })), ...all, ...best];
}

/** Names at every key; the statements once the typing pauses, so that no key waits for them. */
function search() {
  const names = namesThatHold(at("search").value, nodes).slice(0, MOST_NAMES);
  offers = names.map((node) => ({ node }));
  picked = 0;
  drawOffers();
  clearTimeout(waiting);
  waiting = setTimeout(searchStatements, PAUSE);
}

function searchStatements() {
  clearTimeout(waiting);
  waiting = 0;
  offers = offersFor(at("search").value);
  drawOffers();
}

function drawOffers() {
  const list = at("offers");
  const isOpen = at("search").value.trim() !== "";
  list.hidden = !isOpen;
  at("search").setAttribute("aria-expanded", String(isOpen));
  at("search").setAttribute("aria-activedescendant", offers.length ? `offer-${picked}` : "");
  list.replaceChildren(...offers.map(offerItem));
  if (!offers.length && isOpen) list.append(make("li", { class: "nothing" }, nothingWords()));
}

function nothingWords() {
  if (waiting) return "looking …";
  return isIndexed ? "nothing here has these words" : "no such name; the words are being read …";
}

function offerItem(offer, order) {
  const attributes = { id: `offer-${order}`, role: "option", "aria-selected": String(order === picked) };
  return make("li", { ...attributes, mousedown: () => take(offer) }, offerWords(offer));
}

function offerWords({ node, statement, terms, all, number: times }) {
  if (node) return nodeOffer(node);
  if (all) return [make("strong", {}, count(times, "statement", "statements")), ` with “${all}”: read all`];
  const { gist, sentence } = statement;
  return make("span", { class: "offer" },
    make("span", { dir: "auto" }, markedBy(sentence, terms)),
    make("span", { class: "meta", dir: "auto" }, markedBy(gist, terms)));
}

function nodeOffer(node) {
  const wanted = fold(at("search").value.trim());
  const alias = node.aliases.find((name) => fold(name).includes(wanted));
  const isNamed = fold(node.label).includes(wanted);
  return [
    kindSwatch(kinds.get(node.kind) || kinds.get("other")),
    make("span", { dir: "auto" }, isNamed || !alias ? node.label : `${node.label} (${alias})`),
    make("span", { class: "number" }, String(node.statements.length)),
  ];
}

function take({ node, statement, all }) {
  clearTimeout(waiting);
  waiting = 0;
  at("search").value = "";
  closeSearch();
  if (node) takeNode(node);
  else if (statement) choose({ statement: statement.name });
  else change({ find: all, node: "", line: "", statement: "" });
}

function takeNode(node) {
  const isOff = isTopic(node) && !state.topics;
  if (isOff) state.topics = true;
  if (isOff) showAround(node.key, 1);
  else reveal(node.key);
}

function closeSearch() {
  at("offers").hidden = true;
  at("search").setAttribute("aria-expanded", "false");
}

function searchKey(event) {
  if (waiting && ["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) searchStatements();
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps && offers.length) {
    picked = (picked + steps[event.key] + offers.length) % offers.length;
    drawOffers();
    event.preventDefault();
  } else if (event.key === "Enter" && offers[picked]) {
    take(offers[picked]);
  } else if (event.key === "Escape") {
    clearTimeout(waiting);
    waiting = 0;
    at("search").value = "";
    closeSearch();
    event.stopPropagation();
  }
}
