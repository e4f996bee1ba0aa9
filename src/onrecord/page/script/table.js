// The map once more as a table: a row a line, and below the statements that draw none.

function drawTable() {
  const table = at("table");
  table.hidden = !state.table;
  at("frame").hidden = state.table;
  if (state.table) table.replaceChildren(...tables());
}

function tables() {
  const weight = (line) => line.statements.length;
  const lines = [...view.lines].sort((one, two) => weight(two) - weight(one) || (one.key < two.key ? -1 : 1));
  return [
    make("table", { id: "lines" },
      make("caption", {}, `Lines on the map: ${lines.length}`),
      headRow(["Who", "does or says", "to or about", "Stance", "Statements", "Sources", "Dates", "In short", "Source"]),
      make("tbody", {}, lines.map(lineRow))),
    view.also.length > 0 && make("table", { id: "also" },
      make("caption", {}, `Also on the record, without a line: ${view.also.length}`),
      headRow(["What", "Why no line", "Stance", "Date", "In short", "Source"]),
      make("tbody", {}, newestFirst(view.also).map(alsoRow))),
  ].filter(Boolean);
}

const headRow = (names) => make("thead", {}, make("tr", {}, names.map((name) => make("th", { scope: "col" }, name))));

const shortDate = (date) => dateWords(date).replace(/([A-Z][a-z]{2})[a-z]+/, "$1");

function lineRow(line) {
  const dates = line.statements.map((each) => each.date).filter(Boolean).sort();
  const span = dates.length ? unique([dates[0], dates.at(-1)]).map(shortDate).join(" – ") : "undated";
  const [newest] = newestFirst(line.statements);
  return make("tr", {},
    [nodes[line.from].label, null, nodes[line.to].label].map((name) => name === null
      ? make("td", {}, button(line.phrases.join(", "), () => choose({ line: line.key }), { class: "name" }))
      : make("td", { dir: "auto" }, name)),
    make("td", {}, stanceTag(line.stance)),
    make("td", { class: "number" }, String(line.statements.length)),
    make("td", { class: "number" }, String(line.sources)),
    make("td", {}, span),
    make("td", { dir: "auto" }, newest.gist),
    make("td", {}, sourceLink(newest, newest.source.publisher)));
}

const alsoRow = (statement) => make("tr", { "data-statement": statement.name },
  make("td", { dir: "auto" }, statement.sentence),
  make("td", {}, statement.caution || "on a topic"),
  make("td", {}, statement.stance ? stanceTag(statement.stance) : "–"),
  make("td", {}, whenWords(statement)),
  make("td", { dir: "auto" }, statement.gist),
  make("td", {}, sourceLink(statement, statement.source.publisher)));
