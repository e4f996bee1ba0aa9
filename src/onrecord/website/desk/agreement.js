// How far coders agree, with the statements on which they do not: one click to each.
import { ask } from "./ask.js";
import { make } from "./dom.js";
import { panel } from "./names.js";

export async function openAgreement(openDocument) {
  const { variables, pairs, disagreements } = await ask("agreement");
  if (!variables) {
    panel("Agreement", make("p", { textContent: "It takes two coders, or a program and a person, who coded one article." }));
    return;
  }
  const rows = disagreements.map(({ document, id, says, differ }) => {
    const made = make("button", { type: "button", className: "says", textContent: says, dir: "auto" });
    made.addEventListener("click", () => {
      made.closest("dialog").close();
      openDocument(document, id);
    });
    return make("li", {}, made, make("p", { className: "meta", textContent: differ }));
  });
  panel("Agreement", table("By variable", variables), table("By pair", pairs), make("h3", { textContent: "Where they differ" }), make("ol", { className: "rows" }, ...rows));
}

function table(title, rows) {
  const columns = Object.keys(rows[0] ?? {});
  const head = make("tr", {}, ...columns.map((column) => make("th", { scope: "col", textContent: column })));
  const lines = rows.map((row) => make("tr", {}, ...columns.map((column) => make("td", { textContent: row[column] ?? "–" }))));
  return make("div", { className: "wide", tabIndex: 0, role: "region", "aria-label": title }, make("table", {}, make("caption", { textContent: title }), make("thead", {}, head), make("tbody", {}, ...lines)));
}
