// A huge network opens on its communities; choosing one opens it.

const groupOf = (id) => data.groups[Number(id.slice(1))];
const openGroup = (id) => change({ show: "group", group: Number(id.slice(1)), node: "", line: "" });
const groupSize = (group) => 10 + Math.sqrt(group.members.length);

const groupPlaces = () => new Map(data.groups.map((group, order) => [`g${order}`, group.at]));

const GROUP_COLOURS = () => ({ background: kinds.get("person").fill, border: ink() });

const groupNodes = () =>
  data.groups.map((group, order) => ({
    id: `g${order}`, x: group.at[0], y: group.at[1], shape: "dot", size: groupSize(group), fixed: true,
    borderWidth: 1.2, color: { ...GROUP_COLOURS(), highlight: GROUP_COLOURS() },
  }));

const groupLines = () =>
  data.groups.flatMap((group, order) =>
    group.links.map(([other, number]) => ({
      id: `${order} ${other}`, from: `g${order}`, to: `g${other}`, width: 1 + Math.log2(number),
      color: { color: colour(""), opacity: 0.5, inherit: false }, arrows: { to: { enabled: false } },
      smooth: { enabled: false },
    })));

const groupItems = () =>
  data.groups.map((group, order) => ({
    id: `g${order}`, x: group.at[0], y: group.at[1], size: groupSize(group), out: [0, 1], rank: 0, must: false,
    name: `${group.label} (${group.members.length})`, weight: group.members.length,
  }));

const groupStatus = () =>
  `${count(data.groups.length, "community", "communities")} of ` +
  `${count(entities.length, "entity", "entities")}; choose one to open it`;
