// Statements a month by stance, under the map; a stretch of it, drawn with the pointer, filters.

const HIGH = 52;
const BELOW = 16;
const CHART_WORDS = "Statements a month; draw over it to choose a time";
let months = [];
let brush = null;

/** The statements that pass the filters, whatever their date. */
const timely = () => inScope().filter((statement) => passesBut(statement, "time"));

const monthNumber = (date) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
const monthName = (number) => `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}`;

function drawTimeline() {
  at("timeline").hidden = state.show === "story";
  const list = timely();
  const exact = list.filter(({ date }) => date.length >= 7);
  const yearOnly = list.filter((each) => each.date.length === 4).length;
  const undated = list.length - exact.length - yearOnly;
  months = exact.length ? span(exact.map((each) => monthNumber(each.date))) : [];
  at("timeline").replaceChildren(...[
    months.length > 1 && chart(exact),
    make("p", { class: "meta" }, joined([
      timelineWords(),
      list.some((each) => dated(each) === "event") && "hatched: dated by an event",
      yearOnly && `${yearOnly} with a year alone`,
      undated && `${undated} undated`,
      (state.from || state.to) && make("span", {}, `shown: ${state.from || "the start"} to ${state.to || "the end"} `,
        button("all times", () => change({ from: "", to: "" }))),
    ])),
  ].filter(Boolean));
}

function timelineWords() {
  if (months.length > 1) return CHART_WORDS;
  return months.length ? `All of one month: ${dateWords(monthName(months[0]))}` : "No dates to draw a timeline of";
}

/** Every month from the first to the last. */
function span(numbers) {
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
  return Array.from({ length: last - first + 1 }, (_, order) => first + order);
}

function chart(list) {
  const width = 100 * 10;
  const step = width / months.length;
  const columns = months.map(() => new Map());
  for (const each of list) {
    const column = columns[monthNumber(each.date) - months[0]];
    const key = `${each.stance} ${dated(each) === "event" ? "about" : ""}`;
    column.set(key, (column.get(key) || 0) + 1);
  }
  const most = Math.max(...columns.map((column) => [...column.values()].reduce((sum, number) => sum + number, 0)));
  const svg = draw("svg", {
    viewBox: `0 0 ${width} ${HIGH + BELOW}`, preserveAspectRatio: "none", role: "img",
    "aria-label": `Timeline from ${monthName(months[0])} to ${monthName(months.at(-1))}, ` +
      `at most ${most} statements a month. Two fields of the legend choose a time.`,
    pointerdown: brushStart, pointermove: brushMove, pointerup: brushEnd,
  });
  svg.append(hatches());
  columns.forEach((column, order) => svg.append(...bars(column, order * step, step, most)));
  svg.append(chosenStretch(step));
  return make("div", { class: "chart" }, svg, yearMarks());
}

function bars(column, x, step, most) {
  let y = HIGH;
  const keys = [...stances.keys()].flatMap((key) => [`${key} `, `${key} about`]);
  return keys.filter((key) => column.has(key)).map((key) => {
    const [stance, about] = key.split(" ");
    const height = (column.get(key) / most) * (HIGH - 4);
    y -= height;
    const place = { x: round(x + step * 0.08), y: round(y), width: round(step * 0.84), height: round(height) };
    return draw("rect", { ...place, fill: about ? `url(#hatch-${stance || "none"})` : colour(stance) });
  });
}

/** A hatching a stance, for statements whose date is that of an event. */
const hatches = () => draw("defs", {}, [...stances.keys()].map((key) =>
  draw("pattern", { id: `hatch-${key || "none"}`, width: 5, height: 5, patternUnits: "userSpaceOnUse" },
    draw("path", { d: "M-1 1L1 -1M0 5L5 0M4 6L6 4", stroke: colour(key), "stroke-width": 1.6 }))));

/** The stretch between From and To. */
function chosenStretch(step) {
  const bound = (order) => Math.min(months.length, Math.max(0, order - months[0]));
  const from = state.from ? bound(monthNumber(`${state.from}-01`)) : 0;
  const to = state.to ? bound(monthNumber(state.to.length > 4 ? state.to : `${state.to}-12`) + 1) : months.length;
  const width = state.from || state.to ? Math.max(2, (to - from) * step) : 0;
  return draw("rect", { class: "stretch", x: from * step, y: 0, width, height: HIGH });
}

function yearMarks() {
  const marks = make("div", { class: "years", "aria-hidden": "true" });
  const first = months[0];
  const isMarked = (month) => month % 12 === 0 || (month === first && month % 12 < 9);
  for (const month of months.filter(isMarked)) {
    const mark = make("span", {}, String(Math.floor(month / 12)));
    mark.style.left = `${(100 * (month - first)) / months.length}%`;
    marks.append(mark);
  }
  return marks;
}

function monthAt(event) {
  const { left, width } = event.currentTarget.getBoundingClientRect();
  const order = Math.floor(((event.clientX - left) / width) * months.length);
  return Math.min(months.length - 1, Math.max(0, order));
}

function brushStart(event) {
  brush = { from: monthAt(event), to: monthAt(event) };
  event.currentTarget.setPointerCapture(event.pointerId);
}

function brushMove(event) {
  if (!brush) return;
  brush.to = monthAt(event);
  const [one, two] = [Math.min(brush.from, brush.to), Math.max(brush.from, brush.to)];
  const step = (100 * 10) / months.length;
  const stretch = event.currentTarget.querySelector(".stretch");
  stretch.setAttribute("x", one * step);
  stretch.setAttribute("width", (two - one + 1) * step);
}

function brushEnd() {
  if (!brush) return;
  const [from, to] = [Math.min(brush.from, brush.to), Math.max(brush.from, brush.to)];
  brush = null;
  change({ from: monthName(months[from]), to: monthName(months[to]) });
}
