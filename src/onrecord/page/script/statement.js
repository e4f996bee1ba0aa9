// A statement as a person reads it: what was said or done, in which words, when, by whom, and where to read it.

function stanceTag(key, word = stances.get(key)?.label ?? key) {
  const tag = make("span", { class: "stance" }, key ? `${stances.get(key)?.mark ?? ""} ${word}` : "");
  tag.style.setProperty("--stance", colour(key));
  return tag;
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

function dateWords(date) {
  const [year, month, day] = date.split("-");
  return [day && Number(day), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
}

function whenWords(statement) {
  const how = dated(statement);
  return how === "undated" ? how : `${how === "event" ? "about" : how} ${dateWords(statement.date)}`;
}

/** An address that may be opened, at the passage where its words are known (a text fragment); else null. */
function addressOf({ source: { url }, quote }) {
  if (!url || !/^https?:\/\//i.test(url)) return null;
  const words = (quote || "").trim().split(/\s+/);
  if (words.length < 3) return url;
  const encode = (part) => encodeURIComponent(part.join(" ")).replaceAll("-", "%2D").replaceAll("*", "%2A");
  const passage = words.length > 12 ? `${encode(words.slice(0, 5))},${encode(words.slice(-5))}` : encode(words);
  return `${url}${url.includes("#") ? "" : "#"}:~:text=${passage}`;
}

function card(statement) {
  return make("article", { class: "card", "data-statement": statement.name },
    make("h4", { dir: "auto" }, marked(statement.sentence)),
    cautionWords(statement) && make("p", { class: "caution" }, cautionWords(statement)),
    tellingParts(statement),
    make("p", { class: "meta" }, joined([
      statement.stance && stanceTag(statement.stance), whenWords(statement), statement.via,
      statement.stage && `stage: ${statement.stage}`, statement.tool && `with ${statement.tool}`,
    ])),
    make("p", { class: "meta" }, joined([sourceLink(statement), reviewWords(statement)])),
    make("p", { class: "meta tags" }, statement.topics.map(topicTag), permanentLink(statement), pageLink(statement),
      citing(statement)));
}

/** What it says in short, and its words: these first, where a program found them. */
function tellingParts({ gist, quote, made, isVerbatim }) {
  const words = quote && make("blockquote", { dir: "auto" }, marked(quote));
  const short = !isVerbatim && make("p", { class: "gist", dir: "auto" }, marked(gist));
  return made ? [words, short] : [short, words];
}

function topicTag(key) {
  const { label } = topics.get(key) || { label: key };
  return button(label, () => change({ topic: key }), { class: "tag", title: `Only statements on ${label}` });
}

/** Opens the statement by itself: the address is then its permanent link. */
const permanentLink = ({ name }, text = "link") =>
  button(text, () => choose({ statement: name }), { class: "name quiet", title: "This statement by itself" });

/** Where the page stands beside a site: the statement's own page there. */
function pageLink({ name }) {
  if (!data.site) return null;
  const href = placeOnSite(`statement/${name}`);
  return make("a", { href, title: "All that the record holds", ...(isEmbedded && NEW_TAB) }, "details");
}

const joined = (parts) => parts.filter(Boolean).flatMap((part, order) => (order ? [" · ", part] : [part]));

const BY_PROGRAM = "found by a program, not reviewed"; // it is said below the statement already

/** Why a statement draws no line, in words; one on a topic needs none. */
const cautionWords = ({ caution }) =>
  (["", "on a topic", BY_PROGRAM].includes(caution) ? "" : `${caution}: no line on the map`);

function sourceName({ source: { publisher, title } }) {
  return title ? `${publisher}: ${title}` : publisher;
}

function sourceLink(statement, text = sourceName(statement)) {
  const address = addressOf(statement);
  const name = make("span", { dir: "auto" }, text);
  if (!address) return make("span", {}, name, " (no address known)");
  const printed = { "data-address": statement.source.url };
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer", ...printed }, name);
}

function reviewWords({ status, made }) {
  if (status === "accepted") return "checked against the source";
  return made ? "found by a program, not reviewed" : "not reviewed";
}

/** Newest first, undated last; then in the order of their names, so that the order never changes. */
const newestFirst = (list) =>
  [...list].sort((one, two) => (one.date === two.date ? one.id - two.id : one.date < two.date ? 1 : -1));
