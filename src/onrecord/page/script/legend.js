// The legend is the filter: each kind, stance and relation with a box and the count of what it stands for.

const FAMILIES = { speech: "What they say", action: "What they do", structural: "Who belongs where", "": "Other" };
const boxes = [];
let typing = null; // the field in which somebody has typed what is not taken yet: that stays

function startLegend() {
  at("legend").append(
    make("details", { open: window.innerWidth >= 800, class: "filters" },
      make("summary", {}, "Legend and filter"),
      group("Who and what", "type", [...kinds.values()].map((kind) => [
        kind.key, () => kindSwatch(kind), kindLabel(kind),
      ])),
      !isHuge && topicsBox(),
      proposedPieces.length > 0 && proposedBox(),
      group(data.texts.stance, "stance", [...stances.values()].map((stance) => [
        stance.key, () => stanceSwatch(stance), `${stance.mark} ${stance.label}`,
      ])),
      relationGroups(),
      refinements(),
    ),
  );
}

function group(title, name, choices) {
  const own = choices.map(([key]) => key);
  const others = () => onKeys(name).filter((key) => !own.includes(key));
  return make("fieldset", {},
    make("legend", {}, title, make("span", { class: "quick" },
      button("all", () => change(leaving(name, [...others(), ...own])), { "aria-label": `${title}: all` }),
      button("none", () => change(leaving(name, others())), { "aria-label": `${title}: none` }))),
    choices.map(([key, paint, label]) => choice(name, key, paint, label)));
}

const kindLabel = ({ key, label }) =>
  nodes.some((node) => node.ring && node.kind === key) ? `${label}; ringed: made-up performers` : label;

/** One box; its picture is painted anew with every drawing, since it changes with the ground. */
function choice(name, key, paint, label) {
  const changed = () => toggle(name, key);
  const input = make("input", { type: "checkbox", "data-filter": name, "data-key": key, change: changed });
  const number = make("span", { class: "number" });
  const picture = make("span", { class: "swatch" });
  const line = make("label", { class: "choice" }, input, paint && picture, make("span", {}, label), number);
  const only = button("only", () => onlyKey(name, key), { class: "only", "aria-label": `Only ${label}` });
  boxes.push({ name, key, paint, input, picture, number, line });
  return make("div", { class: "facet" }, line, only);
}

function topicsBox() {
  const input = make("input", { type: "checkbox", id: "topics", change: () => change({ topics: input.checked }) });
  return make("label", { class: "choice topics" }, input, make("span", {}, "Topics too, and who speaks on them"));
}

function proposedBox() {
  const input = make("input", { type: "checkbox", id: "proposed", change: () => change({ proposed: input.checked }) });
  const words = `Dotted: ${PROPOSED}, found by a program`;
  return make("label", { class: "choice topics" }, input, make("span", {}, words));
}

/** Relations by family, folded away, those with most statements first. */
function relationGroups() {
  const uses = new Map();
  for (const statement of statements) uses.set(statement.relation, (uses.get(statement.relation) || 0) + 1);
  for (const { relation } of entityPieces) if (!uses.has(relation)) uses.set(relation, 1);
  const keys = [...uses.keys()].sort((one, two) => uses.get(two) - uses.get(one) || (one < two ? -1 : 1));
  return Object.entries(FAMILIES).map(([family, title]) => {
    const own = keys.filter((key) => (data.relations[key]?.family || "") === family);
    if (!own.length) return null;
    const choices = own.map((key) => [key, null, data.relations[key].label]);
    return make("details", { class: "relations" }, make("summary", {}, title), group(title, "relation", choices));
  });
}

function refinements() {
  const months = { pattern: "\\d{4}(-\\d{2}){0,2}", placeholder: "2025-10", size: 10, inputmode: "numeric" };
  return make("fieldset", { class: "refine" },
    make("legend", {}, "Only"),
    field("Topic", topicMenu()),
    stages.length > 0 && field(data.texts.stage, stageMenu()),
    field("From", entry("from", months)),
    field("To", entry("to", months)),
    field("Statements at least", entry("least", { type: "number", min: 1, max: 99 })),
    field("Sources at least", entry("sources", { type: "number", min: 1, max: 99 })),
    make("p", {}, button("Reset the filters", resetFilters, { id: "reset" })));
}

const field = (title, input) => make("label", { class: "field" }, make("span", {}, title), input);

function entry(name, attributes) {
  const isNumber = typeof START[name] === "number";
  const take = () => {
    if (!input.checkValidity()) return input.reportValidity();
    typing = null;
    return change({ [name]: isNumber ? Math.max(1, Number(input.value) || 1) : input.value });
  };
  const begin = () => { typing = input; };
  const leave = () => { typing = null; };
  const input = make("input", { id: name, type: "text", ...attributes, input: begin, change: take, blur: leave });
  return input;
}

function topicMenu() {
  const menu = make("select", { id: "topic", change: () => change({ topic: menu.value }) });
  menu.append(make("option", { value: "" }, "all"));
  for (const topic of topics.values()) {
    menu.append(make("option", { value: topic.key }, topic.family ? `\u2003${topic.label}` : topic.label));
  }
  return menu;
}

const stages = unique(statements.map(({ stage }) => stage).filter(Boolean)).sort();

/** The stages of production. */
function stageMenu() {
  const menu = make("select", { id: "stage", change: () => change({ stage: menu.value }) });
  menu.append(make("option", { value: "" }, "all"), ...stages.map((stage) => make("option", { value: stage }, stage)));
  return menu;
}

/** Boxes as the view has them, and how much each stands for in what the map is about. */
function drawLegend() {
  const tally = tallied(inScope());
  for (const { name, key, paint, input, picture, number, line } of boxes) {
    if (paint) picture.replaceChildren(paint());
    const times = tally[name].get(key) || 0;
    input.checked = isOn(name, key);
    number.textContent = times.toLocaleString("en");
    line.classList.toggle("empty", !times);
  }
  countOptions(at("topic"), tally.topic);
  if (stages.length) countOptions(at("stage"), tally.stage);
  if (!isHuge) at("topics").checked = state.topics;
  if (at("proposed")) at("proposed").checked = state.proposed;
  const entries = ["topic", "stage", "from", "to", "least", "sources"].map(at).filter(Boolean);
  for (const input of entries) if (input !== typing) input.value = state[input.id];
}

/** The count of statements behind each entry of a menu. */
function countOptions(menu, tally) {
  for (const option of menu.options) {
    option.dataset.label ??= option.textContent;
    const times = (tally.get(option.value) || 0).toLocaleString("en");
    option.textContent = option.value ? `${option.dataset.label} (${times})` : option.dataset.label;
  }
}
