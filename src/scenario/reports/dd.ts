/** dd: which calls its operands make of the file. Bytes. */
import { ddNumber } from "./gnu-sizes.js";
import type { Tool, ToolCall } from "./tool-call.js";

/** What makes no difference here, and what is understood. */
const FLAGS =
  /^(?:append|direct|dsync|sync|nonblock|noatime|noctty|nofollow|fullblock|binary|text|count_bytes|skip_bytes|seek_bytes|)$/;
const CONVERSIONS = /^(?:notrunc|fsync|fdatasync|nocreat|noerror|sync|swab|lcase|ucase|)$/;
const OPERANDS = /^(?:if|of|ibs|obs|bs|cbs|skip|iseek|seek|oseek|count|status|conv|iflag|oflag)$/;
/** More calls than these are left to one. */
const MOST_CALLS = 64;

/** Its operands by name, the last of each; a text where one is not read. */
function operandsOf(words: readonly string[]): ReadonlyMap<string, string> | string {
  const operands = new Map<string, string>();
  for (const word of words) {
    if (word === "--") continue;
    const [, name = "", value = ""] = /^(\w+)=(.*)$/s.exec(word) ?? [];
    if (!OPERANDS.test(name)) return word;
    const isList = /^(?:conv|[io]flag)$/.test(name);
    const known = name === "conv" ? CONVERSIONS : FLAGS;
    const strange = isList ? value.split(",").find((one) => !known.test(one)) : undefined;
    if (strange !== undefined) return `${name}=${strange}`;
    const before = isList ? operands.get(name) : undefined;
    operands.set(name, before === undefined ? value : `${before},${value}`);
  }
  return operands;
}

interface Numbers {
  readonly input: number;
  readonly output: number;
  /** There is one size of both (bs): what was read is written at once. */
  readonly isOne: boolean;
  readonly skip: number;
  readonly seek: number;
  readonly count: number | undefined;
}

function numbersOf(operands: ReadonlyMap<string, string>): Numbers | string {
  const number = (names: readonly string[], unit: number, flag = ""): number | undefined | string => {
    const name = names.find((one) => operands.has(one));
    if (name === undefined) return undefined;
    const read = ddNumber(operands.get(name) ?? "");
    if (read === undefined) return `${name}=${operands.get(name)}`;
    const flags = `${operands.get("iflag") ?? ""},${operands.get("oflag") ?? ""}`.split(",");
    return read.isBytes || flags.includes(flag) ? read.value : read.value * unit;
  };
  const whole = number(["bs"], 1);
  const input = whole ?? number(["ibs"], 1) ?? 512;
  const output = whole ?? number(["obs"], 1) ?? 512;
  if (typeof input === "string") return input;
  if (typeof output === "string") return output;
  if (input === 0 || output === 0) return "a block of 0 bytes";
  const skip = number(["iseek", "skip"], input, "skip_bytes") ?? 0;
  const seek = number(["oseek", "seek"], output, "seek_bytes") ?? 0;
  const count = number(["count"], input, "count_bytes");
  for (const one of [skip, seek, count]) if (typeof one === "string") return one;
  return { input, output, isOne: whole !== undefined, skip, seek, count } as Numbers;
}

const NOWHERE = /^\/dev\/(?:null|stdout|fd\/\d|tty)$/;

export const dd: Tool = (words, about) => {
  const operands = operandsOf(words);
  if (typeof operands === "string") return operands;
  const numbers = numbersOf(operands);
  if (typeof numbers === "string") return numbers;
  const [from, to] = [operands.get("if"), operands.get("of")];
  const isTarget = to !== undefined && !NOWHERE.test(to) && (to === about.file || from !== about.file);
  if (!isTarget) return from === undefined ? "without if=" : reading(from, operands, numbers, about.size);
  return writing(to, from, operands, numbers, about);
};

const isDirect = (flags = ""): { beyond?: string } =>
  flags.split(",").includes("direct") ? { beyond: "direct" } : {};

/** Up to its count, or to the end of the file. */
function reading(
  file: string,
  operands: ReadonlyMap<string, string>,
  { input, skip, count }: Numbers,
  size: number | undefined,
): ToolCall | string {
  const length = count ?? (size === undefined ? undefined : Math.max(0, size - skip));
  if (length === undefined) return "without count=";
  return { file, ...isDirect(operands.get("iflag")), commands: [`pread -b ${input} ${skip} ${length}`] };
}

function writing(
  file: string,
  from: string | undefined,
  operands: ReadonlyMap<string, string>,
  { input, output, isOne, skip, seek, count }: Numbers,
  about: Parameters<Tool>[1],
): ToolCall | string {
  const conversions = (operands.get("conv") ?? "").split(",");
  const flags = (operands.get("oflag") ?? "").split(",");
  const cuts = !conversions.includes("notrunc");
  const commands = cuts ? [`truncate ${seek}`] : [];
  const isOwn = from === file;
  const left = isOwn ? ownSize(about.size, cuts, seek, skip) : undefined;
  if (from === undefined) return "without if=";
  if (isOwn && left === undefined) return "of the file to itself";
  const length =
    from === "/dev/null" ? 0 : isOwn ? Math.min(count ?? Number.POSITIVE_INFINITY, left ?? 0) : count;
  if (length === undefined) return "without count=";
  const block = isOne ? input : output;
  if (isOwn) {
    if (!isOne || Math.ceil(length / block) > MOST_CALLS) return "of the file to itself";
    for (let at = 0; at < length; at += block) {
      const size = Math.min(block, length - at);
      commands.push(`pread -b ${size} ${skip + at} ${size}`, `pwrite -b ${size} ${seek + at} ${size}`);
    }
  } else if (length > 0) commands.push(`pwrite -b ${block} ${seek} ${length}`);
  if (conversions.some((one) => /^f(?:data)?sync$/.test(one))) commands.push("fsync");
  const isKnown = from === undefined || isOwn || /^\/dev\/(?:zero|u?random|null)$/.test(from);
  return {
    file,
    ...isDirect(operands.get("oflag")),
    ...(isKnown ? {} : { notes: [`dd is taken to find all that it asks for in its if=`] }),
    opened: { appends: flags.includes("append"), syncs: flags.some((one) => /^d?sync$/.test(one)) },
    commands,
  };
}

/** What there is to read behind `skip`, once the file is opened. */
function ownSize(size: number | undefined, cuts: boolean, seek: number, skip: number): number | undefined {
  const there = cuts ? seek : size;
  return there === undefined ? undefined : Math.max(0, there - skip);
}
