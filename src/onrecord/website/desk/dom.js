// Makes elements: text is always text, whatever it holds.
export const byId = (id) => document.getElementById(id);

export function make(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "for" || key === "role") made.setAttribute(key, value);
    else made[key] = value;
  }
  made.append(...children);
  return made;
}

export function option(value, label = value) {
  return make("option", { value, textContent: label });
}

export function link(address, text) {
  if (!/^https?:\/\//.test(address)) return make("span", { textContent: text });
  return make("a", { href: address, textContent: text, rel: "noopener noreferrer", target: "_blank" });
}

export function alarm(text) {
  const box = byId("alert");
  box.textContent = text;
  box.hidden = !text;
}
