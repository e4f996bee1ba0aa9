// The list of statements: facets with live counts, a sort, pages and CSV of what is chosen; all of it in the address.
const here = document.querySelector("script[data-records]");
const from = (name) => new URL(here.dataset[name], location.href).href;
const at = (id) => document.getElementById(id);
const { card, element, folded, records } = await import(from("tools"));
const A_PAGE = 50;
const MOST_VALUES = 12;
const { statements, names, families } = await records(here.dataset.records);
const name = (key) => names[key] ?? key;
const topics = ({ topics: own }) => [...new Set(own.flatMap((key) => [key, families[key]].filter(Boolean)))];
const FACETS = {
  actor: ["Who", ({ actors }) => actors, name],
  topic: ["Topic", topics, name],
  relation: ["Says or does", ({ relation }) => [relation], name],
  stance: ["Stance", ({ stance }) => [stance || "none"], (key) => key],
  review: ["Reviewed", ({ review }) => [review], (key) => key],
  publisher: ["Publisher", ({ publisher }) => [publisher], (key) => key],
  year: ["Year", ({ date }) => [date.slice(0, 4) || "undated"], (key) => key],
};
const SORTS = {
  newest: ["newest first", null],
  oldest: ["oldest first", (one, two) => (one.date || "9").localeCompare(two.date || "9")],
  actor: ["by name", (one, two) => name(one.actors[0]).localeCompare(name(two.actors[0]))],
};
const state = new URLSearchParams(location.search);
const panel = at("facets");

const chosen = (facet) => state.getAll(facet);
const holds = (statement, facet) => {
  const wanted = chosen(facet);
  return !wanted.length || FACETS[facet][1](statement).some((value) => wanted.includes(value));
};
const speaks = ({ sentence, gist, quote }) => {
  const text = folded(`${sentence} ${gist} ${quote}`);
  return folded(state.get("q") ?? "").split(/\s+/).every((word) => text.includes(word));
};
const fitting = (but) => statements.filter((statement) => speaks(statement) &&
  Object.keys(FACETS).every((facet) => facet === but || holds(statement, facet)));

/** The values of a facet, counted over what all other facets let through. */
function counts(facet) {
  const counted = new Map(chosen(facet).map((value) => [value, 0]));
  for (const statement of fitting(facet))
    for (const value of FACETS[facet][1](statement)) counted.set(value, (counted.get(value) ?? 0) + 1);
  const order = facet === "year" ? ([one], [two]) => two.localeCompare(one) : ([one, m], [two, n]) => n - m || name(one).localeCompare(name(two));
  return [...counted].sort(order);
}

function drawn(facet) {
  const [title, , label] = FACETS[facet];
  const values = counts(facet);
  const box = ([value, number]) => {
    const input = element("input", { type: "checkbox", value, "data-facet": facet });
    input.checked = chosen(facet).includes(value);
    return element("label", { class: "choice" }, input, ` ${label(value)} `, element("span", { class: "number" }, number.toLocaleString("en")));
  };
  const first = values.filter(([value], place) => place < MOST_VALUES || chosen(facet).includes(value));
  const rest = values.filter((value) => !first.includes(value));
  const more = rest.length ? element("details", {}, element("summary", {}, `${rest.length} more`), ...rest.map(box)) : null;
  const summary = element("summary", {}, title, ...chosen(facet).map((value) => element("span", { class: "number" }, ` ${label(value)}`)));
  const made = element("details", { class: "facet", "data-of": facet }, summary, ...first.map(box), more);
  made.open = panel.querySelector(`[data-of=${facet}]`)?.open ?? false;
  return made;
}

function controls() {
  const search = element("input", { type: "search", name: "q", id: "within", value: state.get("q") ?? "" });
  const sort = element("select", { id: "sort" }, ...Object.entries(SORTS).map(([key, [label]]) => element("option", { value: key }, label)));
  sort.value = SORTS[state.get("sort")] ? state.get("sort") : "newest";
  search.addEventListener("input", () => change((to) => (search.value ? to.set("q", search.value) : to.delete("q"))));
  sort.addEventListener("change", () => change((to) => to.set("sort", sort.value), "pushState"));
  return element("p", { class: "line" }, element("label", { for: "within" }, "Words "), search,
    element("span", { class: "together" }, element("label", { for: "sort" }, "Order"), sort));
}

/** Changes what is chosen; each choice is a step that Back takes back, and what is typed goes on with the one before. */
function change(edit, keep = "replaceState") {
  edit(state);
  state.delete("page");
  history[keep](null, "", `${location.pathname}${String(state) && `?${state}`}`);
  render();
}

/** Shows what the address says, where somebody went back to it. */
function arrive() {
  for (const key of [...state.keys()]) state.delete(key);
  for (const [key, value] of new URLSearchParams(location.search)) state.append(key, value);
  at("within").value = state.get("q") ?? "";
  at("sort").value = SORTS[state.get("sort")] ? state.get("sort") : "newest";
  render();
}

function render() {
  const open = document.activeElement?.dataset?.facet && [document.activeElement.dataset.facet, document.activeElement.value];
  facets.replaceChildren(...Object.keys(FACETS).map(drawn));
  if (open) [...facets.querySelectorAll("input")].find(({ dataset, value }) => dataset.facet === open[0] && value === open[1])?.focus();
  const order = SORTS[state.get("sort")]?.[1];
  const shown = order ? fitting().sort(order) : fitting();
  const last = Math.max(1, Math.ceil(shown.length / A_PAGE));
  const page = Math.min(Math.max(1, Number(state.get("page")) || 1), last);
  at("status").replaceChildren(`${shown.length.toLocaleString("en")} of ${statements.length.toLocaleString("en")} statements `, csv(shown));
  at("list").replaceChildren(...shown.slice((page - 1) * A_PAGE, page * A_PAGE).map((statement) => card(statement, "h2")), pager(page, last));
}

function pager(page, last) {
  const to = (number, text) => {
    const address = new URLSearchParams(state);
    address.set("page", number);
    const made = element("a", { href: `?${address}` }, text);
    made.addEventListener("click", (event) => {
      event.preventDefault();
      state.set("page", number);
      history.pushState(null, "", `?${state}`);
      render();
      scrollTo(0, 0);
    });
    return made;
  };
  return element("nav", { class: "pager", "aria-label": "Pages" }, page > 1 ? to(page - 1, "← previous") : null,
    element("span", {}, `page ${page} of ${last}`), page < last ? to(page + 1, "next →") : null);
}

/** A button that saves what is chosen, each cell safe for a spreadsheet. */
function csv(shown) {
  const fields = ["id", "sentence", "gist", "quote", "date", "dated", "stance", "relation", "publisher", "title", "address", "review"];
  const safe = (text) => `"${(/^[=+\-@\t\r＝＋－＠]/.test(text) ? "'" : "") + String(text).replaceAll('"', '""')}"`;
  const made = element("button", { type: "button", class: "plain" }, "CSV of these");
  made.addEventListener("click", () => {
    const lines = [fields.join(","), ...shown.map((statement) => fields.map((field) => safe(statement[field])).join(","))];
    const url = URL.createObjectURL(new Blob([`${lines.join("\r\n")}\r\n`], { type: "text/csv" }));
    element("a", { href: url, download: "statements.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  });
  return made;
}

const facets = element("div", { class: "facets" });
panel.append(controls(), facets);
panel.hidden = false;
panel.addEventListener("change", ({ target }) => {
  if (!target.dataset.facet) return;
  change((to) => {
    const { facet } = target.dataset;
    const others = to.getAll(facet).filter((value) => value !== target.value);
    to.delete(facet);
    for (const value of target.checked ? [...others, target.value] : others) to.append(facet, value);
  }, "pushState");
});
addEventListener("popstate", arrive);
if (String(state)) render();
else facets.replaceChildren(...Object.keys(FACETS).map(drawn));
