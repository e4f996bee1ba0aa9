// What differs over time: statements a year, and stances of one actor on one thing that are not the same later.

const MOST_DIFFERING = 12;

/** Statements a year by stance, as a small table, and the stances that differ. */
function overTime(list) {
  const dates = list.filter(({ date, stance }) => date && stance);
  const years = unique(dates.map(({ date }) => date.slice(0, 4))).sort();
  if (years.length < 2) return differing(list);
  const keys = [...stances.keys()].filter(Boolean);
  const tally = new Map();
  const slot = (year, key) => `${year} ${key}`;
  for (const { date, stance } of dates) {
    const own = slot(date.slice(0, 4), stance);
    tally.set(own, (tally.get(own) || 0) + 1);
  }
  const times = (year, key) => tally.get(slot(year, key));
  const head = make("tr", {}, make("th", { scope: "col" }, "Year"), keys.map((key) =>
    make("th", { scope: "col" }, stanceTag(key, key))));
  const onlyYear = (year) => button(year, () => change({ from: year, to: year }), { "aria-label": `Only ${year}` });
  const row = (year) => make("tr", {}, make("th", { scope: "row" }, onlyYear(year)), keys.map((key) =>
    make("td", { class: "number" }, String(times(year, key) ?? "–"))));
  return [
    make("h3", {}, "Year by year"),
    make("table", { class: "years-table" }, make("thead", {}, head), make("tbody", {}, years.map(row))),
    make("p", { class: "meta" }, "Statements that have a date. They count coverage, not opinions."),
    ...differing(list),
  ];
}

/** Pairs of dated statements of one actor on one entity whose stances are not the same: the first and the last. */
function differences(list) {
  const groups = new Map();
  const counts = ({ date, stance, object }) => date && stance && object !== null && !isTopic(nodes[object]);
  for (const statement of newestFirst(list.filter(counts)).reverse()) {
    for (const actor of statement.actors) {
      const key = `${actor} ${statement.object}`;
      const group = groups.get(key);
      if (group) group.last = statement;
      else groups.set(key, { first: statement, last: statement });
    }
  }
  return [...groups].flatMap(([key, { first, last }]) => {
    const isLater = within(last.date, first.date, "") && !within(last.date, "", first.date);
    return first.stance !== last.stance && isLater ? [{ actor: Number(key.split(" ")[0]), first, last }] : [];
  });
}

function differing(list) {
  const found = differences(list);
  if (!found.length) return [];
  const newest = found.sort((one, two) => (one.last.date < two.last.date ? 1 : -1)).slice(0, MOST_DIFFERING);
  return [
    make("h3", { class: "section" }, "Stances that differ over time ", number(found.length)),
    ...newest.map(({ actor, first, last }) => make("div", { class: "card" },
      make("h4", {}, nodeButton(actor), " on ", nodeButton(first.object)),
      earlierOrLater("earlier", first),
      earlierOrLater("later", last))),
  ];
}

const earlierOrLater = (word, statement) => make("p", { class: "gist" },
  make("span", { class: "meta" }, joined([`${word}: ${whenWords(statement)}`, stanceTag(statement.stance)])),
  make("br"), statement.gist, " ", sourceLink(statement, statement.source.publisher));
