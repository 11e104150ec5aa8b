/** The memory that reads and writes of a program of syzkaller are given: none, or a mapping of the file. Bytes. */
import type { Op } from "../types.js";
import { number } from "./syz-arguments.js";
import type { SyzMade } from "./syz-calls.js";
import { addressOf, isVectored, type SyzCalled, type SyzMapping } from "./syz-mapping.js";

/** The file that it reads or writes. */
export interface About {
  readonly appends: boolean;
  /** Undefined where it is not known. */
  readonly size: number | undefined;
  readonly page: number;
  /** Nothing else runs beside it. */
  readonly isAlone: boolean;
}

const NOT_MAPPED = "its buffer is not mapped";
/** Addresses past these are refused before anything is done. */
const USER = 2 ** 47;

/** What comes of what was `asked` for with the buffer that it has. */
export function transferred(call: SyzCalled, asked: SyzMade, mapping: SyzMapping, about: About): SyzMade {
  if (!/^p?(?:read|write)/.test(call.name) || !Array.isArray(asked)) return asked;
  const [op]: readonly Op[] = asked;
  if (op === undefined || op.from >= op.to) return asked;
  const [, buffer = ""] = call.args;
  if (isVectored(call.name)) return vectored(buffer, op, asked, mapping);
  const address = addressOf(buffer);
  if (address === undefined && !/^(?:0x[0-9a-f]+|nil)$/.test(buffer))
    return { part: "whose buffer is not read", ops: asked };
  const start = address ?? number(buffer);
  if (start >= USER) return { fails: NOT_MAPPED };
  const state = address === undefined ? "all" : mapping.unmapped(start, start + op.to - op.from);
  if (state === "all") return faulting(op, about);
  if (state === "some") return { part: "whose buffer is mapped in part" };
  return op.kind === "read" ? intoMapping(start, op, asked, mapping, about) : asked;
}

function vectored(vector: string, { kind }: Op, asked: readonly Op[], mapping: SyzMapping): SyzMade {
  if (/\{(?:0x|nil|\d)/.test(vector)) return { part: "with a buffer that is not mapped" };
  const pieces = [...vector.matchAll(/\{(&\([^{}]*?),\s*(0x[0-9a-f]+|\d+)\s*\}/gi)];
  const isIn = pieces.some(([, base = "", length]) => {
    const from = addressOf(base) ?? 0;
    const to = from + number(length);
    return mapping.unmapped(from, to) !== "none" || (kind === "read" && mapping.filed(from, to).length > 0);
  });
  return isIn ? { part: "into or out of what is mapped", ops: asked } : asked;
}

/** EFAULT: a write has reserved before it looks, a read brought its first pages in. */
function faulting(op: Op, { appends }: About): SyzMade {
  if (op.kind !== "write" || appends) return { part: "whose buffer is not mapped" };
  return { fails: NOT_MAPPED, ops: [{ ...op, faultAt: op.from }] };
}

/** What it reads is stored into the file. */
function intoMapping(
  start: number,
  op: Op,
  asked: readonly Op[],
  mapping: SyzMapping,
  about: About,
): SyzMade {
  const { size, page, isAlone } = about;
  const most = mapping.filed(start, start + op.to - op.from);
  if (most.length === 0) return asked;
  const part = { part: "into a mapping of the file", ops: asked };
  if (size === undefined || !isAlone) return part;
  const stores = mapping.filed(start, start + Math.max(0, Math.min(op.to, size) - op.from));
  const reach = Math.ceil(size / page) * page;
  if (stores.some(({ to }) => to > reach)) return part;
  return [...asked, ...stores.map((range): Op => ({ kind: "store", ...range }))];
}

/** By how many bytes a descriptor goes on. */
export function lengthOf(made: SyzMade): number {
  if (made === undefined || "beyond" in made || "fails" in made) return 0;
  const [op] = "part" in made ? (made.ops ?? []) : made;
  return op === undefined ? 0 : op.to - op.from;
}
