// The statements of the site as objects, and how a page shows one; all text stays text.
const root = new URL(document.documentElement.dataset.root, location.href).href.replace(/index\.html$/, "");
const suffix = document.documentElement.dataset.suffix ?? "";

// Files whose names would differ by capitals alone have another one.
const apart = new Map((document.documentElement.dataset.apart ?? "").split(" ").map((pair) => pair.split("=")));

const file = (key) => apart.get(key) ?? key;
export const place = (key) => root + file(key).split("/").map(encodeURIComponent).join("/") + suffix;

const stanceWords = {}; // what each stance is called in this field

export async function records(address) {
  const { fields, rows, names, families, inverses, stances } = await fetch(address).then((response) => response.json());
  Object.assign(stanceWords, stances);
  const read = (row) => Object.fromEntries(fields.map((name, at) => [name, row[at]]));
  return { statements: rows.map(read), names, families, inverses };
}

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

export const link = (href, text, more = {}) => element("a", { href, ...more }, text);

const MARKS = { supportive: "▲", critical: "▼", conditional: "◆", neutral: "●" };

/** A statement's card, as the pages that need no script have it. */
export function card(statement, level = "h3") {
  const { id, sentence, stance, dated, date, via, publisher, title, address, review } = statement;
  const isWeb = /^https?:\/\//i.test(address);
  const source = isWeb ? link(address, `${publisher}: ${title}`, { rel: "noreferrer" }) : `${publisher}: ${title} (no address known)`;
  return element("article", { class: "card" },
    element(level, { dir: "auto" }, link(place(`statement/${id}`), sentence)),
    ...telling(statement),
    element("p", { class: "meta" }, ...taken(stance), ...when(dated, date), via ? ` · ${via}` : ""),
    element("p", { class: "meta" }, source, ` · ${review}`));
}

/** The stance: its mark, then its words. */
function taken(stance) {
  if (!stance) return [];
  const mark = element("span", { class: `mark ${stance}`, "aria-hidden": "true" }, MARKS[stance]);
  return [element("span", { class: "stance" }, mark, ` ${stanceWords[stance] ?? stance}`), " · "];
}

/** When it was said, as a person writes a date: 2025-10-21 is 21 October 2025. */
function when(dated, date) {
  if (!date) return [dated];
  const [year, month, day] = date.split("-");
  const name = month && new Date(`${year}-${month}-01T00:00:00Z`).toLocaleString("en", { month: "long", timeZone: "UTC" });
  const words = [day && Number(day), name, year].filter(Boolean).join(" ");
  return [`${dated === "event" ? "about" : dated} `, element("time", { datetime: date }, words)];
}

/** What it says in short, and its words: these first, where a program found them. */
function telling({ sentence, gist, quote, made, verbatim }) {
  const marks = /^[“"]/.test(quote) ? { class: "marked" } : {};
  const words = quote ? element("blockquote", { dir: "auto", ...marks }, quote) : null;
  const isTold = gist && !verbatim && gist !== sentence;
  const short = isTold ? element("p", { class: "gist", dir: "auto" }, gist) : null;
  return made ? [words, short] : [short, words];
}

export const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
