// Pictures to take away: the map as it is framed, as SVG, and the same as PNG; and what is shown as CSV.

function svgPicture() {
  const { clientWidth: width, clientHeight: height } = at("map");
  const scale = network.getScale();
  const { x, y } = network.getViewPosition();
  const middle = `translate(${round(width / 2)} ${round(height / 2 + 44)})`;
  const moved = `${middle} scale(${scale}) translate(${round(-x)} ${round(-y)})`;
  const legend = legendRows(width);
  const bottom = height + 56 + legend.length * 20;
  const source = inLines(sourceLine(), width - 32);
  const whole = bottom + 10 + source.length * 14;
  return draw(
    "svg",
    { xmlns: SVG, width, height: whole, viewBox: `0 0 ${width} ${whole}`, "font-family": "system-ui, sans-serif" },
    draw("title", {}, plain(viewTitle())),
    draw("rect", { width: "100%", height: "100%", fill: ground() }),
    draw("g", { transform: moved }, ...drawnThings(), svgLabels(scale)),
    draw("text", { x: 16, y: 24, "font-size": 16, "font-weight": 600, fill: ink() }, plain(viewTitle())),
    draw("text", { x: 16, y: 41, "font-size": 11, fill: ink() }, plain(at("status").textContent)),
    svgLegend(legend, height + 64),
    source.map((line, row) =>
      draw("text", { x: 16, y: bottom + 8 + row * 14, "font-size": 10, fill: ink() }, plain(line))),
  );
}

/** A text in lines that are at most so many pixels wide, broken between words. */
function inLines(text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (widthOf(longer) > width && lines.at(-1)) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

const drawnThings = () => (view.groups ? [svgGroups()] : [view.lines.map(svgLine), [...view.nodes].map(svgNode)]);

function svgLine(line) {
  const stance = stances.get(line.stance) || stances.get("");
  const [[x1, y1], [x2, y2]] = [places.get(line.from), places.get(line.to)].map((point) => point.map(round));
  const via = bendOf(line);
  return draw(
    "g",
    { opacity: drawn.lines.get(line.key)?.color.opacity ?? 1 },
    draw("title", {}, plain(titleOf(line))),
    draw("path", {
      d: via ? `M${x1} ${y1}Q${round(via.x)} ${round(via.y)} ${x2} ${y2}` : `M${x1} ${y1}L${x2} ${y2}`,
      fill: "none", stroke: colour(line.stance), "stroke-width": round(widthOfLine(line)),
      "stroke-dasharray": line.isProposed ? DOTS.join(" ") : dashOf(stance),
    }),
    stance.head && line.from !== line.to && tips(line).map((end) => head(stance, end, headSize(line))),
  );
}

function svgNode(id) {
  const [x, y] = places.get(id);
  const opacity = drawn.nodes.get(id)?.opacity ?? 1;
  const kind = { shape: shapeOf(nodes[id]), fill: fillOf(nodes[id]) };
  const name = draw("title", {}, plain(nodes[id].label));
  const ring = { cx: round(x), cy: round(y), r: round(nodes[id].size * RING), fill: "none", stroke: ink() };
  const drawnShape = shape(kind, x, y, nodes[id].size);
  const attributes = { opacity, "data-node": plain(nodes[id].key) };
  return draw("g", attributes, name, drawnShape, nodes[id].ring && draw("circle", ring));
}

function svgLabels(scale) {
  const halo = { stroke: ground(), "stroke-width": 3.5 / scale, "paint-order": "stroke", "stroke-linejoin": "round" };
  const text = ({ lines, x, y }, fill) =>
    lines.map((line, order) =>
      draw("text", {
        x: round(x), y: round(y + ((order - (lines.length - 1) / 2) * LINE_HEIGHT) / scale), fill, ...halo,
        "font-size": round(11.5 / scale), "text-anchor": "middle", "dominant-baseline": "central",
      }, plain(line)));
  return [
    ...wordsOnLines(scale).flatMap((words) => text(words, colour(words.stance))),
    ...placedLabels(scale).flatMap((label) => text(label, ink())),
  ];
}

/** What the picture's shapes and lines mean, in rows below it. */
function legendRows(width) {
  const rows = [[]];
  let x = 16;
  for (const [picture, text] of legendParts()) {
    const room = Number(picture.getAttribute("width")) + widthOf(text) + 18;
    if (x + room > width - 10) {
      rows.push([]);
      x = 16;
    }
    rows.at(-1).push({ picture, text, x });
    x += room;
  }
  return rows;
}

function legendParts() {
  const present = new Set([...view.nodes].map((id) => nodes[id].kind));
  const borne = new Set(view.lines.map((line) => line.stance));
  return [
    ...[...kinds.values()].filter((kind) => present.has(kind.key)).map((kind) => [kindSwatch(kind), kind.label]),
    ...[...stances.values()].filter((each) => borne.has(each.key)).map((each) => [stanceSwatch(each), each.label]),
  ];
}

const svgLegend = (rows, top) =>
  rows.flatMap((row, order) => row.flatMap(({ picture, text, x }) => {
    const y = top + order * 20;
    const width = Number(picture.getAttribute("width"));
    picture.setAttribute("x", x);
    picture.setAttribute("y", y - Number(picture.getAttribute("height")) / 2 - 4);
    return [picture, draw("text", { x: x + width + 4, y, "font-size": 11, fill: ink() }, text)];
  }));

const svgText = () => new XMLSerializer().serializeToString(svgPicture());
const saveSvg = () => download(fileName("svg"), new Blob([svgText()], { type: "image/svg+xml" }));

const savePng = async () => download(fileName("png"), await pngOf(svgText()));

const CSV_HEAD = [
  ...["who", "does or says", "to or about", "sentence", "stance", "in short", "words"],
  ...["date", "dated", "publisher", "address"],
];

function csvText() {
  const pieces = view.lines.flatMap((line) => line.pieces);
  const rows = pieces.map((each) => csvRow(nodes[each.from].label, each.phrase, nodes[each.to].label, each.statement));
  const also = view.also.map((statement) => csvRow("", "", "", statement));
  return csvOf([CSV_HEAD, ...rows, ...also]);
}

const csvRow = (who, phrase, whom, statement) => [
  who, phrase, whom, statement.sentence, statement.stance, statement.gist, statement.quote, statement.date,
  dated(statement), statement.source.publisher, statement.source.url,
];

const saveCsv = () => download(fileName("csv"), new Blob(["\ufeff", csvText()], { type: "text/csv" }));
