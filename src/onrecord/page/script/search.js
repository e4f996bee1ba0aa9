// Finds an entity or a topic by label or alias; "/" leads here.

const MOST_FOUND = 12;
let found = [];
let picked = 0;

function startSearch() {
  const input = make("input", {
    id: "search", type: "search", placeholder: "Search a name  ( / )", "aria-label": "Search by name or alias",
    role: "combobox", "aria-expanded": "false", "aria-controls": "found", "aria-autocomplete": "list",
    autocomplete: "off", spellcheck: "false", input: search, keydown: searchKey,
    blur: () => setTimeout(closeSearch, 150),
  });
  const list = make("ul", { id: "found", role: "listbox", "aria-label": "Names found", hidden: true });
  return make("div", { class: "search" }, input, list);
}

/** Nodes whose label or alias holds the text; those that begin with it first, then by evidence. */
function matches(text) {
  const wanted = fold(text.trim());
  if (!wanted) return [];
  const rank = (node) => {
    const names = [node.label, ...node.aliases].map(fold);
    if (names.includes(wanted)) return 0;
    if (names.some((name) => name.startsWith(wanted))) return 1;
    return names.some((name) => name.includes(wanted)) ? 2 : 3;
  };
  return nodes
    .map((node) => ({ node, rank: rank(node), weight: node.statements.length }))
    .filter((each) => each.rank < 3)
    .sort((one, two) => one.rank - two.rank || two.weight - one.weight || one.node.id - two.node.id)
    .slice(0, MOST_FOUND)
    .map((each) => each.node);
}

function search() {
  found = matches(at("search").value);
  picked = 0;
  drawFound();
}

function drawFound() {
  const list = at("found");
  const isOpen = at("search").value.trim() !== "";
  list.hidden = !isOpen;
  at("search").setAttribute("aria-expanded", String(isOpen));
  at("search").setAttribute("aria-activedescendant", found.length ? `found-${picked}` : "");
  list.replaceChildren(...found.map(foundItem));
  if (!found.length && isOpen) list.append(make("li", { class: "nothing" }, "no such name here"));
}

function foundItem(node, order) {
  const matching = node.aliases.find((alias) => fold(alias).includes(fold(at("search").value.trim())));
  const isNamed = fold(node.label).includes(fold(at("search").value.trim()));
  const isPicked = String(order === picked);
  return make("li", { id: `found-${order}`, role: "option", "aria-selected": isPicked, mousedown: () => take(node) },
    kindSwatch(kinds.get(node.kind) || kinds.get("other")),
    make("span", { dir: "auto" }, isNamed || !matching ? node.label : `${node.label} (${matching})`),
    make("span", { class: "number" }, String(node.statements.length)));
}

function take(node) {
  at("search").value = "";
  closeSearch();
  const isOff = isTopic(node) && !state.topics;
  if (isOff) state.topics = true;
  if (isOff) showAround(node.key, 1);
  else reveal(node.key);
}

function closeSearch() {
  at("found").hidden = true;
  at("search").setAttribute("aria-expanded", "false");
}

function searchKey(event) {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps && found.length) {
    picked = (picked + steps[event.key] + found.length) % found.length;
    drawFound();
    event.preventDefault();
  } else if (event.key === "Enter" && found[picked]) {
    take(found[picked]);
  } else if (event.key === "Escape") {
    at("search").value = "";
    closeSearch();
    event.stopPropagation();
  }
}
