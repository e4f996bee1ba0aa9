// The map once more as a table: a row a line with all its statements, and below those that draw none.

let sorting = { column: -1, isDown: true };

function drawTable() {
  const table = at("table");
  table.hidden = !state.table;
  at("frame").hidden = state.table;
  if (state.table) table.replaceChildren(...tables());
}

const weightOf = (line) => line.statements.length;
const datesOf = (line) => line.statements.map(({ date }) => date).filter(Boolean).sort();
const byKeyOf = (one, two) => (one.key < two.key ? -1 : 1);

/** The columns: their name, what they are sorted by, and their cell. */
const COLUMNS = [
  ["Who", (line) => nodes[line.from].label, (line) => make("td", { dir: "auto" }, nodeButton(line.from))],
  ["does or says", (line) => line.phrases.join(", "), (line) => make("td", {}, lineButton(line))],
  ["to or about", (line) => nodes[line.to].label, (line) => make("td", { dir: "auto" }, nodeButton(line.to))],
  ["Stance", (line) => line.stance, (line) => make("td", {}, stanceTag(line.stance))],
  ["Statements", weightOf, (line) => make("td", { class: "number" }, String(weightOf(line)))],
  ["Sources", (line) => line.sources, (line) => make("td", { class: "number" }, String(line.sources))],
  ["Dates", (line) => datesOf(line).at(-1) || "", (line) => make("td", {}, spanWords(datesOf(line)))],
  ["In short, and where it stands", null, (line) => make("td", {}, evidenceList(line.statements))],
];

const lineButton = (line) =>
  button(line.phrases.join(", "), () => choose({ line: line.key }), { class: "name" });

const evidenceList = (list) => make("ul", { class: "evidence" }, newestFirst(list).map((statement) =>
  make("li", { dir: "auto" }, statement.gist, " ", sourceLink(statement))));

function tables() {
  const lines = [...view.lines].sort((one, two) => weightOf(two) - weightOf(one) || byKeyOf(one, two));
  return [
    make("table", { id: "lines" },
      make("caption", {}, `Lines on the map: ${lines.length}`),
      make("thead", {}, make("tr", {}, COLUMNS.map(columnHead))),
      make("tbody", {}, sorted(lines).map((line) => make("tr", {}, COLUMNS.map(([, , cell]) => cell(line)))))),
    view.also.length > 0 && make("table", { id: "also" },
      make("caption", {}, `Also on the record, without a line: ${view.also.length}`),
      headRow(["What", "Why no line", "Stance", "Date", "In short", "Source"]),
      make("tbody", {}, newestFirst(view.also).map(alsoRow))),
  ].filter(Boolean);
}

/** A head that sorts by its column, first upwards, then downwards. */
function columnHead([name, value], column) {
  const isSorted = sorting.column === column;
  const order = isSorted && (sorting.isDown ? "descending" : "ascending");
  const sort = () => {
    sorting = { column, isDown: isSorted && !sorting.isDown };
    drawTable();
    at("lines").querySelectorAll("th")[column].firstChild.focus();
  };
  return make("th", { scope: "col", "aria-sort": order }, value ? button(name, sort, { class: "sort" }) : name);
}

function sorted(lines) {
  const value = COLUMNS[sorting.column]?.[1];
  if (!value) return lines;
  const way = sorting.isDown ? -1 : 1;
  const compare = (one, two) => (typeof one === "number" ? one - two : one.localeCompare(two, "en"));
  return [...lines].sort((one, two) => way * compare(value(one), value(two)) || byKeyOf(one, two));
}

const headRow = (names) => make("thead", {}, make("tr", {}, names.map((name) => make("th", { scope: "col" }, name))));

const shortDate = (date) => dateWords(date).replace(/([A-Z][a-z]{2})[a-z]+/, "$1");

const spanWords = (dates) =>
  (dates.length ? unique([dates[0], dates.at(-1)]).map(shortDate).join(" – ") : "undated");

const alsoRow = (statement) => make("tr", { "data-statement": statement.name },
  make("td", { dir: "auto" }, statement.sentence),
  make("td", {}, statement.caution || "on a topic"),
  make("td", {}, statement.stance ? stanceTag(statement.stance) : "–"),
  make("td", {}, whenWords(statement)),
  make("td", { dir: "auto" }, statement.gist),
  make("td", {}, sourceLink(statement)));
