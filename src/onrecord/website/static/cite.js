// The citation of a statement as files, made of what its page says of itself: the same that a server gives.
const told = JSON.parse(document.querySelector("script[type='application/ld+json']").textContent);
const { name: title, publisher, url = "", datePublished: date = "" } = told.appearance;
const id = told["@id"].split("/").pop();
const record = `On record: ${told["@id"]}`;
const line = (text) => text.replace(/\s+/g, " ").trim();
const SIGNS = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\^{}" };
const tex = (text) => line(text).replace(/[\\{}&%$#_~^]/g, (sign) => SIGNS[sign] ?? `\\${sign}`);
const given = (fields) => fields.filter(([, value]) => value);

function bibtex() {
  const fields = given([
    ["title", tex(title)], ["organization", tex(publisher)], ["year", date.slice(0, 4)],
    ["url", line(url).replaceAll("{", "%7B").replaceAll("}", "%7D")], ["note", record]]);
  return [`@online{onrecord-${id},`, ...fields.map(([name, value]) => `  ${name} = {${value}},`), "}", ""].join("\n");
}

function ris() {
  const fields = given([
    ["TY", "ELEC"], ["TI", line(title)], ["PB", line(publisher)], ["PY", date.slice(0, 4)],
    ["DA", date.replaceAll("-", "/")], ["UR", line(url)], ["N1", record]]);
  return [...fields.map(([tag, value]) => `${tag}  - ${value}`), "ER  - ", ""].join("\r\n");
}

function csl() {
  const item = { id: `onrecord-${id}`, type: "webpage", title, publisher, note: record };
  if (url) item.URL = url;
  if (date) item.issued = { "date-parts": [date.split("-").map(Number)] };
  return `${JSON.stringify([item], null, 2)}\n`;
}

const FORMS = [
  ["BibTeX", "bib", "application/x-bibtex", bibtex], ["RIS", "ris", "application/x-research-info-systems", ris],
  ["CSL-JSON", "json", "application/json", csl]];
const place = document.getElementById("citations");
for (const [name, ending, kind, write] of FORMS) {
  const link = document.createElement("a");
  link.href = `data:${kind};charset=utf-8,${encodeURIComponent(write())}`;
  link.download = `${id}.${ending}`;
  link.textContent = name;
  place.append(link, " ");
}
