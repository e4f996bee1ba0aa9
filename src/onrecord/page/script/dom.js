// The document is built from elements and text nodes alone: what stands in the data stays text.

const SVG = "http://www.w3.org/2000/svg";
const at = (id) => document.getElementById(id);

function make(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

function draw(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

/** Attributes, listeners (functions) and children; null, false and "" are left out. */
function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat(2).filter((child) => child !== null && child !== false && child !== ""));
  return element;
}

const button = (text, click, attributes = {}) => make("button", { type: "button", click, ...attributes }, text);
const count = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
const unique = (list) => [...new Set(list)];

/** Says a sentence to those who listen to the page. */
function announce(text) {
  at("said").textContent = text;
}

function download(name, content) {
  const url = URL.createObjectURL(content);
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
