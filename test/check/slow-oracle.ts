/**
 * The rules for what a byte may hold, once more and slowly: per byte the whole history of what happened to it, and the
 * set of values that POSIX and XFS allow, folded from it anew whenever the byte is looked at. Shares no code with
 * src/check. A set of more than two values is exact here, and anything there.
 */
import type { Judge } from "../../src/kernel/machine/events.js";
import type { Kernel } from "../../src/kernel/machine/kernel.js";
import type { Thread } from "../../src/kernel/machine/thread.js";
import { BlockFlag, FolioFlag } from "../../src/kernel/objects/folios.js";
import { Value } from "../../src/kernel/objects/values.js";

type Event =
  /** The byte is this from now on: written, truncated, punched, zeroed. */
  | { what: "is"; value: number; past: boolean }
  /** A copy that is not accepted yet shows. */
  | { what: "may be"; value: number }
  /** A store; `past` EOF, and `amid` a call that was changing the byte. */
  | { what: "store"; value: number; past: boolean; amid: boolean }
  /** The file has grown over the byte. */
  | { what: "inside" }
  /** The call that was changing the byte is over and the byte lies past EOF; the page cache holds this. */
  | { what: "outside"; cached: number }
  /** A fault kept the byte from the disk. */
  | { what: "lost"; past: boolean }
  | { what: "seen"; value: number };

interface Allowed {
  readonly values: ReadonlySet<number>;
  /** Any data or zero: a store met a call that was changing the byte, or a fault lost it, or left it stale past EOF. */
  readonly open: "no" | "raced" | "lost" | "stale";
}

/** What a byte may hold after all that happened to it, oldest first. */
function fold(history: readonly Event[]): Allowed {
  let values = new Set([0]);
  let open = "no" as Allowed["open"];
  for (const e of history) {
    switch (e.what) {
      case "is":
        open = e.past && open === "lost" ? "stale" : "no";
        values = new Set([e.value]);
        break;
      case "may be":
        values.add(e.value);
        break;
      case "store":
        if (!e.past) {
          values = new Set([e.value]);
          open = "no";
        }
        if (e.amid) open = open === "lost" ? "lost" : "raced";
        else if (e.past && open !== "stale") {
          values = new Set([0, e.value]);
          open = "no";
        }
        break;
      case "inside":
        // Everything that stood past EOF is gone, unless a store or a fault came while the file grew.
        if (open === "no" || open === "stale") {
          if (values.size > 1 || open === "stale") values = new Set([0]);
          open = "no";
        }
        break;
      case "outside":
        if (open === "lost") open = "stale";
        if (open === "raced") {
          values = new Set(e.cached >= Value.FIRST_DATA ? [0, e.cached] : [0]);
          open = "no";
        }
        break;
      case "lost":
        open = e.past ? "stale" : "lost";
        // What was lost is what was to be there.
        values = new Set([...values].slice(0, 1));
        break;
      case "seen":
        if (open === "no" && values.size === 2) values = new Set([e.value]);
    }
  }
  return { values, open };
}

const isLeak = (value: number): boolean => value === Value.GARBAGE || value === Value.UNINITIALISED;

export class SlowOracle implements Judge<Kernel> {
  readonly content = new Set<number>();
  readonly exposed = new Set<number>();
  readonly notDurable = new Set<number>();
  /** Some byte may have held three values or more, which is more than src/check keeps apart. */
  isWide = false;
  #histories: Event[][] = [];
  #changing: readonly [number, number] = [0, 0];
  /** Descriptions that have not been told of the last loss. */
  #owed = new Set<number>();

  reset(cells: number): void {
    this.#histories = Array.from({ length: cells }, () => []);
    this.#changing = [0, 0];
    this.#owed = new Set();
    for (const found of [this.content, this.exposed, this.notDurable]) found.clear();
    this.isWide = false;
  }

  #add(from: number, to: number, event: (c: number) => Event | undefined): void {
    for (let c = from; c < to; c++) {
      const e = event(c);
      if (e !== undefined) this.#histories[c]!.push(e);
    }
  }
  shifted(k: Kernel, from: number, to: number): void {
    const { length } = this.#histories;
    const fresh = Array.from({ length: Math.abs(to - from) }, (): Event[] => []);
    if (to > from) this.#histories.splice(from, 0, ...fresh);
    else {
      this.#histories.splice(to, from - to);
      this.#histories.push(...fresh);
    }
    this.#histories.length = length;
    for (const history of this.#histories.slice(k.isize)) {
      const { values, open } = fold(history);
      if (open !== "no" || values.size > 1 || !values.has(0)) history.push({ what: "lost", past: true });
    }
  }
  opened(k: Kernel, t: Thread, isTold: boolean): void {
    if (isTold) this.#owed.delete(k.descriptionOf(t));
  }
  #isAmid = (c: number): boolean => c >= this.#changing[0] && c < this.#changing[1];

  #look(c: number, value: number, isPast: boolean, ignoreLost: boolean): void {
    const { values, open } = fold(this.#histories[c]!);
    if (values.size > 2) this.isWide = true;
    if (isLeak(value)) {
      if (!(isPast && this.#isAmid(c))) (this.exposed as Set<number>).add(c);
      return;
    }
    if (this.#isAmid(c) || open !== "no") return void ignoreLost;
    if (!values.has(value)) this.content.add(c);
    else if (!isPast) this.#histories[c]!.push({ what: "seen", value });
  }

  changing(_k: Kernel, from: number, to: number): void {
    this.#changing = [from, to];
  }
  changed(k: Kernel): void {
    const [from, to] = this.#changing;
    this.#add(Math.max(from, k.isize), to, (c) => ({ what: "outside", cached: k.folios.cell(c) }));
    this.#changing = [0, 0];
  }
  grew(k: Kernel, from: number): void {
    this.#add(from, k.isize, () => ({ what: "inside" }));
  }
  copied(k: Kernel, from: number, to: number, value: number): void {
    this.#add(from, to, (c) =>
      k.folios.blockHas(k.g.cellBlock[c]!, BlockFlag.UPTODATE) ? { what: "may be", value } : undefined,
    );
  }
  accepted(k: Kernel, from: number, to: number, value: number): void {
    this.#add(from, to, (c) => (k.folios.cell(c) === value ? { what: "is", value, past: false } : undefined));
  }
  stored(k: Kernel, from: number, to: number, value: number): void {
    this.#add(from, to, (c) => ({ what: "store", value, past: c >= k.isize, amid: this.#isAmid(c) }));
  }
  zeroed(k: Kernel, from: number, to: number): void {
    this.#add(from, to, (c) => ({ what: "is", value: 0, past: c >= k.isize }));
  }
  seen(k: Kernel, _t: Thread, from: number, to: number): void {
    for (let c = from; c < to; c++) this.#look(c, k.folios.cell(c), c >= k.isize, false);
  }
  foundHole(): void {}
  wentRound(): void {}
  warned(): void {}
  submitted(k: Kernel, _t: Thread, from: number, to: number): void {
    for (let c = from; c < to; c++) if (k.folios.cell(c) === Value.UNINITIALISED) this.exposed.add(c);
  }
  writebackFailed(k: Kernel, from: number, to: number): void {
    this.gaveUp(k, from, to);
    for (let d = 0; d < k.layout.descriptionCount; d++) this.#owed.add(d);
  }
  gaveUp(k: Kernel, from: number, to: number): void {
    this.#add(from, to, (c) => ({ what: "lost", past: c >= k.isize && !this.#isAmid(c) }));
  }
  leftBehind(k: Kernel, from: number): void {
    this.#add(from, k.g.cells, () => ({ what: "lost", past: true }));
  }
  wrote(): void {}
  returned(k: Kernel, t: Thread, _done: number, status: number): void {
    const op = k.opOf(t);
    if (!/^(?:fsync|msync|sync_file_range)$/.test(op.kind)) return;
    const description = k.descriptionOf(t);
    if (status === 0 && !k.draining)
      for (let c = op.from; c < Math.min(op.to, k.isize); c++)
        if (!this.#isSafe(k, c, description)) this.notDurable.add(c);
    if (status !== 0) this.#owed.delete(description);
  }
  #isSafe(k: Kernel, c: number, description: number): boolean {
    const busy = FolioFlag.DIRTY | FolioFlag.WRITEBACK | FolioFlag.IN_PASS;
    if ((k.folios.flags(k.g.cellPage[c]!) & busy) !== 0 || this.#isAmid(c)) return true;
    const { values, open } = fold(this.#histories[c]!);
    const onDisk = k.throughExtents(c);
    if (open === "lost") return !this.#owed.has(description) || values.has(onDisk);
    return open === "no" ? values.has(onDisk) : !isLeak(onDisk);
  }

  /** The schedule is over: what the page cache shows below EOF. */
  atRest(k: Kernel): void {
    for (let c = 0; c < k.isize; c++)
      if (k.folios.blockHas(k.g.cellBlock[c]!, BlockFlag.UPTODATE))
        this.#look(c, k.folios.cell(c), false, false);
  }
  /** Everything is written back and dropped: what the disk shows, below EOF and behind it in its block. */
  drained(k: Kernel): void {
    const end = k.isize === 0 ? 0 : k.g.blockCell[k.blockRoundUp(k.isize)]!;
    for (let c = 0; c < end; c++) this.#look(c, k.throughExtents(c), c >= k.isize, true);
  }
}
