// The statements of the site as objects, and how a page shows one; all text stays text.
const root = new URL(document.documentElement.dataset.root, location.href).href.replace(/index\.html$/, "");
const suffix = document.documentElement.dataset.suffix ?? "";

// Files whose names would differ by capitals alone have another one.
const apart = new Map((document.documentElement.dataset.apart ?? "").split(" ").map((pair) => pair.split("=")));

const file = (key) => apart.get(key) ?? key;
export const place = (key) => root + file(key).split("/").map(encodeURIComponent).join("/") + suffix;

export async function records(address) {
  const { fields, rows, names, families, inverses } = await fetch(address).then((response) => response.json());
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
  const { id, sentence, stance, dated, date, publisher, title, address, review } = statement;
  const said = [stance && `${MARKS[stance]} ${stance}`, date ? `${dated} ${date}` : "undated"].filter(Boolean).join(" · ");
  const isWeb = /^https?:\/\//i.test(address);
  const source = isWeb ? link(address, `${publisher}: ${title}`, { rel: "noopener noreferrer" }) : `${publisher}: ${title} (no address known)`;
  return element("article", { class: "card" },
    element(level, { dir: "auto" }, link(place(`statement/${id}`), sentence)),
    ...telling(statement),
    element("p", { class: "meta" }, said),
    element("p", { class: "meta" }, source, ` · ${review}`));
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
