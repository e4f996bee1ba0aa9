// The page comes together: tools, map, and one function that draws all of it from the view.

function statusText() {
  const told = unique([...view.lines.flatMap((line) => line.statements), ...view.also]).length;
  return [
    `${view.nodes.size.toLocaleString("en")} of ${count(state.topics ? nodes.length : entities.length, "entity", "entities")}`,
    `${view.lines.length.toLocaleString("en")} of ${count(totalLines(), "link", "links")}`,
    `${told.toLocaleString("en")} of ${count(statements.length, "statement", "statements")}`,
  ].join(", ") + filterWords();
}

function filterWords() {
  const undated = state.from || state.to ? statements.filter((each) => !each.date).length : 0;
  const words = filtersOn() ? `; ${count(filtersOn(), "filter", "filters")} on` : "";
  return undated ? `${words}, ${undated.toLocaleString("en")} undated left out` : words;
}

function drawStatus() {
  at("status").textContent = view.groups ? groupStatus() : statusText();
  const reachable = new Set(allPieces().flatMap((each) => [each.from, each.to])).size;
  const back = START.show === "open" ? "the 60 best evidenced" : "back to the start";
  at("more").replaceChildren(
    ...(state.show === "open" ? [button(`show all (${reachable.toLocaleString("en")})`, () => change({ show: "all" }), { id: "all" })] : []),
    ...(state.show !== START.show && state.show !== "story" ? [button(back, () => change({ show: START.show, around: "" }), { id: "back" })] : []),
    ...(data.story && state.show !== "story" ? [button("tell the story", () => change({ show: "story", step: 0, node: "", line: "" }))] : []),
  );
}

function startTools() {
  at("tools").append(
    startSearch(),
    button("Table", () => change({ table: !state.table }), { id: "as-table", "aria-pressed": "false" }),
    button("Dark", () => change({ theme: isDark() ? "light" : "dark" }), { id: "theme" }),
    button("PNG", savePng), button("SVG", saveSvg), button("CSV", saveCsv),
    button("Copy link", copyLink),
  );
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    announce("The link to this view is copied.");
    at("more").replaceChildren("link copied");
  } catch {
    window.prompt("The link to this view", location.href);
  }
}

function drawTheme() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  at("theme").textContent = isDark() ? "Light" : "Dark";
  at("as-table").setAttribute("aria-pressed", String(state.table));
}

function render() {
  view = shown();
  drawTheme();
  drawMap();
  drawLegend();
  drawStatus();
  drawStory();
  drawPanel();
  drawTable();
  drawTimeline();
}

/** For those who drive the page by script: where a name stands on the screen, and the pictures as text. */
window.onrecord = {
  where(key) {
    const [x, y] = places.get(byKey.get(key).id);
    const point = network.canvasToDOM({ x, y });
    const { left, top } = at("map").getBoundingClientRect();
    return { x: left + point.x, y: top + point.y };
  },
  svg: svgText,
  csv: csvText,
};

function start() {
  at("page").hidden = false;
  Object.assign(state, fromAddress(location.hash));
  startTools();
  startLegend();
  startMap();
  startKeys();
  addEventListener("hashchange", () => {
    Object.assign(state, fromAddress(location.hash));
    render();
  });
  addEventListener("beforeprint", () => {
    at("table").replaceChildren(...tables());
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", render);
  render();
}

start();
