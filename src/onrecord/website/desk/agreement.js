// How far coders agree, and side by side what each made of the same words: one click to each.
import { ask } from "./ask.js";
import { make, option } from "./dom.js";
import { panel } from "./names.js";

const MOST = 50;

export async function openAgreement(openDocument) {
  const { variables, pairs, coders, disagreements } = await ask("agreement");
  if (!variables) {
    panel("Agreement", make("p", { textContent: "It takes two coders, or a program and a person, who coded one article." }));
    return;
  }
  panel("Agreement", table("By variable", variables), table("By pair", pairs), make("h3", { textContent: "Where they differ" }), ...listed(disagreements, coders, openDocument));
}

function listed(disagreements, coders, openDocument) {
  const coder = choice("Coder", ["every coder", ...coders]);
  const field = choice("Field", ["every field", ...new Set(disagreements.flatMap(({ fields }) => fields)), "not coded"]);
  const count = make("p", { className: "meta", role: "status" });
  const list = make("ol", { className: "rows" });
  const more = make("button", { type: "button", className: "plain", textContent: "More" });
  const show = (from) => {
    const kept = disagreements.filter((row) => isOf(row, coder) && isIn(row, field));
    const rows = kept.slice(from, from + MOST).map((row, at) => item(row, from + at + 1, openDocument));
    if (from) list.append(...rows);
    else list.replaceChildren(...rows);
    count.textContent = `${kept.length} of ${disagreements.length} passages`;
    more.hidden = list.children.length >= kept.length;
  };
  for (const select of [coder, field]) select.addEventListener("change", () => show(0));
  more.addEventListener("click", () => show(list.children.length));
  show(0);
  return [make("div", { className: "line" }, coder, field), count, list, more];
}

function choice(label, values) {
  return make("select", { "aria-label": label }, ...values.map((value) => option(value)));
}

const isFirst = ({ selectedIndex }) => selectedIndex === 0;
const isOf = ({ sides, missing }, coder) => isFirst(coder) || missing.includes(coder.value) || sides.some((side) => side.coder === coder.value);

function isIn({ fields, missing }, field) {
  if (isFirst(field)) return true;
  return field.value === "not coded" ? missing.length > 0 : fields.includes(field.value);
}

function item({ document, words, sides, fields, missing }, number, openDocument) {
  const columns = [...sides, ...missing.map((coder) => ({ coder }))];
  const head = make("tr", {}, make("td"), ...columns.map((side) => make("th", { scope: "col" }, heading(side, document, openDocument))));
  const names = Object.keys(sides[0].codes).filter((name) => sides.some(({ codes }) => codes[name]));
  const lines = names.map((name) => line(name, columns, fields.includes(name)));
  const compared = make("table", { className: "compared" }, make("thead", {}, head), make("tbody", {}, ...lines));
  const passage = make("blockquote", { textContent: words, dir: "auto", hidden: !words });
  return make("li", { className: "card" }, passage, make("div", { className: "wide", tabIndex: 0, role: "region", "aria-label": `${number}: ${words || sides[0].says}` }, compared));
}

function heading({ coder, id, says }, document, openDocument) {
  if (!id) return make("span", { className: "meta", textContent: `${coder}: not coded` });
  const made = make("button", { type: "button", className: "says", textContent: coder, title: says });
  made.addEventListener("click", () => {
    made.closest("dialog").close();
    openDocument(document, id);
  });
  return made;
}

function line(name, columns, isDifferent) {
  const cells = columns.map(({ codes }) => make("td", { textContent: codes?.[name] || "–", dir: "auto" }));
  const head = make("th", { scope: "row", textContent: isDifferent ? `≠ ${name}` : name });
  return make("tr", { className: isDifferent ? "differs" : "" }, head, ...cells);
}

function table(title, rows) {
  const columns = Object.keys(rows[0] ?? {});
  const head = make("tr", {}, ...columns.map((column) => make("th", { scope: "col", textContent: column })));
  const lines = rows.map((row) => make("tr", {}, ...columns.map((column) => make("td", { textContent: row[column] ?? "–" }))));
  return make("div", { className: "wide", tabIndex: 0, role: "region", "aria-label": title }, make("table", {}, make("caption", { textContent: title }), make("thead", {}, head), make("tbody", {}, ...lines)));
}
