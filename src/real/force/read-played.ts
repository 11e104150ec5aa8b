/** What the player in c/player prints, read back: where everybody stood after each move, and what was there at the end. */
import type { Change, EndState, Returned, Run, Wait } from "./forced-moves.js";
import { taskOfIo } from "./forced-moves.js";
import type { HookNames } from "./plan-moves.js";

/** One plan as a kernel played it. */
export interface PlayedPlan {
  readonly name: string;
  /** After each move, as far as it got. */
  readonly stands: readonly (readonly Change[])[];
  /** What each load and read has seen, by `THREAD OPERATION`, from 0. */
  readonly saw: ReadonlyMap<string, readonly Run[]>;
  /** Bytes `[from, to)` of each piece of the file's data that was submitted. */
  readonly sent: readonly (readonly [number, number])[];
  /** Undefined when it did not come to its end. */
  readonly end: EndState | undefined;
  /** Why what it says is not to be believed. */
  readonly problem: string | undefined;
  /** How many plans were begun before. */
  readonly place: number;
  readonly isEnded: boolean;
}

/** A task as the player saw it. */
interface Seen {
  readonly name: string;
  readonly word: string;
  readonly hook: number;
  /** Operations that have returned. */
  readonly ops: number;
  readonly result: number;
  readonly stack: readonly string[];
}

class Plan {
  readonly stands: Change[][] = [];
  readonly saw = new Map<string, readonly Run[]>();
  readonly sent: (readonly [number, number])[] = [];
  readonly #hooks: HookNames;
  readonly #returns = new Map<string, Returned[]>();
  readonly #facts = new Map<string, string>();
  #seen: Seen[] = [];
  /** Who has a lock for itself alone, by the lock. */
  readonly #owners = new Map<string, string>();
  problem: string | undefined;

  constructor(
    readonly name: string,
    hooks: HookNames,
  ) {
    this.#hooks = hooks;
  }

  take(line: string): void {
    const [word = "", rest = ""] = split(line);
    if (word === "is") this.#seen.push(seenOf(rest));
    else if (word === "lock") this.#owners.set(...split(rest));
    else if (word === "saw") this.#see(rest.split(" "));
    else if (word === "bio") {
      const [, from, to] = rest.split(" ").map(Number);
      this.sent.push([from ?? 0, to ?? 0]);
    } else if (word === "move") this.#move(Number(rest));
    else if (word === "stuck") this.problem ??= `move ${rest}: not all came to stand still`;
    else if (word === "atomic") this.problem ??= `${rest}: in atomic context, where nobody can be held`;
    else if (/^(?:extents|cache|disk|fsync|after)$/.test(word)) this.#facts.set(word, rest);
  }

  #see([name = "", op = "", ...runs]: readonly string[]): void {
    this.saw.set(`${name} ${op}`, runsOf(runs));
  }

  /** The first 0 is where all stand before the first move. */
  #move(number: number): void {
    const seen = this.#seen;
    const owner = this.#owners.get("i_rwsem");
    this.#seen = [];
    this.#owners.clear();
    for (const one of seen) this.#note(one);
    if (number === 0) return;
    if (number !== this.stands.length + 1) this.problem ??= `move ${number} after ${this.stands.length}`;
    this.stands.push(seen.flatMap((one) => this.#standOf(one, one.name === owner)));
  }

  #note({ name, ops, result }: Seen): void {
    const returns = this.#returns.get(name) ?? [];
    this.#returns.set(name, returns);
    if (isWorker(name) || ops <= returns.length) return;
    if (ops > returns.length + 1) this.problem ??= `${name} returned from ${ops} operations in one move`;
    returns.push(result === BUS ? "SIGBUS" : result);
  }

  #standOf({ name, word, hook, ops, stack }: Seen, hasIolock: boolean): Change[] {
    const who = isWorker(name) ? taskOfIo(Number(name.slice(WORKER.length))) : name;
    if (word === "held")
      return [{ who, stand: { is: "at", fn: this.#hooks[hook] ?? `hook ${hook}`, byte: 0 } }];
    if (word === "waits")
      return [{ who, stand: { is: "waits", for: waitOf(stack, hasIolock), by: "", byte: 0 } }];
    if (isWorker(name)) return [];
    if (word === "idle" || word === "gone" || word === "done")
      return [{ who, stand: { is: "returned", ops } }];
    this.problem ??= `${name} is ${word}`;
    return [];
  }

  get end(): EndState | undefined {
    const [extents, cache, disk] = ["extents", "cache", "disk"].map((fact) => this.#facts.get(fact));
    if (extents === undefined || cache === undefined || disk === undefined) return undefined;
    const [size = "", ...cached] = cache.split(" ");
    const [, ...onDisk] = disk.split(" ");
    return {
      returns: [...this.#returns].flatMap(([name, returns]) => (isWorker(name) ? [] : [returns])),
      size: Number(size),
      extents: extentsOf(extents),
      modelled: [],
      cached: runsOf(cached),
      onDisk: runsOf(onDisk),
    };
  }
}

const WORKER = "kworker/";
const isWorker = (name: string): boolean => name.startsWith(WORKER);
const EINTR = 4;
/** What the player says of a store or load that ended in the signal. */
const BUS = -1000;

function split(line: string): [string, string] {
  const at = line.indexOf(" ");
  return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
}

function seenOf(rest: string): Seen {
  const [name = "", word = "", hook, ops, result, ...more] = rest.split(" ");
  const stack = (more.at(-1) ?? "-").split("<");
  const isKilled = word === "gone";
  return {
    name,
    word,
    hook: Number(hook),
    // A process that was killed has ended its operation, and says nothing of it.
    ops: Math.max(0, Number(ops) - (isKilled ? 0 : 1)),
    result: isKilled ? -EINTR : Number(result),
    stack,
  };
}

/**
 * What a stack, innermost first, waits for, as far as it says. Who has IOLOCK for himself waits for invalidate_lock where he
 * takes both.
 */
export function waitOf(stack: readonly string[], hasIolock = false): Wait {
  const found = WAITS.find(([functions]) => stack.some((fn) => functions.test(fn)));
  const wait = found?.[1] ?? (stack.includes("xfs_ilock") ? "IOLOCK" : "unknown");
  return wait === "IOLOCK" && hasIolock ? "invalidate_lock" : wait;
}

/** The first that fits. Locks of XFS are told apart by who takes them. */
const WAITS: readonly (readonly [RegExp, Wait])[] = [
  [/^(?:(?:__)?flush_work|wb_wait_for_completion|sync_inodes_sb|xfs_flush_inodes)$/, "writeback"],
  [
    /^(?:folio_wait_writeback|wait_on_page_writeback|wait_on_page_bit|__filemap_fdatawait_range)$/,
    "writeback",
  ],
  [
    /^(?:__folio_lock|__lock_page|__lock_page_killable|folio_wait_bit_common|wait_on_page_bit_common)$/,
    "folio lock",
  ],
  [
    /^(?:do_page_mkwrite|xfs_filemap_\w+|__xfs_filemap_fault|xfs_write_fault|filemap_fault|xfs_vn_setattr)$/,
    "invalidate_lock",
  ],
  [/^iomap_write_delalloc_release|^xfs_buffered_write_iomap_(?:end|next)$/, "invalidate_lock"],
  [/^(?:do_truncate|xfs_ilock_iocb\w*|xfs_file_buffered_(?:aio_)?(?:write|read))$/, "IOLOCK"],
];

/** `0+4096W`, or none. */
function extentsOf(text: string): EndState["extents"] {
  const found: [number, number, string][] = [];
  for (const [, from, length, letter = ""] of text.matchAll(/(\d+)\+(\d+)([DUW])/g)) {
    const last = found.at(-1);
    if (last !== undefined && last[2] === letter && last[0] + last[1] === Number(from))
      last[1] += Number(length);
    else found.push([Number(from), Number(length), letter]);
  }
  return found;
}

/** `0*512`. */
function runsOf(words: readonly string[]): Run[] {
  return words.flatMap((word): Run[] => {
    const [, value, count] = /^(\d+)\*(\d+)$/.exec(word) ?? [];
    return value === undefined ? [] : [[Number(count), Number(value)]];
  });
}

/** Everything that a player printed for the plans that it got to. Messages of the kernel may stand in between. */
export function readPlayed(text: string, hooks: HookNames): PlayedPlan[] {
  const plans: Plan[] = [];
  const ended = new Set<string>();
  let problem: string | undefined;
  for (const raw of text.split("\n")) {
    const line = raw.replace(/\r$/, "").replace(/^.*(?=@P )/, "");
    const [, what, rest = ""] = /^@P (plan|played|problem) (.*)$/.exec(line) ?? [];
    if (what === "plan") plans.push(new Plan(rest, hooks));
    else if (what === "played") ended.add(rest);
    else if (what === "problem") problem ??= rest;
    else plans.at(-1)?.take(line);
  }
  return plans.map((plan, place) => {
    const { name, stands, sent, end } = plan;
    const isEnded = ended.has(name);
    return {
      name,
      stands,
      sent,
      saw: plan.saw,
      end: isEnded ? end : undefined,
      place,
      isEnded,
      problem: plan.problem ?? (isEnded ? undefined : (problem ?? "it did not come to its end")),
    };
  });
}
