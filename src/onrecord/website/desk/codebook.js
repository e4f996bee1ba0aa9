// The codebook, which stays beside the article while one codes: definitions, and the coder's own examples.
import { ask } from "./ask.js";
import { byId, make } from "./dom.js";

const box = byId("codebook");

export async function toggle(words, openDocument) {
  box.hidden = !box.hidden;
  if (box.hidden) return;
  const { examples } = await ask("examples");
  const filter = make("input", { type: "search", "aria-label": "Find a code", placeholder: "Find a code" });
  const close = make("button", { type: "button", className: "plain", textContent: "Close" });
  const parts = make("div");
  const show = () => parts.replaceChildren(...sections(words, examples, filter.value.trim().toLowerCase(), openDocument));
  filter.addEventListener("input", show);
  close.addEventListener("click", leave);
  show();
  box.replaceChildren(make("div", { className: "line" }, make("h2", { textContent: "Codebook" }), filter, close), parts);
  filter.focus();
}

function leave() {
  box.hidden = true;
  byId("list").focus({ preventScroll: true });
}

function sections({ relations, topics, codes }, examples, text, openDocument) {
  const groups = [["Says or does", relations], ["Topics", topics], ...Object.entries(codes).map(([name, values]) => [name.replaceAll("_", " "), values])];
  const holds = ({ label, definition }) => `${label} ${definition}`.toLowerCase().includes(text);
  const shown = groups.map(([title, codes]) => [title, codes.filter(holds)]).filter(([, codes]) => codes.length);
  return shown.flatMap(([title, codes]) => [make("h3", { textContent: title }), make("dl", {}, ...codes.flatMap((code) => entry(code, examples[code.key] ?? [], openDocument)))]);
}

function entry({ label, definition }, examples, openDocument) {
  const shown = examples.map(({ id, document, says }) => {
    const made = make("button", { type: "button", className: "place", textContent: `e.g. ${says}`, dir: "auto" });
    made.addEventListener("click", () => openDocument(document, id));
    return made;
  });
  return [make("dt", { textContent: label }), make("dd", {}, definition, ...shown)];
}

box.addEventListener("keydown", (event) => {
  if (event.key === "Escape") leave();
  event.stopPropagation();
});
