// What a view shows, in words: the title of a picture, of a print, and the name of a file.

const LONGEST_NAME = 60;

function viewTitle() {
  return [chosenTitle(), ...filterTitles()].filter(Boolean).join(", ") || data.title;
}

function chosenTitle() {
  const pair = pairOf();
  if (pair) {
    const [one, two] = pair.ends.map((id) => nodes[id].label);
    return pair.how === "linked" ? `How ${one} and ${two} are linked` : `${one} beside ${two}`;
  }
  const line = chosenLine();
  if (chosenStatement()) return chosenStatement().sentence;
  if (line) return titleOf(line);
  if (byKey.has(state.node)) return byKey.get(state.node).label;
  if (state.show === "story") return storyStep().title;
  return state.show === "group" ? data.groups[state.group].label : "";
}

const labelsOf = {
  type: (key) => kinds.get(key)?.label,
  stance: (key) => stances.get(key)?.label,
  relation: (key) => data.relations[key]?.label,
};

function filterTitles() {
  const named = (group, keys) => keys.map((key) => labelsOf[group](key) ?? key).join(" or ");
  const groups = Object.keys(labelsOf).flatMap((group) => {
    const hidden = state[`hide_${group}`];
    return [named(group, state[group]), hidden.length && `without ${named(group, hidden)}`];
  });
  return [
    state.find && `“${state.find}”`, ...groups,
    state.topic && `on ${topics.get(state.topic)?.label ?? state.topic}`,
    state.stage && `AI used in ${state.stage}`, timeTitle(),
    state.least > 1 && `at least ${state.least} statements`, state.sources > 1 && `at least ${state.sources} sources`,
  ];
}

function timeTitle() {
  const { from, to } = state;
  if (from && from === to) return from;
  return [from && `from ${from}`, to && `to ${to}`].filter(Boolean).join(" ");
}

/** A file's name that says what it shows. */
function fileName(ending) {
  const words = viewTitle() === data.title ? "" : fold(viewTitle()).replace(/[^a-z0-9]+/g, "-").slice(0, LONGEST_NAME);
  return `${["onrecord", words.replace(/^-+|-+$/g, "")].filter(Boolean).join("-")}.${ending}`;
}

/** Where a picture comes from, and when it was taken. */
function sourceLine() {
  const today = new Date().toISOString().slice(0, 10);
  const address = /^https?:$/.test(location.protocol) ? location.href : "";
  return [`Source: ${data.title}`, data.facts, `taken on ${today}`, address].filter(Boolean).join(" · ");
}
