// Names that may be one: one key merges, one keeps them apart, one takes the last change back.
import { make } from "./dom.js";

const KEYS = { m: "merge", x: "other way round", d: "they differ", u: "undo", j: "next", k: "before" };
let at = 0;

export function alikeList(pairs, entities, acts) {
  const byId = new Map(entities.map((entity) => [entity.id, entity]));
  const shown = pairs.map(({ keep, gone }) => ({ keep: byId.get(keep), gone: byId.get(gone) }));
  const list = make("ol", { className: "rows" });
  at = Math.min(at, Math.max(0, shown.length - 1));
  const draw = () => {
    list.replaceChildren(...shown.map((pair, place) => item(pair, place === at, () => choose(place), acts)));
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  const choose = (place) => {
    at = Math.max(0, Math.min(shown.length - 1, place));
    draw();
  };
  const does = {
    m: () => settle("merge"), d: () => settle("apart"), u: () => acts.change("undo-name", {}),
    j: () => choose(at + 1), k: () => choose(at - 1),
    x: () => {
      const pair = shown[at];
      if (pair) Object.assign(pair, { keep: pair.gone, gone: pair.keep });
      draw();
    },
  };
  const settle = (what) => {
    const pair = shown[at];
    if (pair) return acts.change(what, { keep: `:${pair.keep.id}`, gone: `:${pair.gone.id}` });
  };
  const keys = make("div", { className: "verdicts" }, ...Object.entries(KEYS).map(([key, text]) => keyButton(key, text, does[key])));
  const box = make("section", { className: "alike", tabIndex: 0, "aria-label": "Possibly the same" }, make("h3", { textContent: `Possibly the same: ${shown.length}` }), keys, list);
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !does[event.key]) return;
    event.preventDefault();
    does[event.key]();
  });
  draw();
  return box;
}

function keyButton(key, text, act) {
  const made = make("button", { type: "button", className: "plain" }, `${text} `, make("kbd", { textContent: key }));
  made.addEventListener("click", act);
  return made;
}

function item({ keep, gone }, isChosen, choose, { places }) {
  const made = make("li", { className: `card sides${isChosen ? " chosen" : ""}` }, side("stays", keep, places), side("becomes it", gone, places));
  if (isChosen) made.setAttribute("aria-current", "true");
  made.addEventListener("click", choose);
  return made;
}

function side(what, entity, places) {
  const name = make("p", {}, make("b", { textContent: entity.name, dir: "auto" }), make("span", { className: "meta", textContent: ` ${entity.type} · ${what}` }));
  return make("div", {}, name, places(entity));
}
