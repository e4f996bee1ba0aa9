// The panel tells of what is chosen: an entity, a line, or how to read the map.

const MOST_CONNECTED = 10;
let told = null;

function drawPanel() {
  const line = chosenLine() || goneLine();
  const node = byKey.get(state.node);
  at("panel").replaceChildren(...panelOf(line, node).filter(Boolean));
  const chosen = ["line", "node", "step", "statement", "find", "linked", "beside"].map((name) => state[name]).join(" ");
  if (told !== null && told !== chosen) {
    at("panel").scrollTop = 0;
    announce(at("panel").querySelector("h2").textContent);
  }
  told = chosen;
}

function panelOf(line, node) {
  if (chosenStatement()) return statementPanel(chosenStatement());
  if (pairOf()) return pairPanel(pairOf());
  if (line) return linePanel(line);
  if (node) return nodePanel(node);
  return state.show === "story" ? storyPanel() : openingPanel();
}

/** The chosen line where a filter or another map hides it now: its evidence stays readable. */
const goneLine = () => state.line && linesOf([...entityPieces, ...topicPieces]).find((each) => each.key === state.line);

const closing = () => button("Close", () => choose({}), { class: "close" });

const number = (text) => make("span", { class: "number" }, String(text));

function openingPanel() {
  return [
    ...(filtersOn() ? foundPanel() : readingPanel()),
    view.groups && communityList(),
    entities.length > 1 && make("h3", {}, "Most connected"),
    make("ol", { class: "plain" }, mostConnected().map(({ node, times }) =>
      make("li", {}, nodeButton(node.id), number(count(times, "statement", "statements"))))),
    ...overTime(inScope().filter((statement) => passesBut(statement, "time"))),
  ];
}

const readingPanel = () => [
  make("h2", {}, "How to read this"),
  ...readingWords().map((text) => make("p", {}, text)),
];

const CARDS_AT_ONCE = 30;

/** What the filters find, as statements, newest first. */
function foundPanel() {
  const list = state.find ? bestFirst(shownStatements()) : newestFirst(shownStatements());
  const passing = `${count(list.length, "statement passes", "statements pass")} the filters`;
  const words = `“${state.find}”: ${count(list.length, "statement", "statements")}`;
  return [
    make("h2", {}, state.find ? words : passing),
    make("p", { class: "meta" }, state.find ? "The best matching first. " : "Newest first. ",
      state.find && button("Clear the search", () => change({ find: "" }))),
    cardsInParts(list),
  ];
}

/** Statements in the order of how well they match the search. */
const bestFirst = (list) =>
  [...list].sort((one, two) => asked.scores.get(two.id) - asked.scores.get(one.id) || one.id - two.id);

/** Cards, some at once, and a button that brings the next ones. */
function cardsInParts(list) {
  const place = make("div", { class: "cards" });
  const more = button("", () => add());
  let next = 0;
  const add = () => {
    place.append(...list.slice(next, next + CARDS_AT_ONCE).map(card));
    next += CARDS_AT_ONCE;
    more.textContent = `Show ${Math.min(CARDS_AT_ONCE, list.length - next)} more of ${list.length}`;
    more.hidden = next >= list.length;
  };
  add();
  return make("div", {}, place, more);
}

const EMPTY = [
  "There is nothing in this network yet.",
  "“onrecord add article.txt” reads statements from an article, from a PDF or from a page of the web; " +
    "“onrecord add records.jsonl” takes records that a person wrote.",
  "“onrecord review” shows what was found beside the words, to accept or reject.",
  "“onrecord view” then writes this page again.",
];
const NO_LINKS = "No two entities are linked here. Choose a name to read what is on the record.";
const PROPOSED = "proposed, not reviewed";

/** What the workspace itself says first, a paragraph each. */
const starting = () => data.start.split(/\n\s*\n/).filter((text) => text.trim());

function readingWords() {
  if (!statements.length) return EMPTY;
  if (!edges.length) return [...starting(), NO_LINKS];
  return [
    ...starting(),
    "Each line is something that one said or did to the other, with evidence. Its colour, head and mark say the " +
      `${data.texts.reading}; the thicker it is, the more statements stand behind it.`,
    "Choose a name to read what is on the record, or a line for the words and the source. What is planned, denied, " +
      "alleged or said on a topic draws no line between names: it stands beside them, under “Also on the record”.",
    "By keyboard: “/” searches, the arrow keys walk over the map, Enter opens, Escape closes.",
  ];
}

/** Those with most statements that pass the filters, and how many. */
function mostConnected() {
  const passing = (node) => node.statements.filter((statement) => !statement.failed).length;
  return entities
    .map((node) => ({ node, times: passing(node) }))
    .filter(({ times }) => times)
    .sort((one, two) => two.times - one.times || one.node.id - two.node.id)
    .slice(0, MOST_CONNECTED);
}

function nodeButton(id) {
  const node = nodes[id];
  return make("button", { type: "button", class: "name", dir: "auto", click: () => reveal(node.key) }, node.label);
}

/** The name, leading to the entity's own page where the map is served beside one. */
function nameOf(node) {
  if (!data.site) return node.label;
  return make("a", { href: placeOnSite(node.key), ...(isEmbedded && NEW_TAB) }, node.label);
}

function nodePanel(node) {
  const passing = node.statements.filter((statement) => passes(statement));
  const parts = shareOut(node, passing);
  return [
    closing(),
    make("h2", { dir: "auto" }, kindSwatch(kinds.get(node.kind) || kinds.get("other")), nameOf(node)),
    make("p", { class: "meta" }, joined([node.type, node.aliases.length && `also ${node.aliases.join(", ")}`])),
    node.description && make("p", { dir: "auto" }, node.description),
    stanceBar(node),
    stepsAround(node),
    !isTopic(node) && pairForm(node),
    hiddenWords(node.statements.length, passing.length),
    ...withJumps([
      ...section("", groupedBy(parts.by, (each) => data.relations[each.relation].label)),
      ...section("What others say or do", groupedBy(parts.about, (each) => data.relations[each.relation].inverse)),
    ]),
    ...section("Also on the record", groupedBy(parts.also, (each) => data.relations[each.relation].label)),
    ...differing(node.statements),
  ];
}

/** A node's statements: its own and others' that draw a line or speak on a topic, and those that draw none. */
function shareOut(node, list) {
  const isPlain = ({ caution }) => !caution || caution === BY_PROGRAM;
  const isActor = (statement) => statement.actors.includes(node.id);
  return {
    by: list.filter((each) => isPlain(each) && isActor(each)),
    about: list.filter((each) => isPlain(each) && !isActor(each)),
    also: list.filter((each) => !isPlain(each)),
  };
}

function groupedBy(list, title) {
  const groups = new Map();
  for (const each of newestFirst(list)) groups.set(title(each), [...(groups.get(title(each)) || []), each]);
  return [...groups].sort(([one, first], [two, second]) => second.length - first.length || (one < two ? -1 : 1));
}

function section(title, groups) {
  if (!groups.length) return [];
  return [
    title && make("h3", { class: "section" }, title, " ", number(groups.flatMap(([, list]) => list).length)),
    ...groups.map(([name, list]) => (name ? folded(name, list) : make("div", {}, list.map(card)))),
  ];
}

const MANY_GROUPS = 4;

/** Sections, and above them, where there are many groups, a button to each. */
function withJumps(parts) {
  const groups = parts.filter((part) => part?.matches?.(".group"));
  if (groups.length < MANY_GROUPS) return parts;
  const jumps = groups.map((group) => button(group.firstChild.textContent, () => group.scrollIntoView()));
  return [make("p", { class: "jumps" }, jumps), ...parts];
}

const folded = (name, list) =>
  make("details", { open: true, class: "group" },
    make("summary", {}, name, " ", number(list.length)), list.map(card));

/** How a node's own statements are spread over the stances, as a bar and in words. */
function stanceBar(node) {
  const own = node.statements.filter((each) => each.actors.includes(node.id) && each.stance);
  if (!own.length) return null;
  const counts = [...stances.keys()].map((key) => [key, own.filter((each) => each.stance === key).length]);
  const told = counts.filter(([, times]) => times);
  const bar = make("div", { class: "bar", "aria-hidden": "true" }, told.map(([key, times]) => {
    const part = make("span");
    part.style.flexGrow = times;
    part.style.background = colour(key);
    return part;
  }));
  const tags = told.map(([key, times]) => make("span", {}, `${times} `, stanceTag(key)));
  return make("div", {}, bar, make("p", { class: "meta" }, joined(tags)));
}

function stepsAround(node) {
  const isAround = state.show === "around" && state.around === node.key;
  const steps = [1, 2, 3].map((far) =>
    button(String(far), () => showAround(node.key, far), {
      "aria-pressed": String(isAround && state.steps === far),
      "aria-label": `Show what lies within ${count(far, "step", "steps")}`,
    }));
  const back = () => change({ show: HOME, around: "" });
  return make("p", { class: "steps" }, "Neighbours: ", steps, isAround && button("back to the map", back));
}

function hiddenWords(all, passing) {
  if (!all) return make("p", { class: "note" }, "Nothing is on the record here but the name.");
  if (all === passing) return null;
  const words = `${passing} of ${count(all, "statement", "statements")}; the filters hide the rest. `;
  return make("p", { class: "note" }, words, button("Show all", resetFilters));
}

function linePanel(line) {
  const speaksOf = (statement, id) => id === statement.object || statement.actors.includes(id);
  const both = (statement) => speaksOf(statement, line.from) && speaksOf(statement, line.to);
  const also = statements.filter((each) => both(each) && !line.statements.includes(each));
  return [
    closing(),
    make("h2", {}, nodeButton(line.from), " ", make("em", {}, line.phrases.join(", ")), " ", nodeButton(line.to)),
    make("p", { class: "meta" }, joined([
      line.isProposed && PROPOSED,
      stanceTag(line.stance),
      count(line.statements.length, "statement", "statements"),
      count(line.sources, "source", "sources"),
    ])),
    ...newestFirst(line.statements).map(card),
    ...section("Also on the record between them", groupedBy(also, () => "")),
  ];
}

const byName = new Map(statements.map((statement) => [statement.name, statement]));
const chosenStatement = () => byName.get(state.statement);
const statementLine = () => {
  const statement = chosenStatement();
  return statement && view.lines.find((line) => line.statements.includes(statement));
};

/** One statement by itself: where its permanent link leads. */
function statementPanel(statement) {
  const ends = unique(endsOf(statement));
  return [
    closing(),
    make("h2", {}, "One statement"),
    card(statement),
    make("p", {}, "More of ", joined(ends.map(nodeButton))),
  ];
}

const titleOf = (line) => `${nodes[line.from].label} ${line.phrases.join(", ")} ${nodes[line.to].label}`;
