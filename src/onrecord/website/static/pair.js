// Two names: how they are linked, and what both say on each topic.
const here = document.querySelector("script[data-records]");
const from = (name) => new URL(here.dataset[name], location.href).href;
const at = (id) => document.getElementById(id);
const { card, element, folded, link, place, records } = await import(from("tools"));
const { statements, names } = await records(here.dataset.records);
const people = [...new Set(statements.flatMap(({ actors, object }) => [...actors, object]))].filter((key) => !key.startsWith("topic/"));
const name = (key) => names[key] ?? key;
const keyOf = (text) => people.find((key) => key === text) ?? people.find((key) => folded(name(key)) === folded(text));
const bearers = new Map();
for (const key of people) bearers.set(name(key), (bearers.get(name(key)) ?? 0) + 1);
const option = (key) => element("option", bearers.get(name(key)) > 1 ? { value: key, label: `${name(key)} (${key})` } : { value: name(key) });
at("names").append(...people.sort((one, two) => name(one).localeCompare(name(two))).map(option));

/** The shortest way through statements that bear an edge, as a list of steps: from whom, to whom, by which statement. */
function path(from, to) {
  const edges = new Map();
  for (const statement of statements.filter(({ bears, object }) => bears && !object.startsWith("topic/")))
    for (const actor of statement.actors)
      for (const [one, two] of [[actor, statement.object], [statement.object, actor]])
        if (edges.has(one)) edges.get(one).push([two, statement]);
        else edges.set(one, [[two, statement]]);
  const came = new Map([[from, null]]);
  const queue = [from];
  for (const at of queue) {
    if (at === to) break;
    for (const [next, statement] of edges.get(at) ?? [])
      if (!came.has(next)) {
        came.set(next, [at, statement]);
        queue.push(next);
      }
  }
  const steps = [];
  for (let at = to; came.get(at); at = came.get(at)[0]) steps.unshift([came.get(at)[0], at, came.get(at)[1]]);
  return steps;
}

function beside(one, two) {
  const by = (key) => statements.filter(({ actors }) => actors.includes(key));
  const topics = (list) => new Set(list.flatMap((statement) => statement.topics));
  const [ours, theirs] = [by(one), by(two)];
  const shared = [...topics(ours)].filter((topic) => topics(theirs).has(topic)).sort((a, b) => name(a).localeCompare(name(b)));
  const cell = (list, topic) => element("td", {}, ...list.filter((statement) => statement.topics.includes(topic)).map((statement) =>
    element("p", { dir: "auto" }, link(place(`statement/${statement.id}`), statement.gist || statement.sentence),
      ` ${[statement.stance, statement.date].filter(Boolean).join(", ")}`)));
  const rows = shared.map((topic) => element("tr", {}, element("th", { scope: "row" }, link(place(topic), name(topic))), cell(ours, topic), cell(theirs, topic)));
  if (!rows.length) return element("p", { class: "note" }, "No topic on which both are on record.");
  return element("div", { class: "wide", role: "region", "aria-label": "Side by side", tabindex: "0" }, element("table", {},
    element("caption", {}, "What both say on each topic"),
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "topic"), ...[one, two].map((key) => element("th", { scope: "col" }, link(place(key), name(key)))))),
    element("tbody", {}, ...rows)));
}

/** Everybody on the way, in its order. */
function chain(steps) {
  if (!steps.length) return [];
  const keys = [steps[0][0], ...steps.map(([, to]) => to)];
  const links = keys.flatMap((key, order) => [order ? " → " : "", link(place(key), name(key), { dir: "auto" })]);
  return [element("p", {}, ...links)];
}

function show(a, b) {
  const [one, two] = [keyOf(a), keyOf(b)];
  at("shown").replaceChildren();
  if (!one || !two) {
    at("status").textContent = `Nobody here is called ${one ? b : a}.`;
    return;
  }
  const steps = path(one, two);
  at("status").textContent = steps.length ? `Linked in ${steps.length} ${steps.length === 1 ? "step" : "steps"}.` : "No way from one to the other.";
  at("shown").append(element("h2", {}, "How they are linked"), ...chain(steps), ...steps.map(([, , statement]) => card(statement)),
    element("h2", {}, "Side by side"), beside(one, two));
}

/** Shows whom the address names, also where somebody went back to it. */
function arrive() {
  const given = new URLSearchParams(location.search);
  for (const id of ["a", "b"]) at(id).value = name(given.get(id) ?? "");
  if (given.get("a") && given.get("b")) show(given.get("a"), given.get("b"));
  else for (const id of ["status", "shown"]) at(id).replaceChildren();
}

arrive();
addEventListener("popstate", arrive);
at("pair").addEventListener("submit", (event) => {
  event.preventDefault();
  const [a, b] = [at("a").value, at("b").value];
  history.pushState(null, "", `?${new URLSearchParams({ a: keyOf(a) ?? a, b: keyOf(b) ?? b })}`);
  show(a, b);
});
