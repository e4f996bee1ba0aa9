// The page comes together: tools, map, and one function that draws all of it from the view.

function statusText() {
  const told = shownStatements().length;
  return [
    share(view.nodes.size, (state.topics ? named : entities).length, "entity", "entities"),
    share(view.lines.length, totalLines(), "link", "links"),
    share(told, statements.length, "statement", "statements"),
  ].join(", ") + guestWords() + filterWords();
}

/** The statements on the map and beside it; of what filters find also those for which the map has no room. */
function shownStatements() {
  view.told ??= unique([...(view.found ?? view.lines.flatMap((line) => line.statements)), ...view.also]);
  return view.told;
}

const share = (part, all, one, many) => `${part.toLocaleString("en")} of ${count(all, one, many)}`;

function filterWords() {
  const isLeftOut = (statement) => !statement.date && passesBut(statement, "time");
  const undated = state.from || state.to ? inScope().filter(isLeftOut).length : 0;
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
  const whole = isFinding() ? view.total : reachable;
  const isCut = state.show === "open" ? whole > view.nodes.size : isFinding() && whole > view.nodes.size;
  if (isCut && !isHuge && !pairOf()) offer(`show all (${whole.toLocaleString("en")})`, { show: "all" }, "all");
  if (pairOf()) offer("back to the map", { linked: "", beside: "" }, "back");
  else if (state.show !== HOME) offer(back, { show: HOME, around: "", step: 0 }, "back");
  const story = { show: "story", step: 0, node: "", line: "" };
  if (data.story && state.show !== "story") offer("tell the story", story, "tell");
  return views;
}

function startTools() {
  at("tools").append(
    startSearch(),
    button("Filter", showLegend, { id: "to-legend" }),
    button("Table", () => change({ table: !state.table }), { id: "as-table", "aria-pressed": "false" }),
    button("Dark", () => change({ theme: isDark() ? "light" : "dark" }), { id: "theme" }),
    button("PNG", savePng), button("SVG", saveSvg), button("CSV", saveCsv),
    button("Copy link", copyLink), button("Embed", openEmbed),
  );
}

/** On a phone the legend stands below all else; this leads there. */
function showLegend() {
  const filters = at("legend").querySelector(".filters");
  filters.open = true;
  filters.scrollIntoView();
  filters.querySelector("summary").focus();
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
  addEventListener("popstate", arrive);
  addEventListener("hashchange", arrive);
  startPrint();
  startFramed();
  wantsDark.addEventListener("change", render);
  view = shown();
  drawTheme();
  startMap();
  startKeys();
  // The map is the first picture; all around it comes when that stands and the page has time.
  addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(() => whenIdle(finish))));
}

/** All around the map, then the words for the search; a search that the address asks for waits for them. */
async function finish() {
  drawRest();
  startNames();
  await buildIndex();
  if (state.find) render();
  document.documentElement.dataset.ready = "true";
}

start();
