// What is taken away as a file: its name, its words, a picture, a table.

const LONGEST_NAME = 60;

/** A text without the characters that XML cannot hold. */
const plain = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");

/** A file's name that says what it shows; plainly "onrecord" where there are no words. */
function nameOfFile(words, ending) {
  const slug = fold(words).replace(/[^a-z0-9]+/g, "-").slice(0, LONGEST_NAME).replace(/^-+|-+$/g, "");
  return `${["onrecord", slug].filter(Boolean).join("-")}.${ending}`;
}

/** Where a picture comes from, and when it was taken. */
function sourceOf(title, facts) {
  const today = new Date().toISOString().slice(0, 10);
  const address = /^https?:$/.test(location.protocol) ? location.href : "";
  return [`Source: ${title}`, facts, `taken on ${today}`, address].filter(Boolean).join(" · ");
}

/** A picture at twice its size, as PNG. */
async function pngOf(svg) {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = make("canvas", { width: image.naturalWidth * 2, height: image.naturalHeight * 2 });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

/** A cell of CSV; what a spreadsheet would take for a formula gets an apostrophe before it. */
function cell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const csvOf = (rows) => rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
