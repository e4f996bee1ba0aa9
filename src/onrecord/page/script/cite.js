// How to cite a statement: as text, as BibTeX and as RIS.

function citing(statement) {
  const place = make("div", {});
  const fill = () => place.childElementCount || place.append(...citations(statement));
  return make("details", { class: "cite", toggle: fill }, make("summary", {}, "cite"), place);
}

const citations = (statement) =>
  [["Text", citedText], ["BibTeX", bibtex], ["RIS", ris]].map(([name, write]) =>
    make("div", {}, make("h5", {}, name), make("pre", { tabindex: 0, "aria-label": name }, write(statement))));

const addressPlain = ({ source: { url } }) => (url && /^https?:\/\//i.test(url) ? url : "");

function citedText(statement) {
  const { source: { publisher, title }, sentence, gist } = statement;
  const date = statement.date ? ` (${whenWords(statement)})` : " (undated)";
  const source = `${publisher}, “${title}”${date}.`;
  const parts = [`${sentence}: ${gist}`, source, addressPlain(statement), `[onrecord ${statement.name}]`];
  return parts.filter(Boolean).join(" ");
}

/** A value of BibTeX: what would end it or start a command is escaped. */
const texed = (text) => text.replace(/[\\{}]/g, "").replace(/[&%$#_]/g, "\\$&");

function bibtex(statement) {
  const { source: { publisher, title } } = statement;
  const fields = [
    ["title", `{${texed(title)}}`], ["author", `{${texed(publisher)}}`], ["year", statement.date.slice(0, 4)],
    ["url", addressPlain(statement)], ["note", texed(`${statement.sentence}: ${statement.gist}`)],
  ];
  const lines = fields.filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}},`);
  return [`@misc{onrecord-${statement.name},`, ...lines, "}"].join("\n");
}

function ris(statement) {
  const { source: { publisher, title } } = statement;
  const fields = [
    ["TY", "NEWS"], ["TI", title], ["PB", publisher], ["PY", statement.date.slice(0, 4)],
    ["DA", statement.date.replaceAll("-", "/")], ["UR", addressPlain(statement)], ["ID", statement.name],
    ["N1", `${statement.sentence}: ${statement.gist}`],
  ];
  const lines = fields.filter(([, value]) => value).map(([name, value]) => `${name}  - ${value.replace(/\s+/g, " ")}`);
  return [...lines, "ER  - "].join("\n");
}
