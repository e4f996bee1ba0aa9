// Marks in the text by the CSS Custom Highlight API: they may overlap, and the text stays one node.
// The server counts characters (code points), the browser UTF-16 units.
import { byId } from "./dom.js";

const NAMES = ["waiting", "accepted", "rejected", "chosen"];
const pane = byId("text");
let text = "";
let units = null;

export function show(words) {
  text = words;
  pane.textContent = words;
  units = null;
  if (/[\ud800-\udfff]/.test(words)) {
    units = [0];
    for (const sign of words) units.push(units.at(-1) + sign.length);
  }
}

const toUnits = (points) => (units ? units[points] : points);
const toPoints = (at) => (units ? units.findIndex((unit) => unit >= at) : at);

function range({ start, end }) {
  const node = pane.firstChild;
  if (!node || start === null || toUnits(end) === undefined) return null;
  const made = new Range();
  made.setStart(node, toUnits(start));
  made.setEnd(node, Math.min(toUnits(end), node.length));
  return made;
}

export function mark(statements, chosen) {
  if (!CSS.highlights) return;
  const sets = Object.fromEntries(NAMES.map((name) => [name, new Highlight()]));
  for (const statement of statements) {
    const place = range(statement);
    if (!place) continue;
    (sets[statement.status] ?? sets.waiting).add(place);
    if (statement === chosen) sets.chosen.add(place);
  }
  sets.chosen.priority = 1;
  for (const name of NAMES) CSS.highlights.set(name, sets[name]);
}

// The words that are being coded, which stay marked while the form has the focus.
export function markPassage(place) {
  const shown = place && range(place);
  if (shown) CSS.highlights?.set("passage", Object.assign(new Highlight(shown), { priority: 2 }));
  else CSS.highlights?.delete("passage");
}

export function reveal(statement) {
  const box = range(statement)?.getBoundingClientRect();
  if (!box) return;
  const frame = pane.getBoundingClientRect();
  if (box.top >= frame.top + 20 && box.bottom <= frame.bottom - 20) return;
  pane.scrollTop += box.top - frame.top - frame.height / 3;
}

export function selected() {
  const selection = getSelection();
  if (selection.isCollapsed || !pane.contains(selection.anchorNode) || !pane.contains(selection.focusNode)) return null;
  const place = selection.getRangeAt(0);
  let [start, end] = [place.startOffset, place.endOffset];
  while (start < end && /\s/.test(text[start])) start += 1;
  while (end > start && /\s/.test(text[end - 1])) end -= 1;
  if (start === end) return null;
  return { start: toPoints(start), end: toPoints(end), words: text.slice(start, end) };
}

export function pointAt(event) {
  const caret = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  const node = caret?.offsetNode ?? document.caretRangeFromPoint?.(event.clientX, event.clientY)?.startContainer;
  const offset = caret?.offset ?? document.caretRangeFromPoint?.(event.clientX, event.clientY)?.startOffset;
  return node && pane.contains(node) ? toPoints(offset) : null;
}

// By keyboard: arrows move by words and lines, with Shift they select.
const MOVES = {
  ArrowRight: ["forward", "word"],
  ArrowLeft: ["backward", "word"],
  ArrowDown: ["forward", "line"],
  ArrowUp: ["backward", "line"],
};

export function moveByKey(event) {
  const move = MOVES[event.key];
  if (!move || event.ctrlKey || event.altKey || event.metaKey) return false;
  const selection = getSelection();
  if (!pane.contains(selection.anchorNode)) selection.collapse(pane.firstChild, 0);
  selection.modify(event.shiftKey ? "extend" : "move", ...move);
  event.preventDefault();
  return true;
}

export function startAt(statement) {
  const place = statement && range(statement);
  if (place && pane.firstChild) getSelection().collapse(pane.firstChild, place.startOffset);
}
