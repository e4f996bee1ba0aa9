// Suggests entities while a name is typed; without it, the form's own list stands.
"use strict";

(() => {
  const WAIT = 120;
  for (const input of document.querySelectorAll("input[data-lookup]")) {
    const list = document.getElementById(input.getAttribute("list"));
    const own = document.createElement("datalist");
    own.id = `${input.id}-names`;
    own.append(...list.cloneNode(true).childNodes);
    input.after(own);
    input.setAttribute("list", own.id);
    let waiting = 0;
    let asked = null;
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => suggest(input.value.trim()), WAIT);
    });

    async function suggest(text) {
      asked?.abort();
      if (text.length < 2) return;
      asked = new AbortController();
      try {
        const answer = await fetch(`/-/lookup?q=${encodeURIComponent(text)}`, { signal: asked.signal });
        const { results } = await answer.json();
        own.replaceChildren(...results.map(option));
      } catch (error) {
        if (error.name !== "AbortError") own.replaceChildren();
      }
    }
  }

  function option({ label, type, alias }) {
    const made = document.createElement("option");
    made.value = alias ?? label;
    made.label = alias ? `${alias}: ${label}, ${type}` : `${label}, ${type}`;
    return made;
  }
})();
