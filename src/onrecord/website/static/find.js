// The search of a static site: names, gists and words together, by stems of a few letters, forgiving a typo.
const here = document.querySelector("script[data-records]");
const from = (name) => new URL(here.dataset[name], location.href).href;
const at = (id) => document.getElementById(id);
const { card, element, folded, link, place, records } = await import(from("tools"));
const { MiniSearch } = textSearch; // of minisearch.js, which the page loads first
const [{ statements, names: words }, names] = await Promise.all([
  records(here.dataset.records), fetch(here.dataset.names).then((response) => response.json())]);
const MOST = 100;
const options = {
  processTerm: (term) => folded(term).replace(/(?<=\w{3})(?:ies|ing|ed|es|s)$/, ""),
  searchOptions: { combineWith: "AND", prefix: (term) => term.length > 2, fuzzy: (term) => (term.length > 4 ? 0.2 : false), boost: { label: 3, sentence: 2 } },
};
const people = new MiniSearch({ ...options, fields: ["label", "aliases", "type"] });
people.addAll(names.map(([id, label, type, ...aliases]) => ({ id, label, type, aliases: aliases.join(" ") })));
const said = new MiniSearch({ ...options, fields: ["sentence", "about", "gist", "quote"] });
const about = ({ topics, publisher, title }) => [...topics.map((key) => words[key] ?? key), publisher, title].join(" ");
said.addAll(statements.map((statement) => ({ ...statement, about: about(statement) })));
const byId = new Map(statements.map((statement) => [statement.id, statement]));
const labels = new Map(names.map(([id, label, type]) => [id, [label, type]]));

function find(text) {
  const [entities, hits] = [people.search(text), said.search(text)];
  at("status").textContent = `${entities.length.toLocaleString("en")} names, ${hits.length.toLocaleString("en")} statements`;
  const rows = entities.slice(0, MOST).map(({ id }) =>
    element("li", {}, link(place(id), labels.get(id)[0], { dir: "auto" }), element("p", { class: "meta" }, labels.get(id)[1])));
  at("finds").replaceChildren(
    ...(rows.length ? [element("h2", {}, "Names"), element("ul", { class: "rows" }, ...rows)] : []),
    ...(hits.length ? [element("h2", {}, "Statements"), ...hits.slice(0, MOST).map(({ id }) => card(byId.get(id)))] : []));
  document.title = document.title.replace(/^.*? · /, `${text} · `);
}

const text = new URLSearchParams(location.search).get("q") ?? "";
at("q").value = text;
if (text.trim()) find(text);
at("q").form.addEventListener("submit", (event) => {
  event.preventDefault();
  history.pushState(null, "", `?q=${encodeURIComponent(at("q").value)}`);
  find(at("q").value);
});
