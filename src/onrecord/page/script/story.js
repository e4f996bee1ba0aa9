// A story goes through the map in steps; each lights what it tells of, with its evidence in the panel.

const storyStep = () =>
  state.show === "story" ? data.story.steps[Math.min(state.step, data.story.steps.length - 1)] : null;

function storyFocus() {
  const step = storyStep();
  if (!step) return null;
  const told = new Set(step.statements);
  const lines = view.lines.filter((line) => line.statements.some((each) => told.has(each.id)));
  const named = step.statements.flatMap((id) => [...statements[id].actors, statements[id].object]);
  const tools = lines.flatMap((line) => [line.from, line.to]);
  return { nodes: new Set([...named, ...tools]), lines: new Set(lines.map((line) => line.key)) };
}

function drawStory() {
  const step = storyStep();
  at("story").hidden = !step;
  if (!step) return;
  const { steps, title } = data.story;
  const go = (by) => () => change({ step: state.step + by, node: "", line: "" });
  at("story").replaceChildren(
    make("p", { class: "meta" }, `${title}: step ${state.step + 1} of ${steps.length}`),
    make("h2", {}, step.title),
    make("p", {}, step.text),
    make("p", {},
      button("Back", go(-1), { disabled: state.step <= 0 }),
      button("Next", go(1), { disabled: state.step >= steps.length - 1 }),
      button("Leave the story", () => change({ show: HOME, step: 0 }))));
}

function storyPanel() {
  const step = storyStep();
  return [
    make("h2", {}, step.title),
    make("p", { class: "meta" }, "The evidence of this step"),
    ...step.statements.map((id) => card(statements[id])),
  ];
}
