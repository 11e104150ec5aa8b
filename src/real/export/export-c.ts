/**
 * RealProgram to C: a self-contained program that forces the schedule on a file of a mounted file system and
 * compares every byte with what the operations promise. Exit 0 data right, 1 data lost, 2 set-up problem, 3 the
 * stop was not reached. Only the helpers that a program uses are printed.
 */

import { dataIds, problemsOf, type RealProgram, type RealPromise } from "../../force/real-program.js";
import { MAIN } from "./c/c-main.js";
import {
  ALLOCATE,
  DONTNEED,
  EVICT,
  FILL_SPACE,
  LOAD,
  LOOK,
  MAPPED,
  OPERATIONS,
  PAGE_STATE,
  READ,
  STORE,
  UNMAPPED,
  WRITE,
  WRITEBACK,
} from "./c/c-operations.js";
import { CHECK_LOAD, CHECK_PREAD, CHECK_SEEN, COMPARE } from "./c/compare.js";
import { PROLOGUE } from "./c/prologue.js";
import { WRITER, WRITER_FAIL, WRITER_FINISH, WRITER_KILL, WRITER_RETRY, WRITER_STOPS } from "./c/writer.js";
import { cComment, constantOf, cString, hex, promiseTable } from "./c-text.js";
import { type Body, bodyOf } from "./export-body.js";

interface Helper {
  readonly text: string;
  /** Printed when one of these is called, or when none of them is; always when neither is given. */
  readonly for?: readonly string[];
  readonly unless?: readonly string[];
}

const MAPPING = ["store", "load", "check_load"];

/** In the order in which they must stand: a helper may call one that stands before it. */
const HELPERS: readonly Helper[] = [
  { text: LOOK },
  { text: PAGE_STATE + WRITER + WRITER_STOPS, for: ["writer_start"] },
  { text: WRITER_FINISH, for: ["writer_finish"] },
  { text: WRITER_RETRY, for: ["writer_retry"] },
  { text: WRITER_FAIL, for: ["writer_fail"] },
  { text: WRITER_KILL, for: ["writer_kill"] },
  { text: OPERATIONS },
  { text: MAPPED, for: MAPPING },
  { text: UNMAPPED, unless: MAPPING },
  { text: EVICT },
  { text: STORE, for: ["store"] },
  { text: LOAD, for: ["load"] },
  { text: WRITE, for: ["write_data"] },
  { text: READ, for: ["read_data"] },
  { text: WRITEBACK, for: ["writeback"] },
  { text: DONTNEED, for: ["dontneed"] },
  { text: ALLOCATE, for: ["allocate"] },
  { text: FILL_SPACE, for: ["fill_space"] },
  { text: CHECK_SEEN, for: ["check_load", "check_pread"] },
  { text: CHECK_LOAD, for: ["check_load"] },
  { text: CHECK_PREAD, for: ["check_pread"] },
];

/** Throws on a program that cannot be realized: ask problemsOf first, it says why. */
export function exportC(program: RealProgram): string {
  const problems = problemsOf(program);
  if (problems.length > 0) throw new Error(`${program.name} cannot be exported: ${problems.join(" ")}`);
  const ids = dataIds(program);
  const body = bodyOf(program);
  const called = new Set([...body.setup, ...body.race].map((line) => line.slice(0, line.indexOf("("))));
  const isCalled = (name: string) => called.has(name);
  const helpers = HELPERS.filter((h) => (h.for?.some(isCalled) ?? true) && !h.unless?.some(isCalled));
  const parts = [
    headerOf(program),
    PROLOGUE,
    dataTable(program, ids),
    COMPARE,
    ...helpers.map((helper) => helper.text),
    raceText(program, body),
    mainText(called.has("check_load") || called.has("check_pread")),
  ];
  return parts.join("");
}

function headerOf(program: RealProgram): string {
  const name = program.name.replace(/[^A-Za-z0-9._-]/g, "-");
  return cComment([
    `${program.name}: a race of buffered I/O, forced on the kernel that runs this.`,
    "",
    ...program.race,
    "",
    ...(program.token === undefined ? [] : [`Token: ${program.token}`, ""]),
    `Build:  gcc -O2 -Wall -o ${name} ${name}.c`,
    `Run:    ./${name} /mnt/newfile    as root, on XFS made by mkfs.xfs -b size=${program.file.block}`,
    "Exit:   0 data right, 1 data lost, 2 set-up problem, 3 the stop was not reached",
  ]);
}

function dataTable(program: RealProgram, ids: readonly string[]): string {
  const widest = Math.max(...everyPromise(program).map((promise) => promise.allowed.length), 1);
  return [
    "",
    `#define NAME ${cString(program.name)}`,
    `enum { BLOCK = ${program.file.block}, FILE_SIZE = ${hex(program.file.size)}, MAX_ALLOWED = ${widest}, MAX_MAPPED = 128 };`,
    "#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))",
    "",
    "/* Each operation writes bytes of its own value; zero is a hole or zeroed space. */",
    `static const char *const names[] = { ${["zero", ...ids].map(cString).join(", ")} };`,
    `enum { ${["zero", ...ids].map(constantOf).join(", ")} };`,
    "",
  ].join("\n");
}

function raceText(program: RealProgram, body: Body): string {
  const indent = (lines: readonly string[]) => lines.map((line) => (line === "" ? "" : `\t${line}`));
  return [
    "",
    "/* ---- The race ------------------------------------------------------------------------------------------------ */",
    "",
    ...body.tables.flatMap((table) => [...table, ""]),
    "/* What the operations promise, whatever the schedule. */",
    ...promiseTable("expected", program.expected),
    "",
    "static void setup(void)",
    "{",
    ...indent(body.setup),
    "}",
    "",
    "static void race(void)",
    "{",
    ...indent(body.race),
    "}",
    "",
  ].join("\n");
}

function mainText(looks: boolean): string {
  const readBack = `check_read("read back", expected, COUNT(expected))`;
  return MAIN.replace("READ_BACK", looks ? `wrong_seen + ${readBack}` : readBack);
}

function everyPromise(program: RealProgram): readonly RealPromise[] {
  const inRace = program.actions.flatMap((action) => (action.do === "op" ? (action.expect ?? []) : []));
  return [...program.expected, ...inRace];
}
