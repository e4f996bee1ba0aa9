// Which statement comes next: in the queue as it is sorted and filtered, or article by article.
import { ask } from "./ask.js";
import * as verdicts from "./verdicts.js";

const isWaiting = (line) => line.status === "unreviewed";

export class Flow {
  constructor(count) {
    Object.assign(this, { order: "document", text: "", lines: [], total: 0, skipped: new Set(), ahead: null, count });
  }

  get isSorted() {
    return this.order !== "document" || this.text !== "";
  }

  async read(offset = 0) {
    await verdicts.settled();
    const { lines, total } = await ask("queue", { order: this.order, text: this.text, offset });
    this.lines = offset ? [...this.lines, ...lines] : lines;
    this.total = total;
    this.count(total);
    return total;
  }

  mark(id, status) {
    const line = this.lines.find((known) => known.id === id);
    if (line) line.status = status;
  }

  skip(id) {
    this.skipped.add(id);
  }

  isLeft(line) {
    return isWaiting(line) && !this.skipped.has(line.id);
  }

  after(id) {
    const at = this.lines.findIndex((line) => line.id === id);
    return this.lines.slice(at + 1).find((line) => this.isLeft(line));
  }

  // The next line of another article; all pages are looked through before there is none.
  async next(here) {
    const known = this.other(here);
    if (known) return known;
    await this.read();
    while (!this.other(here) && this.lines.length < this.total) await this.read(this.lines.length);
    return this.other(here) ?? (this.isSorted ? this.lines.find((line) => this.isLeft(line)) : undefined);
  }

  other(here) {
    return this.lines.find((line) => line.document !== here && this.isLeft(line));
  }

  // The server is asked for the next article while this one is judged.
  prepare(here, chosen) {
    const next = this.isSorted ? this.after(chosen) : this.other(here);
    if (!next || next.document === here || next.document === this.ahead?.id) return;
    const opened = verdicts.settled().then(() => ask("document", { id: next.document }));
    opened.catch(() => {});
    this.ahead = { id: next.document, opened };
  }

  async document(id) {
    const ahead = this.ahead;
    this.ahead = null;
    if (ahead?.id === id) return ahead.opened;
    await verdicts.settled();
    return ask("document", { id });
  }
}
