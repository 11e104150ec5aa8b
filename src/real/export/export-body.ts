/** Setup and actions as lines of C, and the tables they use: source pages of a write, promises of a load. */
import { cutWrite } from "../../force/cut-write.js";
import type { RealAction, RealOp, RealProgram } from "../../force/real-program.js";
import type { OpName } from "../../kernel/ops.js";
import { isWhole } from "../../scenario/op-bytes.js";
import { constantOf, cString, hex, promiseTable, variableOf } from "./c-text.js";

export interface Body {
  readonly tables: readonly string[];
  readonly setup: readonly string[];
  readonly race: readonly string[];
}

export function bodyOf(program: RealProgram): Body {
  const tables: string[] = [];
  const file = program.file;
  const setup = program.setup.flatMap((op) => opLines(op, file, tables));
  const race: string[] = [];
  let resumptions: readonly string[] = [];
  let description = 0;
  for (const action of program.actions) {
    if ("op" in action) {
      const own = 1 + (program.ownFds ?? []).indexOf(ownerOf(action.op));
      if (own !== description) race.push(`use_description(${own});`);
      description = own;
    }
    if (action.do === "start") {
      const { begin, runs } = startLines(action.op, file, action.stops, tables);
      race.push(begin);
      resumptions = runs;
    }
    if (action.do === "start" || action.do === "resume") {
      race.push(...resumptions.slice(0, 1));
      resumptions = resumptions.slice(1);
    } else race.push(...actionLines(action, file, tables));
  }
  return { tables, setup, race };
}

/** `flusher` of `flusher.1`. */
const ownerOf = ({ id }: RealOp) => id.slice(0, id.lastIndexOf("."));

function actionLines(action: RealAction, file: RealProgram["file"], tables: string[]): string[] {
  if (action.do === "fail") return ["writer_fail();"];
  if (action.do === "retry") return ["writer_retry();"];
  if (action.do === "kill") return ["writer_kill();"];
  if (action.do === "fill-space") return ["fill_space();"];
  if (action.do !== "op") return [];
  const expect = action.expect ?? [];
  const { op } = action;
  if ((op.kind !== "load" && op.kind !== "read") || expect.length === 0) return opLines(op, file, tables);
  const table = `${variableOf(op.id)}_sees`;
  tables.push(...promiseTable(table, expect), "");
  const check = op.kind === "load" ? "check_load" : "check_read";
  return [`${check}(${cString(op.id)}, ${table}, COUNT(${table}), ${hex(op.from)}, ${hex(op.to)});`];
}

function opLines(op: RealOp, file: RealProgram["file"], tables: string[]): string[] {
  if (op.faultAt === undefined) return [STATEMENTS[op.kind](op)];
  const { begin, runs } = startLines(op, file, [], tables);
  return [begin, ...runs];
}

const call = (name: string, { from, to, id }: RealOp) => `${name}(${hex(from)}, ${hex(to)});${note(id)}`;
const allocate = (modes: readonly string[], op: RealOp) => {
  const mode = [...modes, ...(op.keepSize ? ["FALLOC_FL_KEEP_SIZE"] : [])].join(" | ");
  return `allocate(${mode || "0"}, ${hex(op.from)}, ${hex(op.to)});${note(op.id)}`;
};
const put = (name: string, { id, from, to }: RealOp) =>
  `${name}(${constantOf(id)}, ${hex(from)}, ${hex(to)});`;

/** Each operation as a call of a function of c/, or of libc. */
const STATEMENTS: Readonly<Record<OpName, (op: RealOp) => string>> = {
  write: (op) => put(op.dontcache ? "write_uncached" : "write_data", op),
  store: (op) => put("store", op),
  load: (op) => call("load", op),
  read: (op) => call(op.dontcache ? "read_uncached" : "read_data", op),
  writeback: (op) => call("writeback", op),
  fsync: (op) => (isWhole(op) ? `must(fsync(fd) == 0, "fsync");${note(op.id)}` : call("writeback", op)),
  evict: (op) => call("evict", op),
  truncate: ({ to, id }) => `must(ftruncate(fd, ${hex(to)}) == 0, "ftruncate");${note(id)}`,
  fallocate: (op) => allocate([], op),
  punch: (op) => allocate(["FALLOC_FL_PUNCH_HOLE", "FALLOC_FL_KEEP_SIZE"], op),
  zero: (op) => allocate(["FALLOC_FL_ZERO_RANGE"], op),
  sync_file_range: (op) => call("writeback", op),
  fadvise: (op) => call("dontneed", op),
  collapse: (op) => allocate(["FALLOC_FL_COLLAPSE_RANGE"], op),
  insert: (op) => allocate(["FALLOC_FL_INSERT_RANGE"], op),
  msync: (op) => call("sync_mapped", op),
  madvise: (op) => call("unmap_pages", op),
  unshare: (op) => allocate(["FALLOC_FL_UNSHARE_RANGE"], op),
  close: ({ id }) => `must(close(open(path, O_RDWR)) == 0, "close");${note(id)}`,
  copy_range: (op) => `copy_data(${hex(op.from)}, ${hex(op.to)}, ${hex(op.target ?? op.to)});${note(op.id)}`,
  write_zeroes: (op) => allocate(["FALLOC_FL_WRITE_ZEROES"], op),
  append: (op) => `append_data(${constantOf(op.id)}, ${hex(op.to)});`,
};

/** How the write starts, and how it runs to each stop and then to its end. */
function startLines(
  op: RealOp,
  file: RealProgram["file"],
  stops: readonly number[],
  tables: string[],
): { readonly begin: string; readonly runs: readonly string[] } {
  const { pieces, readable } = cutWrite(op, stops, file);
  const table = `${variableOf(op.id)}_pages`;
  tables.push(
    `/* ${op.id}, source page by source page. */`,
    `static const struct piece ${table}[] = {`,
    ...pieces.map(
      ({ from, to }, i) => `\t{ ${hex(from)}, ${hex(to)} },${i < readable ? "" : "\t/* unreadable */"}`,
    ),
    "};",
    "",
  );
  const flags = op.dontcache ? "RWF_DONTCACHE" : "0";
  const begin = `writer_begin(${constantOf(op.id)}, ${table}, COUNT(${table}), ${readable}, 0, ${flags});`;
  const runs = stops.map((stop) => {
    const target = pieces.findIndex((piece) => piece.from === stop);
    return `writer_run_to(${target});\t/* ${hex(stop)} */`;
  });
  return { begin, runs: [...runs, "writer_finish();"] };
}

const note = (id: string) => `\t/* ${id.replaceAll("*/", "* /")} */`;
