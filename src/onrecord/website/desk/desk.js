// The desk: an article, its statements, and one key for each verdict.
import { ask, send } from "./ask.js";
import { alarm, byId, link, make, option } from "./dom.js";
import * as editor from "./editor.js";
import * as marks from "./marks.js";
import * as names from "./names.js";
import { Flow } from "./flow.js";
import * as verdicts from "./verdicts.js";

const LAST = 10;
const KEYS = {
  a: ["accept", () => judge("accepted")], r: ["reject", () => judge("rejected")], s: ["skip", skip],
  e: ["edit and accept", () => edit()], f: ["flag with a note", flag], u: ["take the last verdict back", undo],
  n: ["next article", nextDocument], p: ["article before", documentBefore], c: ["code the marked words", code], t: ["to the text: arrows move, Shift marks", toText],
  j: ["next statement", () => step(1)], k: ["statement before", () => step(-1)],
  q: ["queue", openQueue], m: ["names", () => names.openNames()], b: ["codebook beside the article", toggleCodebook],
  "?": ["these keys", openHelp],
};
// What hands are used to from Prodigy, and the arrows.
const ALSO = { x: "r", " ": "s", Backspace: "u", ArrowDown: "j", ArrowUp: "k" };
const state = { document: null, chosen: null, wanted: null, done: [], judged: new Set(), left: 0, words: null };
const flow = new Flow((left) => { state.left = left; });
let arriving = null;

// While an article is on its way, keys wait: no verdict falls on the one that is left.
function arrive(opening) {
  const mine = opening.finally(() => {
    if (arriving !== mine) return;
    arriving = null;
    byId("main").removeAttribute("aria-busy");
  });
  arriving = mine;
  byId("main").setAttribute("aria-busy", "true");
  return mine;
}

function openDocument(id, choose = null) {
  return arrive(showDocument(id, choose));
}

function nextDocument() {
  return arrive(showNext());
}

function documentBefore() {
  return arrive(showBefore());
}

async function start() {
  if (!document.body.dataset.coder) return hello();
  try {
    const [words] = await Promise.all([ask("words"), flow.read()]);
    state.words = words;
    editor.teach(state.words);
    names.teach(state.words, () => state.document && openDocument(state.document.id), openDocument);
    const first = document.body.dataset.document || flow.lines[0]?.document || (await ask("documents")).documents[0]?.id;
    byId("main").hidden = false;
    if (first) await openDocument(first);
    else alarm("There is no document here yet: onrecord add FILE brings one.");
    if (!CSS.highlights) alarm("This browser is too old to show marks in the text; verdicts work.");
  } catch (error) {
    alarm(error.message);
  }
}

function hello() {
  const form = byId("hello");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { coder } = await send("coder", { name: byId("coder").value });
      document.body.dataset.coder = coder;
      form.hidden = true;
      await start();
    } catch (error) {
      alarm(error.message);
    }
  });
}

async function showDocument(id, choose = null) {
  state.wanted = id;
  const opened = await flow.document(id);
  if (state.wanted !== id) return;
  state.document = opened;
  byId("title").textContent = opened.title;
  const dated = opened.published ? ` · ${opened.published}` : "";
  byId("source").replaceChildren(`${opened.publisher}${dated} `, ...(opened.url ? [link(opened.url, "the article")] : []));
  marks.show(opened.text || opened.statements.map(({ words }) => words).filter(Boolean).join("\n\n"));
  const wanted = opened.statements.find((statement) => statement.id === choose);
  state.chosen = wanted ?? opened.statements.find(isWaiting) ?? opened.statements[0] ?? null;
  list(true);
  requestIdleCallback(() => flow.prepare(state.document.id, state.chosen?.id));
}

const isWaiting = (statement) => statement.status === "unreviewed";

function list(isOpening = false) {
  byId("list").replaceChildren(...state.document.statements.map(card));
  if (!state.document.statements.length) {
    byId("list").append(make("li", { className: "note", textContent: "No statements yet. Mark words in the article and press c." }));
  }
  drawChosen(isOpening);
}

function card(statement) {
  const says = make("button", { type: "button", className: "says", textContent: statement.says, dir: "auto" });
  says.addEventListener("click", () => choose(statement));
  const made = make("li", { className: `card ${statement.status}` }, says, ...details(statement));
  made.dataset.id = statement.id;
  return made;
}

function details(statement) {
  const { stance, topics, negated } = statement.fields;
  const how = [stance, topicNames(topics), negated === "true" ? "negated" : ""].filter(Boolean).join(" · ");
  const who = statement.is_machine ? `program, sure\u00a0${statement.fields.confidence}` : `by ${statement.made_by}`;
  const verdict = isWaiting(statement) ? "waits" : `${statement.status}${statement.by ? ` by ${statement.by}` : ""}`;
  const rows = [make("p", { className: "meta", textContent: [how, verdict, who].filter(Boolean).join(" · ") })];
  if (statement.past.length) rows.push(make("p", { className: "meta", textContent: `before: ${statement.past.map(({ status, by }) => `${status} by ${by}`).join(", ")}` }));
  if (statement.note) rows.push(make("p", { className: "caution", textContent: `flagged: ${statement.note}` }));
  if (statement.revisions.length) rows.push(make("p", { className: "meta", textContent: statement.revisions.map(({ field, was, by }) => `${field} was ${was || "empty"}${by ? ` (${by})` : ""}`).join(" · ") }));
  return rows;
}

function topicNames(keys) {
  const label = (key) => state.words.topics.find((topic) => topic.key === key)?.label ?? key;
  return keys.split("; ").map(label).join(", ");
}

function redraw(statement, id = statement.id) {
  const old = byId("list").querySelector(`[data-id="${id}"]`);
  old?.replaceWith(card(statement));
}

function drawChosen(isOpening = false) {
  for (const item of byId("list").children) {
    const is = item.dataset.id === state.chosen?.id;
    item.classList.toggle("chosen", is);
    if (is) item.setAttribute("aria-current", "true");
    else item.removeAttribute("aria-current");
    if (is && !(isOpening && isOnePage())) item.scrollIntoView({ block: "nearest" });
  }
  marks.mark(state.document.statements, state.chosen);
  if (state.chosen) marks.reveal(state.chosen);
  tellProgress();
}

// Where all scrolls as one page, it opens at its top.
const isOnePage = () => getComputedStyle(byId("list").parentElement).overflowY === "visible";

function tellProgress() {
  const here = state.document.statements.filter(isWaiting).length;
  byId("progress").textContent = `${here} of ${Math.max(here, state.left)} wait · ${state.judged.size} judged · ${document.body.dataset.coder}`;
}

function choose(statement) {
  state.chosen = statement;
  drawChosen();
}

function step(by, onlyWaiting = false) {
  const { statements } = state.document;
  let at = statements.indexOf(state.chosen) + by;
  while (onlyWaiting && statements[at] && !isWaiting(statements[at])) at += by;
  if (statements[at]) choose(statements[at]);
  else if (onlyWaiting) leave();
}

function leave() {
  nextDocument().catch((error) => alarm(error.message));
}

// To what comes next: in the article, or where the queue is sorted or filtered, in the queue.
function advance() {
  if (!flow.isSorted) return step(1, true);
  const next = flow.after(state.chosen?.id);
  if (next) goTo(next);
  else leave();
}

function goTo(line) {
  const here = line.document === state.document.id && state.document.statements.find(({ id }) => id === line.id);
  if (here) choose(here);
  else openDocument(line.document, line.id).catch((error) => alarm(error.message));
}

function skip() {
  flow.skip(state.chosen?.id);
  advance();
}

async function showNext() {
  const next = await flow.next(state.document?.id);
  if (next) return showDocument(next.document, next.id);
  if (flow.isSorted) return alarm("Nothing else waits in this queue; q opens it.");
  const following = await beside(1);
  if (following) await showDocument(following.id);
  alarm(following ? "Nothing else waits: this is the next article of all." : "Nothing else waits for review, and this is the last article.");
}

// What a coder by hand reads, whether a program found something in it or not.
async function beside(by) {
  const { documents } = await ask("documents");
  return documents[documents.findIndex(({ id }) => id === state.document?.id) + by];
}

async function showBefore() {
  const before = await beside(-1);
  if (before) await showDocument(before.id);
  else alarm("This is the first article.");
}

function judge(status, fields = {}, note = "") {
  const statement = state.chosen;
  if (!statement) return;
  const before = { ...statement };
  const verdict = { id: statement.id, document: state.document.id, version: statement.version, status, fields, note };
  const opened = state.document;
  const wasWaiting = isWaiting(statement);
  Object.assign(statement, { status, note, by: document.body.dataset.coder });
  if (wasWaiting && status !== "unreviewed") state.left -= 1;
  flow.mark(statement.id, status);
  remember(statement, status === "unreviewed" ? "flagged" : status, opened.id);
  redraw(statement);
  advance();
  if (state.chosen === statement) drawChosen();
  verdicts.give(verdict, (result) => judged(statement, before, result, opened, fields));
}

function judged(statement, before, result, opened, fields) {
  if (result.error) {
    forget(statement.id);
    flow.mark(statement.id, before.status);
    if (isWaiting(before) && !isWaiting(statement)) state.left += 1;
    Object.assign(statement, before);
    if (result.conflict) conflict(statement, result);
    else if (opened === state.document && Object.keys(fields).length) return editAgain(statement, fields, result.error);
    else alarm(`${statement.says}: ${result.error}`);
  }
  if (result.card) Object.assign(statement, result.card);
  if (statement.id !== before.id) rename(before.id, statement.id);
  if (opened !== state.document) return;
  redraw(statement, before.id);
  drawChosen();
}

// Where coding is blind, a verdict on what another has judged makes a statement of the coder's own.
function rename(old, id) {
  for (const row of [...flow.lines, ...state.done]) if (row.id === old) row.id = id;
}

function conflict(mine, { card: theirs, error }) {
  const sides = [["As you saw it", mine], ["As it stands now", theirs]].map(([title, told]) => {
    const rows = state.words.fields.filter((name) => mine.fields[name] !== theirs.fields[name]).map((name) => make("p", { textContent: `${name}: ${told.fields[name] || "empty"}` }));
    return make("section", { className: "card" }, make("h3", { textContent: title }), make("p", { className: "gist", textContent: told.says }), make("p", { className: "meta", textContent: `${told.status}${told.by ? ` by ${told.by}` : ""}` }), ...rows);
  });
  names.panel("Somebody else was quicker", make("p", { className: "warning", textContent: `${error}. Nothing of it was overwritten; judge it again if you still want to.` }), make("div", { className: "sides" }, ...sides));
}

function remember(statement, status, documentId) {
  forget(statement.id);
  state.judged.add(statement.id);
  state.done.unshift({ id: statement.id, says: statement.says, status, document: documentId });
  state.done.length = Math.min(state.done.length, LAST);
  listDone();
}

function forget(id) {
  state.judged.delete(id);
  state.done = state.done.filter((verdict) => verdict.id !== id);
  listDone();
}

function listDone() {
  byId("done").replaceChildren(...state.done.map((verdict) => {
    const back = make("button", { type: "button", className: "plain", textContent: "Take back", "aria-label": `Take back: ${verdict.status}, ${verdict.says}` });
    back.addEventListener("click", () => takeBack(verdict));
    return make("li", {}, make("span", { textContent: `${verdict.status}: ${verdict.says}` }), back);
  }));
}

function undo() {
  if (state.done.length) takeBack(state.done[0]);
  else alarm("Nothing of yours to take back.");
}

async function takeBack(verdict) {
  forget(verdict.id);
  await verdicts.settled();
  try {
    await send("undo", { id: verdict.id });
    flow.mark(verdict.id, "unreviewed");
    state.left += 1;
    await openDocument(verdict.document, verdict.id);
  } catch (error) {
    alarm(error.message);
  }
}

function edit(typed = {}) {
  if (!state.chosen) return;
  editor.open(state.chosen, null, (fields) => {
    editor.close();
    judge("accepted", fields);
  }, typed);
}

// What was typed and refused is not lost.
function editAgain(statement, fields, fault) {
  redraw(statement);
  choose(statement);
  edit(fields);
  editor.fail(fault);
}

function code() {
  const place = marks.selected();
  editor.open(null, place, async (fields) => {
    try {
      await verdicts.settled();
      const { card: added } = await send("add", { document: state.document.id, fields });
      state.document.statements.push(added);
      state.document.statements.sort((one, two) => (one.start ?? 0) - (two.start ?? 0));
      remember(added, "coded", state.document.id);
      const stay = state.chosen;
      list();
      editor.close();
      choose(stay ?? added);
    } catch (error) {
      editor.fail(error.message);
    }
  });
}

function flag() {
  if (!state.chosen) return;
  const note = make("input", { "aria-label": "Note", required: true, maxLength: 500 });
  const form = make("form", { className: "ask" }, make("p", { textContent: state.chosen.says, dir: "auto" }), note, make("button", { textContent: "Flag" }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    byId("panel").close();
    judge("unreviewed", {}, note.value);
  });
  names.panel("Flag with a note", form);
  note.focus();
}

function toText() {
  marks.startAt(state.chosen);
  byId("text").focus();
}

async function openQueue() {
  const order = make("select", { "aria-label": "Order" }, option("document", "by article"), option("sure", "least sure first"), option("actor", "by actor"), option("new", "new names first"));
  order.value = flow.order;
  const filter = make("input", { type: "search", value: flow.text, "aria-label": "Only what holds", placeholder: "only what holds …" });
  const count = make("p", { className: "meta", role: "status" });
  const rows = make("ol", { className: "rows" });
  const more = make("button", { type: "button", className: "plain", textContent: "More", hidden: true });
  const documents = make("details", {}, make("summary", { textContent: "All articles" }));
  const show = async (offset = 0) => {
    Object.assign(flow, { order: order.value, text: filter.value.trim() });
    const total = await flow.read(offset);
    count.textContent = `${total} wait${flow.isSorted ? ", and come one after the other in this order" : ""}`;
    rows.replaceChildren(...flow.lines.map(queueLine));
    more.hidden = flow.lines.length >= total;
  };
  order.addEventListener("change", () => show());
  filter.addEventListener("input", () => show());
  more.addEventListener("click", () => show(flow.lines.length));
  documents.addEventListener("toggle", async () => {
    const all = (await ask("documents")).documents;
    documents.replaceChildren(documents.firstChild, ...all.map(({ id, title }) => opener(title, id)));
  }, { once: true });
  names.panel("Queue", make("div", { className: "line" }, order, filter), count, rows, more, documents);
  filter.focus();
  await show();
}

function opener(text, id, statement = null) {
  const made = make("button", { type: "button", className: "says", textContent: text, dir: "auto" });
  made.addEventListener("click", async () => {
    byId("panel").close();
    await openDocument(id, statement);
  });
  return made;
}

function queueLine(line) {
  const flagged = line.note ? ` · flagged: ${line.note}` : "";
  const named = line.new ? ` · new name: ${line.new}` : "";
  return make("li", {}, opener(line.says, line.document, line.id), make("p", { className: "meta", textContent: `${line.title} · sure ${line.sure.toFixed(2)}${named}${flagged}` }));
}

function openHelp() {
  const rows = Object.entries(KEYS).map(([key, [text]]) => make("tr", {}, make("th", { scope: "row" }, make("kbd", { textContent: key })), make("td", { textContent: text })));
  names.panel("Keys", make("table", {}, make("tbody", {}, ...rows)), make("p", { className: "note", textContent: "In the form: Enter saves, Escape leaves. As in Prodigy, x rejects, space skips and backspace takes back." }));
}

async function toggleCodebook() {
  const { toggle } = await import("./codebook.js");
  await toggle(state.words, openDocument);
}

async function openAgreement() {
  const { openAgreement: open } = await import("./agreement.js");
  await open(openDocument);
}

const PANELS = { queue: openQueue, names: () => names.openNames(), codebook: toggleCodebook, agreement: openAgreement, help: openHelp };
for (const button of document.querySelectorAll("[data-open]")) {
  button.addEventListener("click", () => PANELS[button.dataset.open]()?.catch((error) => alarm(error.message)));
}
for (const button of document.querySelectorAll("[data-key]")) {
  button.addEventListener("click", () => act(button.dataset.key));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || !state.document) return;
  if (event.target.matches("input, select, textarea")) return;
  if (event.target.id === "text" && marks.moveByKey(event)) return;
  if (event.key === " " && event.target.closest("button, summary, a")) return;
  const key = ALSO[event.key] ?? event.key;
  if (!Object.hasOwn(KEYS, key)) return;
  event.preventDefault();
  act(key);
});

async function act(key) {
  const [, does] = KEYS[key];
  alarm("");
  try {
    while (arriving) await arriving;
    await does();
  } catch (error) {
    alarm(error.message);
  }
}

byId("text").addEventListener("click", (event) => {
  if (marks.selected()) return;
  const at = marks.pointAt(event);
  const hits = state.document.statements.filter(({ start, end }) => at !== null && start !== null && start <= at && at < end);
  if (!hits.length) return;
  choose(hits[(hits.indexOf(state.chosen) + 1) % hits.length]);
});
document.addEventListener("selectionchange", () => {
  byId("marker").hidden = !state.document || editor.isOpen() || !marks.selected();
});
byId("code").addEventListener("mousedown", (event) => event.preventDefault());
byId("code").addEventListener("click", code);

start();
