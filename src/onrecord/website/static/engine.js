// The graph of a static site, asked in the browser: Oxigraph compiled to WebAssembly over the site's own N-Quads.
let opening = null;

/** The store and the known prefixes; loaded once, when somebody asks. */
export const open = (places) => (opening ??= load(places));

async function load({ engine, wasm, graph, words }) {
  const [{ default: init, Store }, program, quads, { prefixes }] = await Promise.all([
    import(new URL(engine, location.href).href), unpacked(wasm), unpacked(graph).then((bytes) => new TextDecoder().decode(bytes)),
    fetch(words).then((response) => response.json())]);
  await init({ module_or_path: program });
  const store = new Store();
  store.load(quads, { format: "application/n-quads", lenient: true });
  return { store, prefixes };
}

/** A packed file's bytes, whether or not the host has said that it is packed. */
async function unpacked(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} did not come (${response.status})`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/** An answer in a media type, over the union of all graphs unless FROM names some; throws for what does not parse. */
export function ask({ store, prefixes }, query, type) {
  const known = Object.entries(prefixes).map(([name, iri]) => `PREFIX ${name}: <${iri}>`).join(" ");
  return store.query(`${known} ${query}`, {
    base_iri: "https://w3id.org/onrecord/",
    use_default_graph_as_union: !/\bFROM\b/i.test(bare(query)),
    results_format: type ?? (isGraph(query) ? "application/n-triples" : "application/sparql-results+json"),
  });
}

/** A query without its IRIs, strings, variables and comments. */
const bare = (query) => query.replace(/<[^<>"{}|^`\\\s]*>|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[?$]\w+|#.*$/gm, "");

/** Whether the answer is a graph and not rows. */
export function isGraph(query) {
  const form = /\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b/i.exec(bare(query))?.[1] ?? "";
  return ["CONSTRUCT", "DESCRIBE"].includes(form.toUpperCase());
}
