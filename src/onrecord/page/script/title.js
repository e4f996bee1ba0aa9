// What a view shows, in words: the title of a picture, of a print, and the name of a file.

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
    state.stage && `${data.texts.stage} ${state.stage}`, timeTitle(),
    state.least > 1 && `at least ${state.least} statements`, state.sources > 1 && `at least ${state.sources} sources`,
  ];
}

function timeTitle() {
  const { from, to } = state;
  if (from && from === to) return from;
  return [from && `from ${from}`, to && `to ${to}`].filter(Boolean).join(" ");
}

const fileName = (ending) => nameOfFile(viewTitle() === data.title ? "" : viewTitle(), ending);
const sourceLine = () => sourceOf(data.title, data.facts);
