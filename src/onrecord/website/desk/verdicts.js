// Writes verdicts in the order in which they were given, those that wait together; nothing waits for the server.
import { send } from "./ask.js";

const MOST = 50;
const waiting = [];
let running = null;

export function give(verdict, done) {
  waiting.push({ verdict, done });
  running ??= write();
}

export const settled = () => running ?? Promise.resolve();
export const isWriting = () => running !== null;

async function write() {
  while (waiting.length) {
    const batch = takeBatch();
    try {
      const { results } = await send("judge", { verdicts: batch.map(({ verdict }) => verdict) });
      results.forEach((result, at) => batch[at].done(result));
    } catch (error) {
      for (const { verdict, done } of batch) done({ id: verdict.id, error: error.message });
    }
  }
  running = null;
}

function takeBatch() {
  const ids = new Set();
  const batch = [];
  while (waiting.length && batch.length < MOST && !ids.has(waiting[0].verdict.id)) {
    ids.add(waiting[0].verdict.id);
    batch.push(waiting.shift());
  }
  return batch;
}

addEventListener("beforeunload", (event) => {
  if (running) event.preventDefault();
});
