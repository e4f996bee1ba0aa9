// The page comes together: tools, map, and one function that draws all of it from the view.

function statusText() {
  const told = unique([...view.lines.flatMap((line) => line.statements), ...view.also]).length;
  return [
    share(view.nodes.size, (state.topics ? nodes : entities).length, "entity", "entities"),
    share(view.lines.length, totalLines(), "link", "links"),
    share(told, statements.length, "statement", "statements"),
  ].join(", ") + guestWords() + filterWords();
}

const share = (part, all, one, many) => `${part.toLocaleString("en")} of ${count(all, one, many)}`;

function filterWords() {
  const undated = state.from || state.to ? statements.filter((each) => !each.date).length : 0;
  const words = filtersOn() ? `; ${count(filtersOn(), "filter", "filters")} on` : "";
  return undated ? `${words}, ${undated.toLocaleString("en")} undated left out` : words;
}

function drawStatus() {
  at("status").textContent = view.groups ? groupStatus() : statusText();
  at("more").replaceChildren(...otherViews());
}

/** Buttons that lead to the other views of the map. */
function otherViews() {
  const reachable = new Set(allPieces().flatMap((each) => [each.from, each.to])).size;
  const back = HOME === "open" ? `the ${data.open.length} best evidenced` : "back to the whole map";
  const views = [];
  const offer = (text, patch, id) => views.push(button(text, () => change(patch), { id }));
  if (state.show === "open") offer(`show all (${reachable.toLocaleString("en")})`, { show: "all" }, "all");
  if (state.show !== HOME) offer(back, { show: HOME, around: "", step: 0 }, "back");
  const story = { show: "story", step: 0, node: "", line: "" };
  if (data.story && state.show !== "story") offer("tell the story", story, "tell");
  return views;
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
  dark = state.theme ? state.theme === "dark" : wantsDark.matches;
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  at("theme").textContent = isDark() ? "Light" : "Dark";
  at("as-table").setAttribute("aria-pressed", String(state.table));
}

function render() {
  view = shown();
  drawTheme();
  drawMap();
  drawRest();
}

function drawRest() {
  drawLegend();
  drawStatus();
  drawStory();
  drawPanel();
  drawTable();
  drawTimeline();
}

/** For those who drive the page by script: places on the screen, names on the map, and the pictures as text. */
window.onrecord = {
  at(place) {
    const point = network.canvasToDOM(place);
    const { left, top } = at("map").getBoundingClientRect();
    return { x: left + point.x, y: top + point.y };
  },
  where(key) {
    const [x, y] = places.get(byKey.get(key).id);
    return this.at({ x, y });
  },
  labels() {
    return placedLabels(network.getScale()).map(({ id, box: place }) => ({ name: nodes[id]?.key ?? id, ...place }));
  },
  svg: svgText,
  csv: csvText,
};

/** Calls when there is time, at the latest in a fifth of a second; soon where the browser cannot tell. */
const whenIdle = (call) =>
  (window.requestIdleCallback ? requestIdleCallback(call, { timeout: 200 }) : setTimeout(call));

function start() {
  at("page").hidden = false;
  Object.assign(state, fromAddress(location.hash));
  startTools();
  startLegend();
  addEventListener("hashchange", () => {
    Object.assign(state, fromAddress(location.hash));
    render();
  });
  addEventListener("beforeprint", () => {
    at("table").replaceChildren(...tables());
  });
  wantsDark.addEventListener("change", render);
  view = shown();
  drawTheme();
  startMap();
  startKeys();
  // The map is the first picture; all around it comes when that stands and the page has time.
  addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(() => whenIdle(drawRest))));
}

start();
