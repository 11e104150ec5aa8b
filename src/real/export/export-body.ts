/** Setup and actions as lines of C, and the tables they use: source pages of a write, promises of a load. */

import {
  type CutWrite,
  cutWrite,
  type RealAction,
  type RealOp,
  type RealProgram,
  type RealWrite,
} from "../../force/real-program.js";
import { isWhole } from "../../scenario/op-bytes.js";
import { constantOf, cString, hex, promiseTable } from "./c-text.js";

export interface Body {
  readonly tables: readonly (readonly string[])[];
  readonly setup: readonly string[];
  readonly race: readonly string[];
}

export function bodyOf(program: RealProgram): Body {
  const tables: string[][] = [];
  const file = program.file;
  const setup = program.setup.flatMap((op) => opLines(op, file, tables));
  const race: string[] = [];
  let stopped: { cut: CutWrite; at: readonly number[] } | undefined;
  for (const action of program.actions) {
    if (action.do === "start") {
      race.push(...startLines(action.op, file, action.stops, tables));
      stopped = { cut: cutWrite(action.op, action.stops, file), at: action.stops };
    } else if (action.do === "resume" && stopped) {
      const at = stopped.at.slice(1);
      race.push(at.length > 0 ? runTo(stopped.cut, at[0]) : "writer_finish();");
      stopped = { cut: stopped.cut, at };
    } else race.push(...actionLines(action, file, tables));
  }
  return { tables, setup, race };
}

function actionLines(action: RealAction, file: RealProgram["file"], tables: string[][]): string[] {
  if (action.do === "fail") return ["writer_fail();"];
  if (action.do === "retry") return ["writer_retry();"];
  if (action.do === "kill") return ["writer_kill();"];
  if (action.do === "fill-space") return ["fill_space();"];
  if (action.do !== "op") return [];
  const expect = action.expect ?? [];
  const { op } = action;
  if ((op.kind !== "load" && op.kind !== "read") || expect.length === 0) return opLines(op, file, tables);
  const table = `${tableName(op.id)}_sees`;
  tables.push(promiseTable(table, expect));
  const check = op.kind === "load" ? "check_load" : "check_pread";
  return [`${check}(${cString(op.id)}, ${table}, COUNT(${table}), ${hex(op.from)}, ${hex(op.to)});`];
}

function opLines(op: RealOp, file: RealProgram["file"], tables: string[][]): string[] {
  const id = constantOf(op.id);
  switch (op.kind) {
    case "write":
      if (op.faultAt !== undefined) return startLines(op, file, [], tables);
      return [`write_data(${id}, ${hex(op.from)}, ${hex(op.to)});`];
    case "store":
      return [`store(${id}, ${hex(op.from)}, ${hex(op.to)});`];
    case "load":
    case "evict":
    case "writeback":
      return [call(op.kind, op.from, op.to, op.id)];
    case "sync_file_range":
      return [call("writeback", op.from, op.to, op.id)];
    case "fadvise":
      return [call("dontneed", op.from, op.to, op.id)];
    case "read":
      return [call("read_data", op.from, op.to, op.id)];
    case "fsync":
      if (!isWhole(op)) return [call("writeback", op.from, op.to, op.id)];
      return [`must(fsync(fd) == 0, "fsync");${note(op.id)}`];
    case "truncate":
      return [`must(ftruncate(fd, ${hex(op.to)}) == 0, "ftruncate");${note(op.id)}`];
    case "punch":
      return [allocate("FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE", op.from, op.to, op.id)];
    case "zero":
      return [
        allocate(`FALLOC_FL_ZERO_RANGE${op.keepSize ? " | FALLOC_FL_KEEP_SIZE" : ""}`, op.from, op.to, op.id),
      ];
    case "fallocate":
      return [allocate(op.keepSize ? "FALLOC_FL_KEEP_SIZE" : "0", op.from, op.to, op.id)];
  }
}

function startLines(
  op: RealWrite,
  file: RealProgram["file"],
  stops: readonly number[],
  tables: string[][],
): string[] {
  const cut = cutWrite(op, stops, file);
  const { pieces, readable } = cut;
  const table = `${tableName(op.id)}_pages`;
  tables.push([
    `/* ${op.id}, source page by source page. */`,
    `static const struct piece ${table}[] = {`,
    ...pieces.map(
      ({ from, to }, i) => `\t{ ${hex(from)}, ${hex(to)} },${i < readable ? "" : "\t/* unreadable */"}`,
    ),
    "};",
  ]);
  return [
    `writer_start(${constantOf(op.id)}, ${table}, COUNT(${table}), ${readable});`,
    stops.length > 0 ? runTo(cut, stops[0]) : "writer_finish();",
  ];
}

function runTo({ pieces }: CutWrite, stop: number): string {
  return `writer_run_to(${pieces.findIndex((piece) => piece.from === stop)});\t/* ${hex(stop)} */`;
}

const call = (name: string, from: number, to: number, id: string) =>
  `${name}(${hex(from)}, ${hex(to)});${note(id)}`;
const allocate = (mode: string, from: number, to: number, id: string) =>
  `allocate(${mode}, ${hex(from)}, ${hex(to)});${note(id)}`;
const note = (id: string) => `\t/* ${id.replaceAll("*/", "* /")} */`;
const tableName = (id: string) => constantOf(id).toLowerCase();
