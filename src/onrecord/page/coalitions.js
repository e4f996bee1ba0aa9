// Coalitions: who stands with whom, slice by slice, with the statements behind each tie.

const data = JSON.parse(at("data").textContent);
const [map, when, panel] = ["map", "when", "told"].map(at);
const RADIUS = 11;
const LETTERS = 22;
const LETTER = 0.53; // the width of a letter, as a part of its height
const WIDE = 1200; // pixels of a picture to take away
const READABLE = 11; // pixels that a name is high at least, also on a phone
const numbers = new Map(data.actors.map(([label], number) => [label, number]));
let chosen = null;
let timer = null;
let whole = { x: 0, y: 0, width: 1, height: 1 };
let seen = whole;

// A label in lines of at most so many letters, broken between words.
function linesOf(label) {
  const lines = [""];
  for (const word of label.split(" ")) {
    const last = lines[lines.length - 1];
    if (last && last.length + word.length + 1 > LETTERS) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}

function actorMark([label, kind, x, y], number) {
  const circle = draw("circle", { cx: x, cy: y, r: RADIUS, fill: (data.kinds[kind] || data.kinds.other)[1] });
  const pick = () => choose({ actor: number });
  const keydown = (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); pick(); }
  };
  const attributes = { class: "actor", tabindex: "0", role: "button", "aria-label": label, click: pick, keydown };
  return draw("g", attributes, circle, draw("text", {}));
}

const bonds = draw("g");
const actors = data.actors.map(actorMark);
map.append(bonds, draw("g", {}, actors));

/** The whole map, with room for the names at its rim. */
function frame() {
  if (!data.actors.length) return;
  const [xs, ys] = [2, 3].map((column) => data.actors.map((actor) => actor[column]));
  const [left, top] = [Math.min(...xs) - 90, Math.min(...ys) - 30];
  whole = { x: left, y: top, width: Math.max(...xs) + 90 - left, height: Math.max(...ys) + 70 - top };
  look(whole);
}

function look(box) {
  seen = box;
  map.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height}`);
  drawNames();
}

function zoom(factor) {
  const [width, height] = [seen.width / factor, seen.height / factor];
  look({ x: seen.x + (seen.width - width) / 2, y: seen.y + (seen.height - height) / 2, width, height });
}

/** How many units of the map a pixel of the screen is. */
function unit() {
  const { width, height } = map.getBoundingClientRect();
  return width && height ? Math.max(seen.width / width, seen.height / height) : 1;
}

/** Names high enough to be read, those of the strongest first; one that would stand over another waits for a zoom. */
function drawNames() {
  const size = Math.max(12, READABLE * unit());
  const taken = [];
  for (const number of byStrength()) {
    const [label, , x, y] = data.actors[number];
    const lines = linesOf(label);
    const width = Math.max(...lines.map((line) => line.length)) * size * LETTER;
    const top = y + RADIUS;
    const box = { left: x - width / 2, right: x + width / 2, top, bottom: top + lines.length * size * 1.2 };
    const isFree = !taken.some((other) => isOver(box, other));
    const isWanted = isFree || [chosen?.actor, chosen?.one, chosen?.two].includes(number);
    if (isWanted) taken.push(box);
    const text = actors[number].querySelector("text");
    text.setAttribute("font-size", size);
    text.replaceChildren(...(isWanted ? lines.map((line, row) =>
      draw("tspan", { x, y: y + RADIUS + size * (1.1 + row * 1.15) }, line)) : []));
  }
}

const isOver = (one, two) =>
  one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom;

/** The numbers of the actors, those with the strongest ties in this slice first. */
function byStrength() {
  const strength = new Map();
  for (const [one, two, weight] of moment()[2]) {
    for (const end of [one, two]) strength.set(end, (strength.get(end) || 0) + weight);
  }
  const all = [...data.actors.keys()];
  return all.sort((one, two) => (strength.get(two) || 0) - (strength.get(one) || 0) || one - two);
}

const moment = () => data.moments[Number(when.value)];

function bond(tie, strongest) {
  const [one, two, weight, how] = tie;
  const [a, b] = [data.actors[one], data.actors[two]];
  const width = (1 + (7 * weight) / strongest).toFixed(2);
  const place = { x1: a[2], y1: a[3], x2: b[2], y2: b[3], "stroke-width": width };
  return draw("line", { class: `bond ${how}`, ...place, click: () => choose({ one, two, how }) },
    draw("title", {}, `${a[0]} and ${b[0]} ${how}: ${weight}`));
}

function drawMoment() {
  const [label, statements, ties] = moment();
  const strongest = Math.max(...ties.map((tie) => tie[2]), 1e-9);
  // The strongest are drawn last, above the others.
  bonds.replaceChildren(...[...ties].reverse().map((tie) => bond(tie, strongest)));
  const tied = new Set(ties.flatMap(([one, two]) => [one, two]));
  actors.forEach((node, number) => node.classList.toggle("away", !tied.has(number)));
  at("label").textContent = label;
  at("status").textContent = `${statements} statements, ${tied.size} of ${actors.length} actors, ${ties.length} ties`;
  mark();
  drawPanel();
}

function isChosen([one, two, , how]) {
  if (!chosen) return false;
  if ("actor" in chosen) return one === chosen.actor || two === chosen.actor;
  return one === chosen.one && two === chosen.two && how === chosen.how;
}

function mark() {
  const ties = [...moment()[2]].reverse();
  [...bonds.children].forEach((line, number) => {
    line.classList.toggle("chosen", isChosen(ties[number]));
    line.classList.toggle("faint", Boolean(chosen) && !isChosen(ties[number]));
  });
  const ends = chosen ? [chosen.actor, chosen.one, chosen.two] : [];
  actors.forEach((node, number) => node.classList.toggle("chosen", ends.includes(number)));
  drawNames();
}

function choose(what) {
  chosen = what;
  if (toAddress() !== (location.hash || "#")) history.pushState(null, "", toAddress());
  mark();
  drawPanel();
}

/** The slice and what is chosen, by their names, which stay when the page is written anew. */
function toAddress() {
  const parts = when.value === "0" ? {} : { when: when.value };
  const label = (number) => data.actors[number][0];
  if (chosen && "actor" in chosen) parts.who = label(chosen.actor);
  else if (chosen) Object.assign(parts, { who: label(chosen.one), with: label(chosen.two), how: chosen.how });
  return `#${new URLSearchParams(parts)}`;
}

function arrive() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const [one, two] = ["who", "with"].map((name) => numbers.get(parts.get(name)));
  when.value = String(Number.parseInt(parts.get("when"), 10) || 0);
  chosen = null;
  if (one !== undefined) chosen = two === undefined ? { actor: one } : { one, two, how: parts.get("how") };
  drawMoment();
}

/** The actor whose name holds what was typed. */
function search() {
  const wanted = fold(at("search").value.trim());
  const names = wanted ? [...numbers.keys()] : [];
  const holding = names.filter((name) => fold(name).includes(wanted));
  const label = holding.find((name) => fold(name) === wanted) ?? holding[0];
  if (label !== undefined) choose({ actor: numbers.get(label) });
  else announce("There is no such name here.");
}

function statement(number) {
  const [date, stance, gist, quote, publisher, url] = data.statements[number];
  const [, , sign] = data.stances[stance] || ["", "", ""];
  const attributes = { href: url, rel: "noopener noreferrer", target: "_blank" };
  return make("li", {},
    make("div", { class: "meta" }, `${date} ${sign} ${stance}`), make("div", {}, gist),
    quote && make("blockquote", {}, quote),
    make("div", { class: "meta" }, url ? make("a", attributes, publisher) : make("span", {}, publisher)));
}

function evidence(tie) {
  const [one, two, weight, how, on, mine, theirs] = tie;
  const sides = [[one, mine], [two, theirs]].flatMap(([end, list]) => [
    make("h3", {}, `${data.actors[end][0]} (${list.length})`),
    make("ul", {}, list.map(statement)),
  ]);
  return [make("h2", {}, `${data.actors[one][0]} and ${data.actors[two][0]}`),
    make("p", { class: "note" }, `${how}, ${weight}, on ${on}`), ...sides];
}

function entry([one, two, weight, how]) {
  const words = `${data.actors[one][0]} and ${data.actors[two][0]} ${how} (${weight})`;
  return button(words, () => choose({ one, two, how }), { class: "tie" });
}

const READING =
  "A line joins two actors who take the same side on a topic, or opposite ones; the wider, the more. " +
  "Choose an actor or a line to see the statements behind it. " +
  "A place on the map means nothing by itself: who agrees stands near.";

function drawPanel() {
  const ties = moment()[2];
  panel.replaceChildren(...(chosen ? chosenPanel(ties) : openingPanel(ties)));
}

function openingPanel(ties) {
  if (!ties.length) return [make("p", {}, "No tie in this slice of time.")];
  return [
    make("h2", {}, "How to read this"), make("p", {}, READING),
    make("h3", {}, "Strongest ties of this slice"), ...ties.slice(0, 12).map(entry),
  ];
}

function chosenPanel(ties) {
  const back = button("All ties of this slice", () => choose(null));
  const own = ties.filter(isChosen);
  if (!own.length) return [back, make("h2", {}, chosenName()), make("p", {}, "No tie in this slice of time.")];
  if ("actor" in chosen) return [back, make("h2", {}, chosenName()), ...own.map(entry)];
  return [back, ...evidence(own[0])];
}

function chosenName() {
  const ends = "actor" in chosen ? [chosen.actor] : [chosen.one, chosen.two];
  return ends.map((number) => data.actors[number][0]).join(" and ");
}

function play(isOn) {
  clearInterval(timer);
  timer = null;
  at("play").textContent = isOn ? "Pause" : "Play";
  at("play").setAttribute("aria-pressed", String(isOn));
  if (isOn) timer = setInterval(() => slide((Number(when.value) + 1) % data.moments.length), 1200);
}

function slide(number) {
  when.value = String(number);
  history.replaceState(null, "", toAddress());
  drawMoment();
}

function drawKey() {
  const used = unique(data.actors.map((actor) => actor[1])).filter((kind) => data.kinds[kind]);
  const hows = unique(data.moments.flatMap(([, , ties]) => ties.map((tie) => tie[3]))).sort();
  const swatches = used.flatMap((kind) => {
    const dot = make("span", { class: "swatch" });
    dot.style.background = data.kinds[kind][1];
    return [dot, data.kinds[kind][0]];
  });
  const words = { agree: "take the same side", disagree: "take opposite sides (dashed)" };
  at("key").append(...swatches, ...hows.flatMap((how) => [make("span", { class: `line ${how}` }), words[how]]));
}

const title = () => [data.title, chosen && chosenName(), moment()[0]].filter(Boolean).join(", ");
const fileName = (ending) => nameOfFile(title(), ending);

/** The map as it is seen, with its title above and its source below; the styles of the page go with it. */
function svgText() {
  const size = 12 * unit();
  const copy = map.cloneNode(true);
  const box = [seen.x, seen.y - 3 * size, seen.width, seen.height + 6 * size];
  const paint = getComputedStyle(document.documentElement);
  const [ground, ink] = ["--ground", "--ink"].map((name) => paint.getPropertyValue(name).trim());
  const write = (y, text) => draw("text", { x: seen.x + size, y, "font-size": size, fill: ink }, plain(text));
  const frameOf = { viewBox: box.join(" "), width: WIDE, height: Math.round((WIDE * box[3]) / box[2]) };
  filled(copy, { xmlns: SVG, ...frameOf }, []);
  const sheet = { x: box[0], y: box[1], width: box[2], height: box[3], fill: ground };
  copy.prepend(draw("style", {}, stylesOf(ground, ink)), draw("rect", sheet));
  copy.append(write(seen.y - size, title()));
  copy.append(write(seen.y + seen.height + 1.6 * size, sourceOf(data.title, data.facts)));
  return new XMLSerializer().serializeToString(copy);
}

function stylesOf(ground, ink) {
  const colours = ["agree", "disagree"].map((how) => {
    const line = bonds.querySelector(`.${how}`);
    return line ? `.${how}{stroke:${getComputedStyle(line).stroke}}` : "";
  });
  return `text{font-family:system-ui,sans-serif}.actor text{fill:${ink};text-anchor:middle;paint-order:stroke;` +
    `stroke:${ground};stroke-width:3px}.actor circle{stroke:${ink}}.bond{opacity:.55}.disagree{stroke-dasharray:7 5}` +
    `.away{opacity:.28}.faint{opacity:.08}${colours.join("")}`;
}

function csvText() {
  const label = (number) => data.actors[number][0];
  const rows = moment()[2].map(([one, two, weight, how, on]) => [label(one), label(two), how, weight, on]);
  return csvOf([["who", "with", "how", "weight", "on"], ...rows]);
}

function startTools() {
  const names = make("datalist", { id: "names" }, [...numbers.keys()].map((label) => make("option", { value: label })));
  const field = make("input", {
    id: "search", type: "search", list: "names", placeholder: "Search a name", "aria-label": "Search", change: search,
  });
  const theme = () => {
    const { dataset } = document.documentElement;
    dataset.theme = dataset.theme === "dark" ? "light" : "dark";
    at("theme").setAttribute("aria-pressed", String(dataset.theme === "dark"));
  };
  at("tools").append(field, names,
    button("Dark", theme, { id: "theme", "aria-pressed": "false" }),
    button("PNG", async () => download(fileName("png"), await pngOf(svgText()))),
    button("SVG", () => download(fileName("svg"), new Blob([svgText()], { type: "image/svg+xml" }))),
    button("CSV", () => download(fileName("csv"), new Blob(["\ufeff", csvText()], { type: "text/csv" }))));
  at("zoom").append(
    button("+", () => zoom(1.4), { "aria-label": "Larger" }),
    button("−", () => zoom(1 / 1.4), { "aria-label": "Smaller" }),
    button("⤢", () => look(whole), { "aria-label": "Fit" }));
}

/** A map that was made larger is moved with the pointer. */
function startMoving() {
  let grip = null;
  map.addEventListener("pointerdown", ({ clientX, clientY }) => {
    if (seen !== whole) grip = { clientX, clientY, ...seen };
  });
  addEventListener("pointerup", () => (grip = null));
  addEventListener("pointermove", ({ clientX, clientY }) => {
    if (!grip) return;
    const moved = { x: grip.x + (grip.clientX - clientX) * unit(), y: grip.y + (grip.clientY - clientY) * unit() };
    look({ ...seen, ...moved });
  });
}

at("page").hidden = false;
when.max = String(data.moments.length - 1);
at("slider").hidden = data.moments.length < 2;
when.addEventListener("input", () => { play(false); slide(Number(when.value)); });
at("play").addEventListener("click", () => play(timer === null));
document.addEventListener("keydown", (event) => { if (event.key === "Escape") choose(null); });
addEventListener("popstate", arrive);
addEventListener("resize", drawNames);
startTools();
startMoving();
frame();
drawKey();
arrive();
