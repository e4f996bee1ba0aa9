// The map in somebody else's page: the code that shows it there, and how it looks in a frame.

const FRAME_HEIGHT = 600;
const CC_BY = "https://creativecommons.org/licenses/by/4.0/";
const NEW_TAB = { target: "_blank", rel: "noopener noreferrer" };
const isEmbedded = window.parent !== window;

/** The folder of the site's own tools: the page that others may frame stands one deeper. */
const toolsFolder = () => new URL(location.pathname.includes("/-/embed/") ? "../" : "./", location.href);

/** Where a node or a statement has a page of its own, beside this one. */
function placeOnSite(key) {
  const path = (data.apart?.[key] ?? key).split("/").map(encodeURIComponent).join("/");
  return new URL(data.site + path + (data.suffix ?? ""), toolsFolder()).href;
}

/** Where this view stands by itself, and where the page of it that others may frame. */
function placesOfView() {
  if (!data.site) return { whole: location.href, framed: location.href };
  const file = `network${data.suffix ?? ""}${location.search}${location.hash}`;
  return { whole: new URL(file, toolsFolder()).href, framed: new URL(`embed/${file}`, toolsFolder()).href };
}

const ESCAPES = { "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;" };
const escaped = (text) => text.replace(/[&"<>]/g, (sign) => ESCAPES[sign]);
const linkCode = (address, text) => elementCode("a", { href: address }, text);

/** An element as HTML. */
function elementCode(name, attributes, text = "") {
  const told = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  return `<${name}${told.join("")}>${escaped(text)}</${name}>`;
}

/** HTML that shows this view: a frame with a title and few rights, and a line on where it is from. */
function embedCode() {
  const { whole, framed } = placesOfView();
  const attributes = {
    src: framed, title: `${viewTitle()}: a map`, width: "100%", height: FRAME_HEIGHT, style: "border:0",
    loading: "lazy", referrerpolicy: "no-referrer",
    sandbox: "allow-scripts allow-popups allow-popups-to-escape-sandbox",
  };
  const view = linkCode(whole, viewTitle());
  const source = viewTitle() === data.title ? `Source: ${view}` : `${view}. Source: ${escaped(data.title)}`;
  const from = `${source}, record under ${linkCode(CC_BY, "CC BY 4.0")}.`;
  return `${elementCode("iframe", attributes)}\n<p><small>${from}</small></p>`;
}

const EMBEDDING = "Paste this where the map is to stand. It shows this view, and its reader can go on from it.";
const FROM_A_FILE = "This page is a file of your own: put it on your web space first, and copy the code there.";

/** Opens a dialog with the code and a button that copies it. */
function openEmbed() {
  const code = make("textarea", { id: "embed-code", rows: 6, readonly: true, "aria-label": "Code" });
  code.value = embedCode();
  const said = make("span", { class: "note", role: "status" });
  const copy = async () => {
    code.select();
    try {
      await navigator.clipboard.writeText(code.value);
      said.textContent = "Copied.";
    } catch {
      said.textContent = "Marked: copy it with the keyboard.";
    }
  };
  const dialog = make("dialog", { class: "embed", "aria-label": "Embed", close: () => dialog.remove() },
    make("h2", {}, "Embed this map"),
    make("p", {}, location.protocol === "file:" ? FROM_A_FILE : EMBEDDING),
    code,
    make("p", {}, button("Copy the code", copy), " ", button("Close", () => dialog.close()), " ", said));
  document.body.append(dialog);
  dialog.showModal();
}

/** In a frame the map has little room: what filters it stays away, and a line leads to the whole page. */
function startFramed() {
  if (!isEmbedded) return;
  document.documentElement.dataset.framed = "true";
  const whole = make("a", { href: placesOfView().whole, ...NEW_TAB }, "Open the whole map");
  whole.addEventListener("click", () => (whole.href = placesOfView().whole));
  const licence = make("a", { href: CC_BY, ...NEW_TAB }, "CC BY 4.0");
  document.body.append(make("p", { class: "from" }, `${data.title} · `, licence, " · ", whole));
}
