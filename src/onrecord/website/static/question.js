// A named question on a static site: what its form leaves open is filled in, and the answer is worked out here.
const here = document.querySelector("script[data-sparql]");
const from = (name) => new URL(here.dataset[name], location.href).href;
const at = (id) => document.getElementById(id);
const BASE = "https://w3id.org/onrecord/";
const ROWS = "application/sparql-results+json";
const MOST_ROWS = 1000;
const { downloads, link, solutions, table, triples } = await import(from("answer"));
const engine = await import(from("ask"));
const names = await fetch(here.dataset.names).then((response) => response.json());
const labels = new Map(names.map(([id, label]) => [BASE + id, label]));
const places = new Map();
for (const [id, label] of names) places.set(label, places.has(label) ? null : BASE + id);
for (const [label, iri] of places) if (!iri) places.delete(label); // several are called so
const form = at("ask");
const controls = [...(form?.querySelectorAll("[data-kind]") ?? [])];

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

/** The term that a value stands for; throws a text that says what is wrong. */
function term(kind, value) {
  if (kind === "entity") return `<${BASE}${entity(value)}>`;
  if (kind === "integer") {
    if (!/^[+-]?\d{1,18}$/.test(value)) throw new Error(`${value} is no whole number`);
    return value;
  }
  if (kind === "date" && !/^\d{4}(-\d\d(-\d\d)?)?$/.test(value)) throw new Error(`${value} is no date like 2025, 2025-10 or 2025-10-21`);
  if (kind === "string" || kind === "date") return JSON.stringify(value);
  if (!/^[\w-]+$/.test(value)) throw new Error(`${value} is no ${kind}`);
  return `<${BASE}${{ topic: "topic/", relation: "", stance: "code/" }[kind]}${value}>`;
}

function entity(value) {
  const slug = value.replace(/^:/, "");
  if (names.some(([id]) => id === slug)) return slug;
  const meant = names.filter(([, label, , , ...aliases]) => [label, ...aliases].some((name) => folded(name) === folded(value)));
  if (meant.length === 1) return meant[0][0];
  const near = meant.length ? meant : names.filter(([, label]) => folded(label).includes(folded(value))).slice(0, 8);
  const hint = near.length ? `; is it ${near.map(([id, label, type]) => `${label} (${type}, :${id})`).join(" or ")}?` : "";
  throw new Error(meant.length ? `${value} stands for several${hint}` : `nobody and nothing is called ${value} here${hint}`);
}

function bound(given) {
  let text = here.dataset.sparql;
  for (const { name, dataset } of controls) {
    const value = given.get(name);
    if (!value) continue;
    const place = new RegExp(`VALUES\\s*\\?${name}\\s*\\{\\s*UNDEF\\s*\\}`, "gi");
    const filled = term(dataset.kind, value);
    text = text.replace(place, () => `VALUES ?${name} { ${filled} }`);
  }
  return text;
}

async function answer(given) {
  at("fault").hidden = true;
  try {
    const query = bound(given);
    at("status").textContent = "loading the graph into this browser …";
    const opened = await engine.open(here.dataset);
    const since = performance.now();
    const text = engine.ask(opened, query);
    const { columns, rows } = engine.isGraph(query) ? triples(text) : solutions(JSON.parse(text));
    const seconds = ((performance.now() - since) / 1000).toFixed(2);
    const cut = rows.length > MOST_ROWS ? `, of which the first ${MOST_ROWS} are shown` : "";
    at("status").textContent = `${rows.length.toLocaleString("en")} ${rows.length === 1 ? "row" : "rows"} in ${seconds} s${cut}`;
    show(columns, rows, query, opened, given);
  } catch (error) {
    at("status").textContent = "";
    at("fault").textContent = String(error.message ?? error);
    at("fault").hidden = false;
  }
}

function show(columns, rows, query, opened, given) {
  const prefixes = Object.entries(opened.prefixes).sort((one, two) => two[1].length - one[1].length);
  at("made")?.remove();
  at("result").replaceChildren(rows.length ? table(columns, rows.slice(0, MOST_ROWS), { prefixes, labels, places }) : "Nothing on record answers this.");
  const address = `${location.pathname}?${given}`;
  at("downloads").replaceChildren(link(address, "permanent address"), ...downloads(forms(query), (type) => engine.ask(opened, query, type)));
}

const forms = (query) => (engine.isGraph(query) ? [["text/turtle", "Turtle", "answer.ttl"], ["application/n-triples", "N-Triples", "answer.nt"]]
  : [["text/csv", "CSV", "answer.csv"], [ROWS, "JSON", "answer.json"], ["text/tab-separated-values", "TSV", "answer.tsv"]]);

const MOST_NAMES = 12;

/** Names as they are typed, each with what it is; one that several bear is chosen by its id. */
function suggest(text) {
  const wanted = folded(text);
  if (wanted.length < 2) return;
  const near = names.filter(([, label, , , ...aliases]) => [label, ...aliases].some((name) => folded(name).includes(wanted)));
  at("names")?.replaceChildren(...near.slice(0, MOST_NAMES).map(suggestion));
}

function suggestion([id, label, type, description]) {
  const option = document.createElement("option");
  option.value = places.has(label) ? label : `:${id}`;
  option.label = `${label}, ${type}${description ? `: ${description}` : ""}`;
  return option;
}

for (const control of controls) if (control.matches("[data-lookup]")) control.addEventListener("input", () => suggest(control.value));
let asked = location.search;

/** Asks, as a step that Back takes back. */
function ask(given) {
  history.pushState(null, "", `${location.pathname}?${given}`);
  asked = location.search;
  answer(given);
}

/** Answers what the address asks. */
function arrive() {
  asked = location.search;
  const given = new URLSearchParams(asked);
  for (const control of controls) if (given.has(control.name)) control.value = given.get(control.name);
  if ([...given].length) answer(given);
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(new URLSearchParams(new FormData(form)));
});
at("again")?.addEventListener("click", () => ask(new URLSearchParams()));
// Where nothing was asked, the page itself has the answer. A link within the page asks nothing anew.
addEventListener("popstate", () => {
  if (location.search === asked) return;
  if (location.search) arrive();
  else location.reload();
});
arrive();
