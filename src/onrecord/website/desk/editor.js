// The form of a statement's fields, for an edit and for a new statement.
import { ask } from "./ask.js";
import { byId, make, option } from "./dom.js";
import { markPassage, selected } from "./marks.js";

const LABELS = {
  actors: "Who (several by ;)", relation: "Says or does", object: "To or about whom or what",
  negated: "Negated", topics: "Topics (several by ;)", stance: "Stance on AI", modality: "Modality", basis: "Basis",
  date: "Date", words: "Words", recipient: "Recipient", instrument: "Tool", according_to: "According to", stage: "Stage",
  gist: "Gist", wording: "Wording", via: "Said via", digital_source_type: "Source type", valid_from: "From",
  valid_until: "Until", ended: "Ended", confidence: "Confidence",
};
const NAMED = ["actors", "object", "recipient", "instrument", "according_to"];
const FLAGS = ["negated", "ended"];
const FIRST = ["actors", "relation", "object", "negated", "topics", "stance", "gist"];
const SAID = ["actors", "relation", "object", "negated", "modality", "basis", "according_to"];
const TYPING = 120;
const UNKNOWN = /no entity is called '([^']+)'/;
const form = byId("editor");
let words = null;
let task = null;
let passage = null;
let telling = 0;
let asked = "actors";

export function teach(codebook) {
  words = codebook;
  byId("relation-names").append(...words.relations.map(({ key, label }) => option(label, key)));
  byId("topic-names").append(...words.topics.map(({ label }) => option(label)));
}

export const isOpen = () => !form.hidden;

export function open(statement, place, save, typed = {}) {
  task = { statement, save };
  passage = place;
  markPassage(passage);
  const rows = words.fields.map((name) => field(name, typed[name] ?? statement?.fields[name] ?? ""));
  const more = make("details", {}, make("summary", { textContent: "More fields" }), make("div", { className: "fields" }, ...rows.filter(({ dataset }) => !FIRST.includes(dataset.field))));
  const first = make("div", { className: "fields" }, ...rows.filter(({ dataset }) => FIRST.includes(dataset.field)));
  more.open = Object.keys(typed).some((name) => !FIRST.includes(name));
  const title = make("h2", { textContent: statement ? "Edit and accept" : "New statement" });
  const preview = make("p", { id: "preview", className: "gist", "aria-live": "polite", textContent: statement?.says ?? "" });
  const hint = make("p", { id: "hint", className: "hint" });
  const fault = make("p", { id: "fault", className: "error", role: "alert", hidden: true });
  const line = make("div", { className: "line" }, make("button", { textContent: "Save" }), button("Cancel", close), button("Take the marked words", takeWords), button("New name", newName));
  form.replaceChildren(title, make("blockquote", { id: "passage", dir: "auto" }), preview, first, hint, more, fault, line);
  form.hidden = false;
  showPassage();
  tell();
  input("actors").focus();
  input("actors").select();
}

export function close() {
  form.hidden = true;
  form.replaceChildren();
  markPassage(null);
  byId("list").focus({ preventScroll: true });
}

function button(text, act) {
  const made = make("button", { type: "button", className: "plain", textContent: text });
  made.addEventListener("click", act);
  return made;
}

function field(name, value) {
  const id = `field-${name}`;
  const box = make("div", { className: "field" }, make("label", { for: id, textContent: LABELS[name] }), control(name, id, value));
  box.dataset.field = name;
  return box;
}

function control(name, id, value) {
  if (FLAGS.includes(name)) return make("input", { id, name, type: "checkbox", checked: value === "true" });
  if (words.codes[name]) {
    const made = make("select", { id, name }, option("", "–"), ...words.codes[name].map(({ key, label }) => option(key, label)));
    made.value = value;
    return made;
  }
  const made = make("input", { id, name, value: labelled(name, value), autocomplete: "off", dir: "auto" });
  const list = NAMED.includes(name) ? "entity-names" : { relation: "relation-names", topics: "topic-names" }[name];
  if (list) made.setAttribute("list", list);
  return made;
}

const input = (name) => form.elements[name];
const label = (key) => words.relations.find((relation) => relation.key === key)?.label ?? key;
const key = (text) => words.relations.find((relation) => relation.label === text || relation.key === text)?.key ?? text;
const topicLabel = (key) => words.topics.find((known) => known.key === key)?.label ?? key;
const topic = (text) => words.topics.find((known) => known.label.toLowerCase() === text.toLowerCase())?.key ?? text;

function labelled(name, value) {
  if (name === "relation") return label(value);
  if (name === "topics" || name === "object") return value.split("; ").map(topicLabel).join("; ");
  return value;
}

function read(name) {
  const control = input(name);
  if (FLAGS.includes(name)) return String(control.checked);
  if (name === "relation") return key(control.value.trim());
  if (name === "topics") return control.value.split(";").map((part) => topic(part.trim())).filter(Boolean).join("; ");
  if (name === "object") return topic(control.value.trim());
  return control.value.trim();
}

function takeWords() {
  const place = selected();
  if (!place) return fail("mark words in the article first: with the mouse, or press t and use Shift with the arrows");
  passage = place;
  input("words").value = place.words;
  markPassage(passage);
  showPassage();
}

function showPassage() {
  const box = byId("passage");
  box.textContent = passage?.words ?? task.statement?.words ?? "";
  box.hidden = !box.textContent;
}

async function newName() {
  const { openNewName } = await import("./names.js");
  const field = input(asked);
  openNewName(field.value, () => field.focus());
}

function tell() {
  const relation = words.relations.find((known) => known.key === read("relation"));
  byId("hint").textContent = relation?.definition ?? "";
  clearTimeout(telling);
  telling = setTimeout(tellSentence, TYPING);
}

// The sentence that the fields read as, as the graph will tell it.
async function tellSentence() {
  if (form.hidden) return;
  const fields = Object.fromEntries(SAID.map((name) => [name, read(name)]));
  const { says } = await ask("sentence", fields).catch(() => ({ says: "" }));
  const box = byId("preview");
  if (box) box.textContent = says;
}

let asking = 0;
async function suggest({ target }) {
  tell();
  if (target.getAttribute("list") !== "entity-names" && target.name !== "object") return;
  const text = target.value.split(";").at(-1).trim();
  if (text.length < 2) return;
  asking += 1;
  const mine = asking;
  const { names } = await ask("names", { q: text }).catch(() => ({ names: [] }));
  if (mine !== asking) return;
  const before = target.value.slice(0, target.value.lastIndexOf(";") + 1);
  const start = before ? `${before} ` : "";
  const topics = target.name === "object" ? words.topics.filter((known) => known.label.toLowerCase().includes(text.toLowerCase())).slice(0, 6).map((known) => option(known.label, "topic")) : [];
  byId("entity-names").replaceChildren(...names.map(({ name, type }) => option(start + name, type)), ...topics);
}

export function fail(text) {
  const box = byId("fault");
  box.replaceChildren(text);
  box.hidden = !text;
  const [, unknown] = UNKNOWN.exec(text) ?? [];
  if (unknown) offerName(box, unknown);
}

// A name that nobody bears yet: Enter makes it, and saves.
function offerName(box, name) {
  const offer = button(`Add ${name}`, async () => {
    const { openNewName } = await import("./names.js");
    openNewName(name, () => form.requestSubmit());
  });
  box.append(" ", offer);
  offer.focus();
}

function save(event) {
  event.preventDefault();
  const fields = {};
  for (const name of words.fields) {
    if (name === "words") continue;
    const value = read(name);
    const old = task.statement?.fields[name] ?? (FLAGS.includes(name) ? "false" : "");
    if (value !== old) fields[name] = value;
  }
  const typed = input("words").value.trim();
  if (passage) fields.words = [passage.start, passage.end];
  else if (typed !== (task.statement?.words ?? "")) fields.words = typed;
  task.save(fields);
}

form.addEventListener("input", suggest);
form.addEventListener("focusin", ({ target }) => {
  if (NAMED.includes(target.name)) asked = target.name;
});
form.addEventListener("submit", save);
form.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
  if (event.key === "Enter" && event.target.matches("select")) {
    event.preventDefault();
    form.requestSubmit();
  }
  event.stopPropagation();
});
