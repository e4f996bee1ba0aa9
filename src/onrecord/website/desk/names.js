// The names of a workspace: find, rename, retype, merge, and make a new one.
import { alikeList } from "./alike.js";
import { ask, send } from "./ask.js";
import { alarm, byId, make, option } from "./dom.js";

const dialog = byId("panel");
const body = byId("panel-body");
const MOST = 200;
let types = [];
let changed = () => {};
let openDocument = () => {};

export function teach(codebook, then, open) {
  types = codebook.types;
  changed = then;
  openDocument = open;
}

export function panel(title, ...children) {
  byId("panel-title").textContent = title;
  body.replaceChildren(...children);
  if (!dialog.open) dialog.showModal();
}

function typeList(value, label) {
  const made = make("select", { "aria-label": label }, ...types.map(({ key, label: text }) => option(key, text)));
  made.value = value;
  return made;
}

function acting(text, act) {
  const made = make("button", { type: "button", className: "plain", textContent: text });
  made.addEventListener("click", act);
  return made;
}

function say(text) {
  const box = body.querySelector(".said");
  if (box) box.textContent = text;
  else alarm(text);
}

export async function openNames(isChanged = false) {
  const { entities, alike } = await ask("entities");
  const filter = make("input", { type: "search", "aria-label": "Find a name", placeholder: "Find a name" });
  const list = make("ul", { className: "rows" });
  const show = () => {
    const text = filter.value.toLowerCase();
    const kept = entities.filter((entity) => [entity.name, ...entity.aliases].some((name) => name.toLowerCase().includes(text)));
    list.replaceChildren(...kept.slice(0, MOST).map(row));
    if (kept.length > MOST) list.append(make("li", { textContent: `and ${kept.length - MOST} more: type more of the name` }));
  };
  filter.addEventListener("input", show);
  show();
  const pairs = alikeList(alike, entities, { change, places });
  panel("Names", make("p", { className: "said", role: "status" }), pairs, make("h3", { textContent: `All names: ${entities.length}` }), filter, list);
  (alike.length || isChanged ? pairs : filter).focus({ preventScroll: true });
}

function row(entity) {
  const name = make("input", { value: entity.name, "aria-label": `Name of ${entity.name}`, dir: "auto" });
  const type = typeList(entity.type, `Type of ${entity.name}`);
  const into = make("input", { "aria-label": `${entity.name} is the same as`, placeholder: "is the same as …" });
  into.setAttribute("list", "entity-names");
  into.addEventListener("input", () => suggest(into.value));
  const id = `:${entity.id}`;
  const rename = acting("Rename", () => change("rename", { name: id, new: name.value, type: type.value }));
  const merge = acting("Merge", () => change("merge", { keep: into.value, gone: id }));
  const is = [entity.is_new ? "new" : "", entity.aliases.length ? `also ${entity.aliases.join(", ")}` : ""];
  const told = make("p", { className: "meta", textContent: is.filter(Boolean).join(" · ") });
  return make("li", {}, make("div", { className: "line" }, name, type, rename, into, merge), told, places(entity));
}

function places(entity) {
  const shown = entity.places.map(({ id, says, document }) => {
    const made = make("button", { type: "button", className: "place", textContent: says, dir: "auto" });
    made.addEventListener("click", () => {
      dialog.close();
      openDocument(document, id);
    });
    return make("li", {}, made);
  });
  const rest = entity.times - shown.length;
  if (rest > 0) shown.push(make("li", { className: "meta", textContent: `and ${rest} more` }));
  return make("ul", { className: "places" }, ...shown);
}

async function suggest(text) {
  if (text.trim().length < 2) return;
  const { names } = await ask("names", { q: text });
  byId("entity-names").replaceChildren(...names.map(({ name, type }) => option(name, type)));
}

async function change(what, told) {
  try {
    const { done } = await send(what, told);
    changed();
    await openNames(true);
    say(`done: ${done}`);
  } catch (error) {
    say(error.message);
  }
}

export function openNewName(text, then) {
  const name = make("input", { value: text.split(";").at(-1).trim(), "aria-label": "Name", required: true, dir: "auto" });
  const type = typeList("Person", "Type");
  const description = make("input", { "aria-label": "Description", placeholder: "who or what it is, in a few words" });
  const into = make("input", { "aria-label": "Or it is another name of", placeholder: "or it is another name of …" });
  into.setAttribute("list", "entity-names");
  into.addEventListener("input", () => suggest(into.value));
  const form = make("form", { className: "ask" }, make("p", { className: "said", role: "status" }), name, type, description, into, make("button", { textContent: "Add the name" }));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { id } = await send("entity", { name: name.value, type: type.value, description: description.value });
      if (into.value.trim()) await send("merge", { keep: into.value.trim(), gone: `:${id}` });
      dialog.close();
      then();
    } catch (error) {
      say(error.message);
    }
  });
  panel("A new name", form);
  name.focus();
}

byId("close").addEventListener("click", () => dialog.close());
dialog.addEventListener("keydown", (event) => event.stopPropagation());
