/**
 * The threads of a trace as operations: what each one calls, gathered event by event from what the file system tells of one
 * inode and, where they were traced, from its system calls.
 */
import { OPS } from "../../../kernel/ops.js";
import type { Lane, ObservedEvent, Sight } from "../../observed.js";
import { type Op, WHOLE } from "../../types.js";
import { Actor, type Call } from "./actor.js";
import { Beginning, PAGE } from "./beginning.js";
import { type Fields, fieldsOf, inFile, SIGHTS } from "./sights.js";
import { callMade, TRUNCATES, WRITES_BACK } from "./system-calls.js";
import type { TraceLine } from "./trace-lines.js";

const EFAULT = 14;

/** Says what is wrong with a line, and what to do. */
export type Complain = (line: TraceLine, message: string, remedy?: string) => void;
/** Names what the model does not have. */
export type Beyond = (line: TraceLine, word: string) => void;

export class TraceThreads {
  readonly #actors = new Map<string, Actor>();
  readonly #completions = new Map<string, ObservedEvent[]>();
  readonly #complain: Complain;
  readonly #beyond: Beyond;
  readonly #beginning: Beginning;
  #place = 0;
  /** i_disk_size as the first event that has one gives it. */
  size: number | undefined;
  /** Records of what is on disk, as they were looked up: whole, or as far as was asked for. */
  readonly #records: { readonly from: number; readonly to: number; readonly isWhole: boolean }[] = [];
  /** Reservations that failed. */
  failed = 0;
  /** The most operations that a thread makes. */
  most = 0;
  /** The inode has gone: what comes later is another file. */
  isGone = false;

  constructor(
    readonly block: number,
    complain: Complain,
    beyond: Beyond,
  ) {
    this.#complain = complain;
    this.#beyond = beyond;
    this.#beginning = new Beginning(block);
  }

  /** Operations that make the file what it was when the trace begins. */
  setup(): Op[] {
    return this.#beginning.setup(
      this.size ?? 0,
      this.threads().flatMap(({ ops }) => ops),
    );
  }

  /** A system call begins or ends, of whatever file; `isDone`: it was of this one, and has done what it was called for. */
  takeCall(line: TraceLine, isDone = false): void {
    const actor = this.#actorOf(line);
    const [, exit, name = ""] = /^sys_(?:(exit)_|enter_)?(\w+)$/.exec(line.name) ?? [];
    const result = exit === undefined ? /^-> (.*)$/.exec(line.fields)?.[1] : line.fields;
    if (result === undefined) actor.call = { name, line };
    else {
      if (isDone && actor.call !== undefined && /truncate$/.test(actor.call.name))
        this.#makes(actor, actor.call);
      this.#returns(actor, result);
      actor.call = undefined;
      actor.fault = undefined;
    }
  }

  /** An event of the inode. */
  take(line: TraceLine, fields: Fields): void {
    const actor = this.#actorOf(line);
    if (actor.call !== undefined) this.#makes(actor, actor.call);
    this.#context(actor, line, fields);
    this.most = Math.max(this.most, actor.ops.length);
    if (this.isGone) return;
    const show = Object.hasOwn(SIGHTS, line.name) ? SIGHTS[line.name] : undefined;
    if (show === undefined) return;
    const shown = show(fields, this.block);
    if (shown === undefined) {
      this.#complain(line, `${line.name} without the fields that this event has`);
      return;
    }
    const place = this.#place++;
    for (const { told, sight } of shown) {
      const seen = actor.side === "read" ? inFile(sight) : sight;
      const isStated = seen !== sight;
      const event = {
        line: line.number,
        name: line.name,
        place,
        told: isStated ? ("after" as const) : told,
        sight: seen,
      };
      if ("type" in seen && /written|allocated/.test(seen.type))
        this.#records.push({ from: seen.from, to: seen.to, isWhole: seen.what !== "extent" });
      this.#beginning.see(event);
      this.#operation(actor, seen);
      if (/^xfs_(unwritten_convert|setfilesize)$/.test(line.name)) this.#completed(line, event);
      else actor.events.push(event);
    }
  }

  lanes(): Lane[] {
    const programs = [...this.#actors.values()].filter(({ ops }) => ops.length > 0);
    return [
      ...programs.map(({ name, events }) => ({ thread: name, events })),
      ...[...this.#completions.values()].map((events) => ({ events })),
    ];
  }

  /** Ends of records that no record goes over: what meets there is apart on the disk, or of two types. */
  apart(): number[] {
    const ends = new Set(this.#records.flatMap(({ from, to, isWhole }) => (isWhole ? [from, to] : [])));
    return [...ends]
      .filter((at) => !this.#records.some(({ from, to }) => from < at && at < to))
      .toSorted((a, b) => a - b);
  }

  threads(): { name: string; ops: Op[] }[] {
    return [...this.#actors.values()].flatMap(({ name, ops }) => (ops.length > 0 ? [{ name, ops }] : []));
  }

  /** The operation of a call, unless it is made. */
  #makes(actor: Actor, call: Call): void {
    if (call.op !== undefined) return;
    const made = callMade(call.name, fieldsOf("sys_", call.line.fields));
    if (typeof made === "string") this.#beyond(call.line, made);
    else if (made !== undefined) {
      call.op = actor.push(made);
      this.#beginning.changes(made);
    }
  }

  #actorOf({ comm, pid }: TraceLine): Actor {
    const key = pid;
    let actor = this.#actors.get(key);
    if (actor === undefined) {
      const name = `${comm.replace(/\W+/g, "-").replace(/^[^A-Za-z]+/, "") || "thread"}`.slice(0, 30);
      actor = new Actor(`${name}-${pid}`, comm.startsWith("kworker"));
      this.#actors.set(key, actor);
    }
    return actor;
  }

  /** What an event says of where its thread is. */
  #context(actor: Actor, line: TraceLine, f: Fields): void {
    const range = () => {
      const from = f.number("pos", "offset");
      const length = f.number("bytecount", "count");
      return from === undefined || length === undefined ? undefined : { from, to: from + length };
    };
    this.size ??= f.number("disize") ?? (line.name.startsWith("xfs_") ? f.number("size") : undefined);
    switch (line.name) {
      case "xfs_file_splice_read":
      case "xfs_file_buffered_write":
      case "xfs_file_buffered_read": {
        const bytes = range();
        const isWrite = line.name.endsWith("write");
        actor.side = isWrite ? "write" : "read";
        if (bytes !== undefined && actor.call?.name === "copy_file_range") actor.copies(isWrite, bytes);
        else if (bytes === undefined) this.#complain(line, `${line.name} without offset or count`);
        else this.#readOrWrite(actor, { kind: isWrite ? "write" : "read", ...bytes });
        return;
      }
      case "xfs_file_fsync":
        actor.push({ kind: "fsync", ...WHOLE });
        return;
      case "xfs_filemap_fault":
        actor.fault = f.text("write_fault") === "1" ? "store" : "load";
        actor.side = actor.fault === "store" ? "write" : "read";
        return;
      case "xfs_read_fault":
        [actor.fault, actor.side] = ["load", "read"];
        return;
      case "xfs_write_fault":
        [actor.fault, actor.side] = ["store", "write"];
        return;
      case "iomap_iter":
      case "iomap_apply":
        actor.side = /WRITE|ZERO/.test(f.text("flags") ?? "") ? "write" : "read";
        return;
      case "xfs_zero_eof":
        actor.side = "write";
        return;
      case "xfs_destroy_inode":
        this.#leave(actor);
        return;
    }
    this.#outside(actor, line);
  }

  /** Events that tell of more than the model has, or of less than a call is. */
  #outside(actor: Actor, line: TraceLine): void {
    const word = /^xfs_(?:file_)?(reflink|direct|dax)_/.exec(line.name)?.[1];
    if (word !== undefined) this.#beyond(line, word);
    else if (/^iomap_\w+_dstmap$/.test(line.name) && /\bflags \S*SHARED/.test(line.fields))
      this.#beyond(line, "reflink");
    if (!/^xfs_(alloc|free|zero|collapse|insert)_file_space$/.test(line.name)) return;
    actor.side = "write";
    if (actor.call?.op !== undefined) return;
    this.#complain(
      line,
      "the trace does not say which bytes fallocate() was called for",
      "record its system calls, too: stalemap real trace does, and trace-cmd record -e syscalls",
    );
  }

  #readOrWrite(actor: Actor, op: Op): void {
    const { call } = actor;
    const isRead = op.kind === "read";
    // A write that made room begins once more.
    if (!isRead && call?.op !== undefined && actor.ops[call.op]?.kind === "write") return;
    if (op.from >= op.to) return;
    const index = actor.push(op, isRead ? "read" : undefined);
    if (call !== undefined) call.op = index;
  }

  /** The operation that an event tells of, where the file system has not named it. */
  #operation(actor: Actor, sight: Sight): void {
    const { call } = actor;
    if (sight.what === "no space") this.failed++;
    else if (sight.what === "map" && actor.fault === "store") {
      actor.push({ kind: "store", from: sight.at, to: sight.end });
      actor.fault = undefined;
    } else if (sight.what === "page added" && actor.fault === "load") {
      actor.push({ kind: "load", from: sight.at, to: sight.at + PAGE }, "read");
      actor.fault = undefined;
    } else if (sight.what === "page added" && actor.readsForCopy) {
      actor.push({ kind: "read", from: sight.at, to: sight.at + PAGE }, "read");
    } else if (sight.what === "page added" && actor.grows === "read") actor.grow(sight.at, sight.at + PAGE);
    else if (sight.what === "page dropped" && (call?.op === undefined || !TRUNCATES.test(call.name))) {
      const last = actor.ops.at(-1);
      if (actor.grows === "evict" && last?.to === sight.at) actor.grow(sight.at, sight.at + PAGE);
      else actor.push({ kind: "evict", from: sight.at, to: sight.at + PAGE }, "evict");
    } else if (sight.what === "writeback of") this.#pass(actor, sight.from, sight.to);
    else if (sight.what === "writeback map") this.#pass(actor, sight.at, sight.at + 1);
  }

  /** A pass of writeback that nobody has called for by name. */
  #pass(actor: Actor, from: number, to: number): void {
    const last = actor.ops.at(-1);
    if (
      actor.call === undefined
        ? last !== undefined && OPS[last.kind].durable && actor.grows === undefined
        : WRITES_BACK.test(actor.call.name)
    )
      return;
    const page = { from: from - (from % PAGE), to: Math.ceil(to / PAGE) * PAGE };
    if (actor.grows === "pass" && last !== undefined && from >= last.to - PAGE)
      actor.grow(page.from, page.to);
    else {
      // The flusher waits for nothing, and neither does what fadvise() writes before it drops pages.
      const waits = !actor.isKernels && actor.call?.name !== "fadvise64";
      actor.push({ kind: waits ? "sync_file_range" : "writeback", ...page }, "pass");
    }
  }

  #completed({ comm, pid }: TraceLine, event: ObservedEvent): void {
    const key = `${comm}-${pid}`;
    const events = this.#completions.get(key) ?? [];
    events.push(event);
    this.#completions.set(key, events);
  }

  /** The call ends: a write that got less far could not read its source from there on. */
  #returns({ call, ops }: Actor, text: string): void {
    const op = call?.op === undefined ? undefined : ops[call.op];
    if (
      call?.op === undefined ||
      (op?.kind !== "write" && op?.kind !== "copy_range") ||
      !/^(0x)?[0-9a-f]{1,16}$/.test(text)
    )
      return;
    const result = Number(BigInt.asIntN(64, BigInt(text.startsWith("0x") ? text : `0x${text}`)));
    if (op.kind === "copy_range") {
      // It ends where its source does, or its pipe is full.
      if (result > 0) ops[call.op] = { ...op, to: op.from + Math.min(result, op.to - op.from) };
    } else if (result >= 0 ? result < op.to - op.from : result === -EFAULT)
      ops[call.op] = { ...op, faultAt: op.from + Math.max(0, result) };
  }

  /** The inode goes, and what is cached with it, dirty or not. */
  #leave(actor: Actor): void {
    this.isGone = true;
    const gone = actor.grows === "evict" ? actor.ops.pop() : undefined;
    if (gone === undefined) return;
    const isOfIt = ({ sight }: ObservedEvent) =>
      sight.what === "page dropped" && sight.at >= gone.from && sight.at < gone.to;
    for (let last = actor.events.at(-1); last !== undefined && isOfIt(last); last = actor.events.at(-1))
      actor.events.pop();
  }
}
