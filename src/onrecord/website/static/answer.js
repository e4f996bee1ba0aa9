// An answer as a table: names link, long texts get room, columns sort, a column of one value folds away.
const BASE = "https://w3id.org/onrecord/";
const root = new URL(document.documentElement.dataset.root, location.href).pathname.replace(/index\.html$/, "");
const suffix = document.documentElement.dataset.suffix ?? "";
// Files whose names would differ by capitals alone have another one.
const apart = new Map((document.documentElement.dataset.apart ?? "").split(" ").map((pair) => pair.split("=")));
const file = (path) => apart.get(path) ?? path;

export const address = (iri) => (iri.startsWith(BASE) ? root + file(iri.slice(BASE.length)) + suffix : iri);
export const isOurs = (iri) => iri.startsWith(BASE);

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export const link = (href, text) =>
  element("a", { href, ...(href.startsWith(root) || !/^https?:/i.test(href) ? {} : { rel: "noopener noreferrer" }) }, text);

export function compact(iri, prefixes) {
  const found = prefixes.find(([, start]) => iri.startsWith(start) && /^[\w-]+$/.test(iri.slice(start.length)));
  return found ? `${found[0]}:${iri.slice(found[1].length)}` : iri;
}

/** A web address as far as it tells a reader something: all of a short one, of a long one the host. */
const short = (url) => url.replace(/^https?:\/\/(www\.)?/, "").replace(/^([^/]*)\/.{21,}$/, "$1");

/** How a column treats a text: a long one gets room, a short one such as a date stays on one line. */
function roomFor(text) {
  if (text.length > 40) return { class: "long" };
  return text.length < 12 ? { class: "short" } : {};
}

function cell(term, { prefixes, labels, places }) {
  if (!term) return element("td");
  const text = term.value;
  if (term.type !== "uri" && /^https?:\/\/\S+$/i.test(text)) return element("td", { class: "link" }, link(text, short(text)));
  if (term.type !== "uri" && places?.has(text)) return element("td", {}, link(address(places.get(text)), text));
  if (term.type !== "uri") return element("td", { ...roomFor(text), dir: "auto" }, text);
  if (!/^https?:\/\//i.test(text)) return element("td", {}, text);
  const name = labels?.get(text) ?? compact(text, prefixes);
  return element("td", { class: "link" }, link(address(text), /^https?:/.test(name) ? short(name) : name));
}

/** Rows of terms as SPARQL's JSON has them; `labels` gives the names of entities, `places` whom a name stands for. */
export function table(columns, rows, naming) {
  const isGraph = columns.join() === "subject,predicate,object";
  const constant = rows.length > 2 && !isGraph ? columns.filter((_, at) => rows.every((row) => row[at]?.value === rows[0][at]?.value)) : [];
  const shown = columns.map((name, at) => at).filter((at) => !constant.includes(columns[at]));
  const kept = shown.length ? shown : columns.map((_, at) => at);
  const body = element("tbody");
  const fill = (list) => body.replaceChildren(...list.map((row) => element("tr", {}, ...kept.map((at) => cell(row[at], naming)))));
  const heads = kept.map((at) => element("th", { scope: "col" }, element("button", { type: "button", class: "sort" }, columns[at])));
  heads.forEach((head, place) => head.firstChild.addEventListener("click", () => {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    fill(sorted(rows, kept[place], down));
  }));
  fill(rows);
  const made = element("table", { class: "answer" }, element("caption", { class: "hidden" }, "Answer"),
    element("thead", {}, element("tr", {}, ...heads)), body);
  const wide = element("div", { class: "wide", role: "region", "aria-label": "Answer, as a table", tabindex: "0" }, made);
  if (!shown.length || !constant.length) return wide;
  const same = constant.map((name) => `${name}: ${rows[0][columns.indexOf(name)]?.value ?? "nothing"}`).join(" · ");
  return element("div", {}, element("p", { class: "note" }, `In every row — ${same}`), wide);
}

function sorted(rows, at, down) {
  const key = (row) => row[at]?.value ?? "";
  const numbers = rows.every((row) => key(row) === "" || !Number.isNaN(Number(key(row))));
  const order = (one, two) => (numbers ? Number(key(one)) - Number(key(two)) : key(one).localeCompare(key(two)));
  return [...rows].sort((one, two) => (down ? order(two, one) : order(one, two)));
}

export function solutions({ head, results, boolean }) {
  if (boolean !== undefined) return { columns: ["answer"], rows: [[{ type: "literal", value: String(boolean) }]] };
  return { columns: head.vars, rows: results.bindings.map((row) => head.vars.map((name) => row[name])) };
}

/** The terms of N-Triples (section 7), each as SPARQL's JSON has it. */
export function triples(text) {
  const TERM = /<([^>]*)>|(_:[^\s]+)|"((?:[^"\\]|\\.)*)"(?:@[\w-]+|\^\^<[^>]*>)?/g;
  const read = (line) => [...line.matchAll(TERM)].map(([, iri, node, literal]) =>
    iri !== undefined ? { type: "uri", value: iri } : { type: node ? "bnode" : "literal", value: node ?? unescape(literal) });
  return { columns: ["subject", "predicate", "object"], rows: text.split("\n").filter(Boolean).map(read) };
}

const ESCAPES = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };
const unescape = (text) => text.replace(/\\u([\dA-Fa-f]{4})|\\U([\dA-Fa-f]{8})|\\(.)/g, (_, four, eight, one) =>
  four || eight ? String.fromCodePoint(parseInt(four ?? eight, 16)) : (ESCAPES[one] ?? one));

/** Links that save what an engine gives in each format, made when one is asked for. */
export function downloads(forms, make) {
  return forms.map(([type, label, name]) => {
    const made = element("button", { type: "button", class: "plain" }, label);
    made.addEventListener("click", () => {
      const url = URL.createObjectURL(new Blob([make(type)], { type }));
      const save = element("a", { href: url, download: name });
      save.click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    });
    return made;
  });
}
