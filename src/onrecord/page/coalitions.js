const data = JSON.parse(document.getElementById("data").textContent);
const SVG = "http://www.w3.org/2000/svg";
const byId = (id) => document.getElementById(id);
const [map, when, told] = ["map", "when", "told"].map(byId);
const RADIUS = 11;
const LETTERS = 22;
let chosen = null;
let timer = null;

function made(name, attributes = {}, ...children) {
  const node = name.startsWith("svg:") ? document.createElementNS(SVG, name.slice(4)) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

// A label in lines of at most so many letters, broken between words.
function lines(label) {
  const found = [""];
  for (const word of label.split(" ")) {
    const last = found[found.length - 1];
    if (last && last.length + word.length + 1 > LETTERS) found.push(word);
    else found[found.length - 1] = last ? `${last} ${word}` : word;
  }
  return found;
}

function actor([label, kind, x, y], at) {
  const words = lines(label).map((line, row) => made("svg:tspan", { x, y: y + RADIUS + 13 + row * 14 }, line));
  const circle = made("svg:circle", { cx: x, cy: y, r: RADIUS, fill: (data.kinds[kind] || data.kinds.other)[1] });
  const group = made("svg:g", { class: "actor", tabindex: "0", role: "button", "aria-label": label }, circle, made("svg:text", {}, ...words));
  const pick = () => choose({ actor: at });
  group.addEventListener("click", pick);
  group.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); pick(); }
  });
  return group;
}

const bonds = made("svg:g");
const actors = data.actors.map(actor);
map.append(bonds, made("svg:g", {}, ...actors));

function frame() {
  if (!data.actors.length) return;
  const [xs, ys] = [2, 3].map((column) => data.actors.map((each) => each[column]));
  const [left, top] = [Math.min(...xs) - 90, Math.min(...ys) - 30];
  map.setAttribute("viewBox", `${left} ${top} ${Math.max(...xs) + 90 - left} ${Math.max(...ys) + 70 - top}`);
}

const moment = () => data.moments[Number(when.value)];

function bond(tie, strongest) {
  const [one, two, weight, how] = tie;
  const [a, b] = [data.actors[one], data.actors[two]];
  const line = made("svg:line", {
    class: `bond ${how}`, x1: a[2], y1: a[3], x2: b[2], y2: b[3], "stroke-width": (1 + 7 * weight / strongest).toFixed(2),
  }, made("svg:title", {}, `${a[0]} and ${b[0]} ${how}: ${weight}`));
  line.addEventListener("click", () => choose({ one, two, how }));
  return line;
}

function draw() {
  const [label, count, ties] = moment();
  const strongest = Math.max(...ties.map((tie) => tie[2]), 1e-9);
  // The strongest are drawn last, above the others.
  bonds.replaceChildren(...[...ties].reverse().map((tie) => bond(tie, strongest)));
  const tied = new Set(ties.flatMap(([one, two]) => [one, two]));
  actors.forEach((node, at) => node.classList.toggle("away", !tied.has(at)));
  byId("label").textContent = label;
  byId("status").textContent = `${count} statements, ${tied.size} of ${actors.length} actors, ${ties.length} ties`;
  mark();
  tell();
}

const isChosen = ([one, two, , how]) =>
  chosen && ("actor" in chosen ? one === chosen.actor || two === chosen.actor : one === chosen.one && two === chosen.two && how === chosen.how);

function mark() {
  const ties = [...moment()[2]].reverse();
  [...bonds.children].forEach((line, at) => {
    line.classList.toggle("chosen", Boolean(isChosen(ties[at])));
    line.classList.toggle("faint", Boolean(chosen) && !isChosen(ties[at]));
  });
  actors.forEach((node, at) => node.classList.toggle("chosen", Boolean(chosen) && [chosen.actor, chosen.one, chosen.two].includes(at)));
}

function choose(what) {
  chosen = what;
  mark();
  tell();
}

function statement(number) {
  const [date, stance, gist, quote, publisher, url] = data.statements[number];
  const [, , sign] = data.stances[stance] || ["", "", ""];
  const source = url
    ? made("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, publisher)
    : made("span", {}, publisher);
  const parts = [made("div", { class: "meta" }, `${date} ${sign} ${stance}`), made("div", {}, gist)];
  if (quote) parts.push(made("blockquote", {}, quote));
  return made("li", {}, ...parts, made("div", { class: "meta" }, source));
}

function evidence(tie) {
  const [one, two, weight, how, on, mine, theirs] = tie;
  const sides = [[one, mine], [two, theirs]].flatMap(([end, numbers]) => [
    made("h3", {}, `${data.actors[end][0]} (${numbers.length})`),
    made("ul", {}, ...numbers.map(statement)),
  ]);
  return [made("h2", {}, `${data.actors[one][0]} and ${data.actors[two][0]}`),
    made("p", { class: "note" }, `${how}, ${weight}, on ${on}`), ...sides];
}

function entry(tie) {
  const [one, two, weight, how] = tie;
  const button = made("button", { type: "button", class: "tie" }, `${data.actors[one][0]} and ${data.actors[two][0]} ${how} (${weight})`);
  button.addEventListener("click", () => choose({ one, two, how }));
  return button;
}

function tell() {
  const ties = moment()[2];
  const back = made("button", { type: "button" }, "All ties of this slice");
  back.addEventListener("click", () => choose(null));
  if (!ties.length) return told.replaceChildren(made("p", {}, "No tie in this slice of time."));
  if (!chosen) {
    return told.replaceChildren(made("h2", {}, "How to read this"),
      made("p", {}, "A line joins two actors who take the same side on a topic, or opposite ones; the wider, the more. Choose an actor or a line to see the statements behind it. A place on the map means nothing by itself: who agrees stands near."),
      made("h3", {}, "Strongest ties of this slice"), ...ties.slice(0, 12).map(entry));
  }
  const found = ties.filter(isChosen);
  const name = "actor" in chosen ? data.actors[chosen.actor][0] : `${data.actors[chosen.one][0]} and ${data.actors[chosen.two][0]}`;
  if (!found.length) return told.replaceChildren(back, made("h2", {}, name), made("p", {}, "No tie in this slice of time."));
  if ("actor" in chosen) return told.replaceChildren(back, made("h2", {}, name), ...found.map(entry));
  return told.replaceChildren(back, ...evidence(found[0]));
}

function play(on) {
  clearInterval(timer);
  timer = null;
  byId("play").textContent = on ? "Pause" : "Play";
  byId("play").setAttribute("aria-pressed", String(on));
  if (on) {
    timer = setInterval(() => {
      when.value = String((Number(when.value) + 1) % data.moments.length);
      draw();
    }, 1200);
  }
}

function key() {
  const used = [...new Set(data.actors.map((each) => each[1]))].filter((kind) => data.kinds[kind]);
  const hows = [...new Set(data.moments.flatMap(([, , ties]) => ties.map((tie) => tie[3])))].sort();
  const swatches = used.flatMap((kind) => {
    const dot = made("span", { class: "swatch" });
    dot.style.background = data.kinds[kind][1];
    return [dot, data.kinds[kind][0]];
  });
  const words = { agree: "take the same side", disagree: "take opposite sides (dashed)" };
  byId("key").append(...swatches, ...hows.flatMap((how) => [made("span", { class: `line ${how}` }), words[how]]));
}

byId("page").hidden = false;
when.max = String(data.moments.length - 1);
byId("slider").hidden = data.moments.length < 2;
when.addEventListener("input", () => { play(false); draw(); });
byId("play").addEventListener("click", () => play(timer === null));
byId("theme").addEventListener("click", () => {
  const dark = document.documentElement.dataset.theme !== "dark";
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  byId("theme").setAttribute("aria-pressed", String(dark));
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape") choose(null); });
frame();
key();
draw();
