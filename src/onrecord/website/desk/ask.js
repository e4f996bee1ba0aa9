// Asks the server: what it answers, or an error with what it said.
const BASE = "/-/desk/";

export async function ask(name, parameters = {}) {
  const query = new URLSearchParams(parameters);
  return read(await fetch(`${BASE}${name}?${query}`, { headers: { accept: "application/json" } }));
}

export async function send(name, body) {
  const headers = { accept: "application/json", "content-type": "application/json" };
  return read(await fetch(`${BASE}${name}`, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function read(response) {
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.detail ?? `the server answered ${response.status}`);
  return answer;
}
