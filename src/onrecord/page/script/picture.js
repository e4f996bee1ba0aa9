// Pictures to take away: the map as it is framed, as SVG, and the same as PNG; and what is shown as CSV.

const plain = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");

function svgPicture() {
  const { clientWidth: width, clientHeight: height } = at("map");
  const scale = network.getScale();
  const { x, y } = network.getViewPosition();
  const moved = `translate(${round(width / 2)} ${round(height / 2 + 44)}) scale(${scale}) translate(${round(-x)} ${round(-y)})`;
  return draw(
    "svg",
    { xmlns: SVG, width, height: height + 76, viewBox: `0 0 ${width} ${height + 76}`, "font-family": "system-ui, sans-serif" },
    draw("title", {}, plain(data.title)),
    draw("rect", { width: "100%", height: "100%", fill: ground() }),
    draw("g", { transform: moved }, view.lines.map(svgLine), [...view.nodes].map(svgNode), svgLabels(scale)),
    draw("text", { x: 16, y: 24, "font-size": 16, "font-weight": 600, fill: ink() }, plain(data.title)),
    draw("text", { x: 16, y: 41, "font-size": 11, fill: ink() }, plain(statusText())),
    svgLegend(height + 62),
  );
}

function svgLine(line) {
  const [x1, y1] = places.get(line.from);
  const [x2, y2] = places.get(line.to);
  const stance = stances.get(line.stance) || stances.get("");
  const via = bendOf(line);
  const angle = Math.atan2(y2 - (via?.y ?? y1), x2 - (via?.x ?? x1));
  const short = nodes[line.to].size + 1;
  const [endX, endY] = [x2 - short * Math.cos(angle), y2 - short * Math.sin(angle)];
  const path = via ? `Q${round(via.x)} ${round(via.y)} ${round(endX)} ${round(endY)}` : `L${round(endX)} ${round(endY)}`;
  const width = stance.key ? 1 + Math.log2(line.statements.length) : 0.8;
  return draw(
    "g",
    { opacity: drawn.lines.get(line.key)?.color.opacity ?? 1 },
    draw("title", {}, plain(titleOf(line))),
    draw("path", {
      d: `M${round(x1)} ${round(y1)}${path}`, fill: "none", stroke: colour(line.stance), "stroke-width": round(width),
      "stroke-dasharray": stance.dash.join(" ") || null,
    }),
    stance.head && head(stance, endX, endY, angle, 4 + width / 2),
  );
}

function svgNode(id) {
  const [x, y] = places.get(id);
  const opacity = drawn.nodes.get(id)?.opacity ?? 1;
  const kind = { shape: shapeOf(nodes[id]), fill: fillOf(nodes[id]) };
  return draw("g", { opacity, "data-node": plain(nodes[id].key) }, draw("title", {}, plain(nodes[id].label)), shape(kind, x, y, nodes[id].size));
}

function svgLabels(scale) {
  const halo = { stroke: ground(), "stroke-width": 3.5 / scale, "paint-order": "stroke", "stroke-linejoin": "round" };
  const text = ({ lines, x, y }, fill) =>
    lines.map((line, order) =>
      draw("text", {
        x: round(x), y: round(y + ((order - (lines.length - 1) / 2) * LINE_HEIGHT) / scale), fill, ...halo,
        "font-size": round(12 / scale), "text-anchor": "middle", "dominant-baseline": "central",
      }, plain(line)));
  return [
    ...wordsOnLines(scale).flatMap((words) => text(words, colour(words.stance))),
    ...placedLabels(scale).flatMap((label) => text(label, ink())),
  ];
}

function svgLegend(y) {
  let x = 16;
  const parts = [];
  const put = (picture, text) => {
    picture.setAttribute("x", x);
    picture.setAttribute("y", y - 12);
    const width = Number(picture.getAttribute("width"));
    parts.push(picture, draw("text", { x: x + width + 3, y, "font-size": 10.5, fill: ink() }, text));
    x += width + 14 + widthOf(text) * 0.9;
  };
  const present = new Set([...view.nodes].map((id) => nodes[id].kind));
  for (const kind of kinds.values()) if (present.has(kind.key)) put(kindSwatch(kind), kind.label);
  for (const stance of stances.values()) {
    if (view.lines.some((line) => line.stance === stance.key)) put(stanceSwatch(stance), stance.label);
  }
  return draw("g", {}, parts);
}

const svgText = () => new XMLSerializer().serializeToString(svgPicture());
const saveSvg = () => download("onrecord.svg", new Blob([svgText()], { type: "image/svg+xml" }));

/** The picture at twice its size, as PNG. */
async function pngPicture() {
  const picture = svgPicture();
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(picture)], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = make("canvas", { width: picture.getAttribute("width") * 2, height: picture.getAttribute("height") * 2 });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

const savePng = async () => download("onrecord.png", await pngPicture());

/** A cell of CSV; what a spreadsheet would take for a formula gets an apostrophe before it. */
function cell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function csvText() {
  const head_ = ["who", "does or says", "to or about", "sentence", "stance", "in short", "words", "date", "dated", "publisher", "address"];
  const rows = view.lines.flatMap((line) =>
    line.pieces.map(({ from, to, phrase, statement }) => csvRow(nodes[from].label, phrase, nodes[to].label, statement)));
  const also = view.also.map((statement) => csvRow("", "", "", statement));
  return [head_, ...rows, ...also].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

const csvRow = (who, phrase, whom, statement) => [
  who, phrase, whom, statement.sentence, statement.stance, statement.gist, statement.quote, statement.date,
  dated(statement), statement.source.publisher, statement.source.url,
];

const saveCsv = () => download("onrecord.csv", new Blob(["\ufeff", csvText()], { type: "text/csv" }));
