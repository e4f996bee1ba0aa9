// The editor: highlighting, completion from the site's own vocabulary, and answers without a new page: by the
// server's endpoint, or on a static site by the engine that its page names.
// What stands in the data stays text: the document is built from elements and text nodes alone.

const here = document.querySelector("script[data-codemirror]");
const from = (name) => new URL(here.dataset[name], location.href).href;
const at = (id) => document.getElementById(id);
const form = at("editor");
const area = at("query");
const MOST_ROWS = 1000;
const ROWS = "application/sparql-results+json";

const given = new URLSearchParams(location.search).get("query");
const [code, { downloads, link, solutions, table, triples }, engine] = await Promise.all([
  import(from("codemirror")), import(from("answer")), here.dataset.ask ? import(from("ask")) : null]);
const words = await fetch(here.dataset.words).then((answer) => answer.json());
const prefixes = Object.entries(words.prefixes).sort((one, two) => two[1].length - one[1].length);
const KEYWORDS = ("SELECT DISTINCT WHERE FILTER OPTIONAL UNION GRAPH VALUES BIND MINUS EXISTS ORDER BY GROUP BY HAVING " +
  "LIMIT OFFSET CONSTRUCT DESCRIBE ASK PREFIX COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LCASE UCASE CONTAINS " +
  "STRSTARTS REGEX LANG DATATYPE BOUND COALESCE IF").split(" ").filter((word) => word !== "BY");

/** Terms that begin with what is typed, by their name or by their label; then entities, asked of the server. */
async function complete(context) {
  const variable = context.matchBefore(/\?\w*/);
  if (variable) return variables(context, variable);
  const word = context.matchBefore(/(?:[\w-]*:)?[\w-]*/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  const text = word.text.replace(/^:/, "");
  const wanted = text.toLowerCase();
  const options = words.terms
    .filter(({ name, label }) => name.toLowerCase().includes(wanted) || label.toLowerCase().includes(wanted))
    .map(({ name, label, kind, info }) => ({ label: name, detail: label, type: TYPES[kind], info: info || undefined }));
  if (!word.text.includes(":")) options.push(...KEYWORDS.filter((each) => each.toLowerCase().startsWith(wanted)).map(keyword));
  const isOurs = !word.text.includes(":") || word.text.startsWith(":");
  if (isOurs && text.length > 1) options.push(...(await entities(text)));
  const ranked = options.map((each) => [rank(each, wanted), each]).sort(([one], [two]) => one - two);
  return context.aborted ? null : { from: word.from, options: ranked.map(([, each]) => each), filter: false };
}

const TYPES = { relation: "function", class: "class", property: "property", topic: "enum", code: "constant" };

/** What begins as it is typed comes first, among that the shortest; then what holds it. */
function rank({ label, type }, wanted) {
  const name = label.toLowerCase();
  const begins = name.startsWith(wanted) || name.replace(/^\w*:/, "").startsWith(wanted);
  return (begins ? 0 : 1000) + (type === "text" ? 100 : 0) + name.length;
}

const keyword = (word) => ({ label: word, type: "keyword" });

function variables(context, { from, text }) {
  const names = new Set(context.state.doc.toString().match(/\?\w+/g) ?? []);
  names.delete(text);
  return { from, options: [...names].map((label) => ({ label, type: "variable" })), validFor: /^\?\w*$/ };
}

const begins = (form, text) => form.toLowerCase().includes(text.replaceAll("-", " ").toLowerCase());
let known = null;
const names = () => (known ??= fetch(here.dataset.names).then((answer) => answer.json()));

async function entities(text) {
  if (engine) return (await names()).filter(([, label, , , ...aliases]) => [label, ...aliases].some((form) => begins(form, text))).slice(0, 12)
    .map(([id, label, type, info]) => ({ label: `:${id}`, detail: `${label}, ${type}`, type: "text", info: info || undefined }));
  try {
    const { results } = await (await fetch(`/-/lookup?q=${encodeURIComponent(text.replaceAll("-", " "))}`)).json();
    return results.map(({ id, label, type, alias }) =>
      ({ label: `:${id}`, detail: alias ? `${alias}: ${label}, ${type}` : `${label}, ${type}`, type: "text" }));
  } catch {
    return [];
  }
}

const { tags: t } = code;
const colours = code.HighlightStyle.define([
  { tag: [t.keyword, t.operatorKeyword, t.controlKeyword, t.definitionKeyword], color: "var(--link)", fontWeight: "600" },
  { tag: [t.variableName, t.special(t.variableName)], color: "var(--variable)" },
  { tag: [t.string, t.number, t.literal, t.bool], color: "var(--literal)" },
  { tag: [t.comment, t.lineComment], color: "var(--quiet)", fontStyle: "italic" },
]);
const theme = code.EditorView.theme({
  "&": { backgroundColor: "var(--ground)", color: "var(--ink)", fontSize: "14px", minHeight: "280px", maxHeight: "60vh" },
  "&.cm-focused": { outline: "none" },
  ".cm-content": { caretColor: "var(--ink)", padding: "10px 0", minHeight: "260px" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--paper)", color: "var(--quiet)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--shade)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, ::selection":
    { backgroundColor: "color-mix(in srgb, var(--link) 26%, transparent)" },
  ".cm-scroller": { fontFamily: "ui-monospace, 'DejaVu Sans Mono', monospace", overflow: "auto" },
  ".cm-tooltip": { backgroundColor: "var(--ground)", color: "var(--ink)", border: "1px solid var(--rule)", borderRadius: "8px" },
  ".cm-tooltip-autocomplete > ul > li": { padding: "3px 8px", minHeight: "24px" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--ink)", color: "var(--ground)" },
  ".cm-completionDetail": { fontStyle: "normal", opacity: "0.75", marginLeft: "1em" },
  ".cm-completionInfo": { maxWidth: "320px", padding: "6px 10px" },
  ".cm-matchingBracket": { backgroundColor: "var(--shade) !important", outline: "1px solid var(--rule)" },
  ".cm-panels": { backgroundColor: "var(--paper)", color: "var(--ink)" },
});

// In a shadow tree, since only there the styles of the editor come as sheets of their own, which the policy lets in.
const host = document.createElement("div");
host.className = "cm-host";
const root = host.attachShadow({ mode: "open" });
area.after(host);
area.hidden = true;

const view = new code.EditorView({
  root,
  parent: root,
  state: code.EditorState.create({
    doc: area.value,
    extensions: [
      code.Prec.highest(code.keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }])),
      code.basicSetup,
      code.sparql(),
      code.syntaxHighlighting(colours),
      code.autocompletion({ override: [complete], activateOnTypingDelay: 120 }),
      code.EditorView.lineWrapping,
      code.EditorView.contentAttributes.of({ "aria-label": "SPARQL query", "aria-describedby": "keys" }),
      theme,
    ],
  }),
});
document.querySelector("label[for=query]").removeAttribute("for");
at("keys").textContent = "or press Ctrl+Enter; Ctrl+Space completes; Esc then Tab leaves the editor";
form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
for (const link of document.querySelectorAll(".examples a")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: link.dataset.query } });
    run();
  });
}

let running = null;

async function run() {
  running?.abort();
  running = new AbortController();
  const query = view.state.doc.toString();
  const since = performance.now();
  say("asking …");
  try {
    if (engine) return await askHere(query, since);
    const answer = await fetch("/sparql", {
      method: "POST",
      headers: { "Content-Type": "application/sparql-query", Accept: `${ROWS}, application/n-triples;q=0.9, application/problem+json` },
      body: query,
      signal: running.signal,
    });
    if (!answer.ok) return failed(await answer.text());
    const table = answer.headers.get("content-type").startsWith(ROWS) ? solutions(await answer.json()) : triples(await answer.text());
    shown(table, query, (performance.now() - since) / 1000);
  } catch (error) {
    if (error.name !== "AbortError") failed(`No whole answer came: ${error.message}`);
  }
}

async function askHere(query, since) {
  say("loading the graph into this browser …");
  const opened = await engine.open(here.dataset);
  try {
    const text = engine.ask(opened, query);
    shown(engine.isGraph(query) ? triples(text) : solutions(JSON.parse(text)), query, (performance.now() - since) / 1000);
    at("downloads").append(...downloads(formsOf(query), (type) => engine.ask(opened, query, type)));
  } catch (error) {
    failed(String(error.message ?? error));
  }
}

const formsOf = (query) => (engine.isGraph(query)
  ? [["text/turtle", "Turtle", "answer.ttl"], ["application/n-triples", "N-Triples", "answer.nt"], ["application/rdf+xml", "RDF/XML", "answer.rdf"]]
  : [["text/csv", "CSV", "answer.csv"], [ROWS, "JSON", "answer.json"], ["text/tab-separated-values", "TSV", "answer.tsv"],
    ["application/sparql-results+xml", "XML", "answer.xml"]]);

const say = (text) => (at("status").textContent = text);

function failed(text) {
  let told = text;
  try {
    told = JSON.parse(text).detail ?? text;
  } catch {
    // an answer in plain words
  }
  say("");
  at("fault").textContent = told;
  at("fault").hidden = false;
  at("downloads").hidden = true;
  at("answer").replaceChildren();
  const place = /line (\d+), column (\d+)/.exec(told);
  if (!place || Number(place[1]) > view.state.doc.lines) return;
  const line = view.state.doc.line(Number(place[1]));
  const from = Math.min(line.to, line.from + Number(place[2]) - 1);
  view.dispatch(code.setDiagnostics(view.state, [{ from, to: line.to, severity: "error", message: told.split("\n")[0] }]));
}

function shown({ columns, rows }, query, seconds) {
  view.dispatch(code.setDiagnostics(view.state, []));
  at("fault").hidden = true;
  const cut = rows.length > MOST_ROWS ? `, of which the first ${MOST_ROWS.toLocaleString("en")} are shown` : "";
  say(`${rows.length.toLocaleString("en")} ${rows.length === 1 ? "row" : "rows"} in ${seconds.toFixed(2)} s${cut}`);
  const address = `${location.pathname}?query=${encodeURIComponent(query)}`;
  history.replaceState(null, "", address);
  const isGraph = columns.join() === "subject,predicate,object" && !/^\s*select/im.test(query);
  const forms = isGraph ? [["turtle", "Turtle"], ["jsonld", "JSON-LD"], ["ntriples", "N-Triples"], ["rdfxml", "RDF/XML"]]
    : [["csv", "CSV"], ["json", "JSON"], ["tsv", "TSV"], ["xml", "XML"]];
  at("downloads").replaceChildren(link(address, "permanent address"),
    ...(engine ? [] : forms).flatMap(([form, label]) => [" ", link(`/sparql?query=${encodeURIComponent(query)}&format=${form}`, label)]));
  at("downloads").hidden = false;
  at("answer").replaceChildren(table(columns, rows.slice(0, MOST_ROWS), { prefixes }));
}

if (engine && given) {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: given } });
  run();
}
