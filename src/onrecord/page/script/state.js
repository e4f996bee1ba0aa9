// The view: what is shown, chosen and filtered. All of it stands in the address and comes back from it.

const HOME = isHuge ? "groups" : isSmall ? "all" : "open";
const FEW_LINKS = 8; // with fewer, the map of a small network would be nearly empty without its topics
const linkCount = entityPieces.length + proposedPieces.length;
const isMostlyTopics = isSmall && linkCount < FEW_LINKS && topicPieces.length > linkCount;
const START = {
  show: data.story ? "story" : HOME,
  group: -1,
  node: "",
  line: "",
  statement: "",
  find: "",
  linked: "",
  beside: "",
  around: "",
  steps: 1,
  type: [],
  stance: [],
  relation: [],
  hide_type: [],
  hide_stance: [],
  hide_relation: [],
  topics: isMostlyTopics,
  proposed: true,
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
const FILTERS = [
  ...["type", "stance", "relation", "hide_type", "hide_stance", "hide_relation"],
  ...["topic", "stage", "from", "to", "least", "sources", "find"],
];
const state = { ...START };

function toAddress() {
  const parts = [];
  for (const [name, first] of Object.entries(START)) {
    const value = Array.isArray(first) ? state[name].map((key) => key || "none").join(",") : String(state[name]);
    if (value !== String(first)) parts.push(`${name}=${encodeURIComponent(value).replaceAll("%2C", ",")}`);
  }
  return `#${parts.join("&")}`;
}

/** The view that an address asks for; what it does not name, or names amiss, is as at the start. */
function fromAddress(hash) {
  const asked = { ...START };
  for (const [name, value] of new URLSearchParams(hash.replace(/^#/, ""))) {
    const first = START[name];
    if (Array.isArray(first)) asked[name] = value.split(",").map((key) => (key === "none" ? "" : key));
    else if (typeof first === "number") asked[name] = Math.max(Number.parseInt(value, 10) || first, Math.min(first, 0));
    else if (typeof first === "boolean") asked[name] = value === "true";
    else if (typeof first === "string") asked[name] = value;
  }
  if (!["open", "all", "around", "groups", "group", "story"].includes(asked.show)) asked.show = START.show;
  if (asked.show === "around" && !byKey.has(asked.around)) asked.show = START.show;
  if (asked.show === "group" && !data.groups?.[asked.group]) asked.show = START.show;
  if (asked.show === "story" && !data.story) asked.show = START.show;
  return asked;
}

/** Every change is a step that the browser's Back takes back. */
function change(patch) {
  Object.assign(state, patch);
  if (toAddress() !== (location.hash || "#")) history.pushState(null, "", toAddress());
  render();
}

/** The browser went back or forward, or somebody wrote another address. */
function arrive() {
  Object.assign(state, fromAddress(location.hash));
  render();
}

const isSet = (name) => (Array.isArray(START[name]) ? state[name].length > 0 : state[name] !== START[name]);
const filtersOn = () => FILTERS.filter(isSet).length;
const resetFilters = () => change(Object.fromEntries(FILTERS.map((name) => [name, START[name]])));
