// The view: what is shown, chosen and filtered. All of it stands in the address and comes back from it.

const HOME = isHuge ? "groups" : isSmall ? "all" : "open";
const START = {
  show: data.story ? "story" : HOME,
  group: -1,
  node: "",
  line: "",
  around: "",
  steps: 1,
  hide_type: [],
  hide_stance: [],
  hide_relation: [],
  topics: !entityPieces.length && topicPieces.length > 0,
  topic: "",
  stage: "",
  from: "",
  to: "",
  least: 1,
  sources: 1,
  table: false,
  theme: "",
  step: 0,
};
const FILTERS = ["hide_type", "hide_stance", "hide_relation", "topic", "stage", "from", "to", "least", "sources"];
const state = { ...START };

function toAddress() {
  const parts = new URLSearchParams();
  for (const [name, first] of Object.entries(START)) {
    const value = Array.isArray(first) ? state[name].map((each) => each || "none").join(",") : String(state[name]);
    if (value !== String(first)) parts.set(name, value);
  }
  return `#${parts}`;
}

/** The view that an address asks for; what it does not name, or names amiss, is as at the start. */
function fromAddress(hash) {
  const found = { ...START };
  for (const [name, value] of new URLSearchParams(hash.replace(/^#/, ""))) {
    const first = START[name];
    if (Array.isArray(first)) found[name] = value.split(",").map((each) => (each === "none" ? "" : each));
    else if (typeof first === "number") found[name] = Number.parseInt(value, 10) || first;
    else if (typeof first === "boolean") found[name] = value === "true";
    else if (typeof first === "string") found[name] = value;
  }
  if (!["open", "all", "around", "groups", "group", "story"].includes(found.show)) found.show = START.show;
  if (found.show === "around" && !byKey.has(found.around)) found.show = START.show;
  if (found.show === "group" && !data.groups?.[found.group]) found.show = START.show;
  if (found.show === "story" && !data.story) found.show = START.show;
  return found;
}

function change(patch) {
  Object.assign(state, patch);
  history.replaceState(null, "", toAddress());
  render();
}

const filtersOn = () => FILTERS.filter((name) => String(state[name]) !== String(START[name])).length;
const resetFilters = () => change(Object.fromEntries(FILTERS.map((name) => [name, START[name]])));
