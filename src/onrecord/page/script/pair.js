// Two names: how they are linked, step by step with the evidence, and what both say, side by side.

const MOST_A_STEP = 6; // names that stand beside each other on one step of a way
const MOST_A_CELL = 4;
const NO_WAY =
  "No lines on the map link these two, as far as the filters let them through. Side by side shows what both speak on.";

/** The two that are looked at together, and how; null where an address names none. */
function pairOf() {
  for (const how of ["linked", "beside"]) {
    const ends = state[how].split("~").map((key) => byKey.get(key)?.id);
    if (ends.length === 2 && ends.every((id) => id !== undefined) && ends[0] !== ends[1]) return { how, ends };
  }
  return null;
}

const showPair = (how, one, two) =>
  change({ linked: "", beside: "", node: "", line: "", statement: "", [how]: `${one.key}~${two.key}` });

/** A field for a second name, and what to do with the two. */
function pairForm(node) {
  const attributes = { placeholder: "another name", "aria-label": "Another name" };
  const input = make("input", { id: "second", list: "names", ...attributes });
  const go = (how) => () => {
    const other = namesThatHold(input.value, nodes)[0];
    if (other && other !== node) showPair(how, node, other);
    else announce("There is no such name here.");
  };
  input.addEventListener("keydown", (event) => event.key === "Enter" && go("linked")());
  return make("div", { class: "pair" }, make("span", {}, "With "), input,
    button("How linked?", go("linked")), button("Side by side", go("beside")));
}

function startNames() {
  const options = entities.map((node) => make("option", { value: node.label }));
  document.body.append(make("datalist", { id: "names" }, options));
}

function pairView({ how, ends }) {
  const isPassing = how === "beside" ? [...entityPieces, ...topicPieces] : entityPieces;
  const pieces = isPassing.filter(piecePasses);
  return how === "linked" ? linkedView(ends, pieces) : besideView(ends, pieces);
}

/** How many steps each node is away from the first, as far as the second. */
function distances(start, end, pieces) {
  const near = new Map();
  for (const { from, to } of pieces) {
    near.set(from, [...(near.get(from) || []), to]);
    near.set(to, [...(near.get(to) || []), from]);
  }
  const far = new Map([[start, 0]]);
  const waiting = [start];
  while (waiting.length && !far.has(end)) {
    const here = waiting.shift();
    for (const next of near.get(here) || []) {
      if (far.has(next)) continue;
      far.set(next, far.get(here) + 1);
      waiting.push(next);
    }
  }
  return { far, near };
}

/** The nodes of the shortest ways, step by step from the first to the second; none where there is no way. */
function stepsBetween([start, end], pieces) {
  const { far, near } = distances(start, end, pieces);
  if (!far.has(end)) return [];
  const steps = [[end]];
  for (let step = far.get(end) - 1; step >= 0; step -= 1) {
    const before = unique(steps[0].flatMap((id) => near.get(id))).filter((id) => far.get(id) === step);
    steps.unshift(before.sort(byEvidence).slice(0, MOST_A_STEP));
  }
  return steps;
}

const byEvidence = (one, two) => nodes[two].statements.length - nodes[one].statements.length || one - two;

function linkedView(ends, pieces) {
  const steps = stepsBetween(ends, pieces);
  const stepOf = new Map(steps.flatMap((ids, step) => ids.map((id) => [id, step])));
  const isOnWay = ({ from, to }) => Math.abs(stepOf.get(from) - stepOf.get(to)) === 1;
  const lines = linesOf(pieces.filter(isOnWay)).filter(isEnough);
  const columns = steps.length ? steps : ends.map((id) => [id]);
  return pairResult(lines, columns, { steps });
}

/** Both, and between them what they both speak of or are linked to. */
function besideView(ends, pieces) {
  const others = ends.map((id) => new Set(neighboursOf(id, pieces)));
  const both = [...others[0]].filter((id) => others[1].has(id) && !ends.includes(id)).sort(byEvidence);
  const among = new Set([...ends, ...both]);
  const isOfEither = ({ from, to }) => ends.includes(from) || ends.includes(to);
  const own = pieces.filter((part) => among.has(part.from) && among.has(part.to) && isOfEither(part));
  const half = Math.ceil(both.length / 2);
  const middles = both.length > 7 ? [both.slice(0, half), both.slice(half)] : [both];
  return pairResult(linesOf(own).filter(isEnough), [[ends[0]], ...middles, [ends[1]]], {});
}

function pairResult(lines, columns, rest) {
  const shownNodes = new Set(columns.flat());
  const none = new Set();
  return {
    nodes: shownNodes, guests: none, seated: none, lines, also: [], total: shownNodes.size,
    places: inColumns(columns), ...rest,
  };
}

/** Columns from left to right, each around the middle. */
function inColumns(columns) {
  const place = (column, ids) => (id, row) => [id, [column * 260, (row - (ids.length - 1) / 2) * 90]];
  return new Map(columns.flatMap((ids, column) => ids.map(place(column, ids))));
}

function pairPanel({ how, ends }) {
  const [one, two] = ends.map((id) => nodes[id]);
  const other = how === "linked" ? "beside" : "linked";
  const words = other === "linked" ? "How are they linked?" : "Side by side";
  return [
    closing(),
    make("h2", {}, how === "linked" ? "How " : "", nodeButton(one.id), how === "linked" ? " and " : " beside ",
      nodeButton(two.id), how === "linked" ? " are linked" : ""),
    make("p", {}, button(words, () => showPair(other, one, two))),
    ...(how === "linked" ? linkedPanel() : besidePanel(ends)),
  ];
}

/** Each step of the ways: every line between the two columns, with its evidence. */
function linkedPanel() {
  if (!view.steps.length) {
    return [make("p", { class: "note" }, NO_WAY)];
  }
  const last = view.steps.length - 1;
  const stepOf = new Map(view.steps.flatMap((ids, step) => ids.map((id) => [id, step])));
  const firstOf = ({ from, to }) => Math.min(stepOf.get(from), stepOf.get(to));
  const linesOfStep = (step) => view.lines.filter((line) => firstOf(line) === step);
  return [
    make("p", { class: "meta" }, `${count(last, "step", "steps")}; the shortest ways over what is on the map.`),
    ...view.steps.slice(0, -1).flatMap((_, step) => [
      make("h3", { class: "section" }, `Step ${step + 1}`),
      ...linesOfStep(step).map((line) => folded(titleOf(line), newestFirst(line.statements))),
    ]),
  ];
}

/** What each of the two says on each topic: those that both speak on first. */
function besidePanel(ends) {
  const own = ends.map((id) => statements.filter((statement) => statement.actors.includes(id) && passes(statement)));
  const said = (side, key) => own[side].filter((statement) => statement.topics.includes(key));
  const rows = unique(own.flat().flatMap((statement) => statement.topics))
    .map((key) => ({ key, sides: [said(0, key), said(1, key)] }))
    .sort((one, two) => shareOfRow(two) - shareOfRow(one) || (one.key < two.key ? -1 : 1));
  if (!rows.length) return [make("p", { class: "note" }, "Neither speaks on a topic here.")];
  const head = headRow(["Topic", ...ends.map((id) => nodes[id].label)]);
  return [make("table", { class: "beside" }, head, make("tbody", {}, rows.map(besideRow)))];
}

const shareOfRow = ({ sides: [one, two] }) => (one.length && two.length ? 1000 : 0) + one.length + two.length;

const besideRow = ({ key, sides }) => make("tr", {},
  make("th", { scope: "row" }, topics.get(key)?.label ?? key),
  sides.map((list) => make("td", {}, list.length ? besideCell(list) : "–")));

function besideCell(list) {
  const ordered = newestFirst(list);
  const rest = ordered.slice(MOST_A_CELL);
  const brief = (statement) => make("p", { dir: "auto" },
    stanceTag(statement.stance, ""), " ", statement.gist, " ",
    permanentLink(statement, whenWords(statement)));
  return [
    ...ordered.slice(0, MOST_A_CELL).map(brief),
    ...(rest.length ? [make("details", {}, make("summary", {}, `${rest.length} more`), rest.map(brief))] : []),
  ];
}
