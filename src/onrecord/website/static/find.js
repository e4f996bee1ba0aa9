// The search of a static site: the network page's own, over the statements and names of the site.
const here = document.querySelector("script[data-records]");
const from = (name) => new URL(here.dataset[name], location.href).href;
const at = (id) => document.getElementById(id);
const { card, element, link, place, records } = await import(from("tools"));
const { fold, hitsIn, namesThatHold, newIndex, piecesOf, statementWords, termsOf } = await import(from("ranking"));
const [{ statements, names: words, inverses }, names] = await Promise.all([
  records(here.dataset.records), fetch(here.dataset.names).then((response) => response.json())]);
const MOST = 100;
const nodes = names.map(([key, label, type, description, ...aliases], id) => ({ id, key, label, type, description, aliases, statements: [] }));
const byKey = new Map(nodes.map((node) => [node.key, node]));
const endsOf = ({ actors, object }) => [...new Set([...actors, object])];
for (const statement of statements) for (const key of endsOf(statement)) byKey.get(key)?.statements.push(statement);

const namesOf = (key) => (byKey.has(key) ? [byKey.get(key).label, ...byKey.get(key).aliases] : [words[key] ?? key]);
const index = newIndex((id) => nodes[id.slice(1)].statements.length);
const nodeEntry = ({ id, label, aliases, type, description }) =>
  ({ id: `n${id}`, name: [label, ...aliases].join(" "), about: type, text: description });
const statementEntry = (statement, id) => {
  const { topics, relation, via, tool, date, gist, quote, publisher, title, sentence } = statement;
  const about = [...topics.map((key) => words[key] ?? key), words[relation] ?? relation, inverses[relation], via, tool, date.slice(0, 4)];
  return statementWords(id, endsOf(statement).flatMap(namesOf), about, [gist, quote, publisher, title], sentence);
};
const toldOf = (id) => ({ ...statementEntry(statements[id], id), id: statements[id].sentence });
const entryOf = (id) => (typeof id === "string" ? nodeEntry(nodes[id.slice(1)]) : toldOf(id));
index.addAll([...nodes.map(nodeEntry), ...statements.map(statementEntry)]);

/** Marks what was found in the texts of an element. */
function mark(shown, terms) {
  const walker = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    const pieces = piecesOf(text.data, terms);
    if (!pieces.some(({ isFound }) => isFound)) continue;
    text.replaceWith(...pieces.map(({ part, isFound }) => (isFound ? element("mark", {}, part) : part)));
  }
}

function find(text) {
  const hits = hitsIn(index, text, (id) => fold(Object.values(entryOf(id)).join(" ")));
  const named = hits.filter(({ id }) => typeof id === "string").map(({ id }) => nodes[id.slice(1)]);
  const people = [...new Set([...namesThatHold(text, nodes), ...named])];
  const said = hits.filter(({ id }) => typeof id === "number");
  at("status").textContent = `${people.length.toLocaleString("en")} names, ${said.length.toLocaleString("en")} statements`;
  const rows = people.slice(0, MOST).map(({ key, label, type, description }) =>
    element("li", {}, link(place(key), label, { dir: "auto" }),
      element("p", { class: "meta", dir: "auto" }, description ? `${type}: ${description}` : type)));
  at("finds").replaceChildren(
    ...(rows.length ? [element("h2", {}, "Names"), element("ul", { class: "rows" }, ...rows)] : []),
    ...(said.length ? [element("h2", {}, "Statements"), ...said.slice(0, MOST).map(({ id }) => card(statements[id]))] : []));
  mark(at("finds"), termsOf(hits.slice(0, MOST)));
  document.title = document.title.replace(/^.*? · /, `${text} · `);
}

/** Finds what the address asks for, also where somebody went back to it. */
function arrive() {
  const text = new URLSearchParams(location.search).get("q") ?? "";
  at("q").value = text;
  if (text.trim()) find(text);
  else for (const id of ["status", "finds"]) at(id).replaceChildren();
}

arrive();
addEventListener("popstate", arrive);
at("q").form.addEventListener("submit", (event) => {
  event.preventDefault();
  history.pushState(null, "", `?q=${encodeURIComponent(at("q").value)}`);
  find(at("q").value);
});
