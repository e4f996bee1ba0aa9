// A huge network opens on its communities; choosing one opens it.

const groupOf = (id) => data.groups[Number(id.slice(1))];
const openGroup = (id) => change({ show: "group", group: Number(id.slice(1)), node: "", line: "" });
const groupSize = (group) => 10 + Math.sqrt(group.members.length);

const groupPlaces = () => new Map(data.groups.map((group, order) => [`g${order}`, group.at]));

const groupNodes = () =>
  data.groups.map((group, order) => ({
    id: `g${order}`, x: group.at[0], y: group.at[1], shape: "dot", size: groupSize(group),
    color: { background: kinds.get("person").fill, border: ink() },
  }));

const groupLines = () =>
  data.groups.flatMap((group, order) =>
    group.links.map(([other, number]) => ({
      id: `${order} ${other}`, from: `g${order}`, to: `g${other}`, width: 0.6 + Math.log2(number) / 2,
      color: { color: colour(""), opacity: 0.5 },
    })));

const groupItems = () =>
  data.groups.map((group, order) => ({
    id: `g${order}`, x: group.at[0], y: group.at[1], size: groupSize(group), out: [0, 1], rank: 0, must: false,
    name: group.label, weight: group.members.length,
  }));

/** The communities as a list, for those who do not point at the map. */
const communityList = () =>
  make("details", { open: true }, make("summary", {}, "Communities"),
    make("ol", { class: "plain" }, data.groups.map((group, order) => make("li", {},
      button(group.label, () => openGroup(`g${order}`), { class: "name" }), number(group.members.length)))));

/** The communities and the ties between them, for the picture to take away. */
function svgGroups() {
  const ties = groupLines().map((tie) => {
    const [[x1, y1], [x2, y2]] = [places.get(tie.from), places.get(tie.to)];
    return draw("line", { x1, y1, x2, y2, stroke: colour(""), "stroke-width": round(tie.width), opacity: 0.5 });
  });
  const dots = groupNodes().map(({ id, x, y, size }) =>
    draw("g", { "data-node": id }, shape(kinds.get("person"), x, y, size)));
  return [...ties, ...dots];
}

const groupStatus = () =>
  `${count(data.groups.length, "community", "communities")} of ` +
  `${count(entities.length, "entity", "entities")}; choose one to open it`;
