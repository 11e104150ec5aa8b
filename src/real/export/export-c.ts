/**
 * RealProgram to C: a self-contained program that forces the schedule on a file of a mounted file system and
 * compares every byte with what the operations promise. Exit 0 data right, 1 data lost, 2 set-up problem, 3 the
 * stop was not reached. Only the helpers that a program uses are printed.
 */
import { problemsOf } from "../../force/program-problems.js";
import { allPromises, dataIds, type RealProgram } from "../../force/real-program.js";
import { cComment, constantOf, cString, exportedC, hex, promiseTable } from "./c-text.js";
import { type Body, bodyOf } from "./export-body.js";

/** Files by which a program is to be built, as words of a shell. */
export interface BuildFiles {
  readonly source: string;
  readonly binary: string;
}

/** Throws on a program that cannot be realized: ask problemsOf first, it says why. */
export function exportC(program: RealProgram, files = filesOf(program)): string {
  const problems = problemsOf(program);
  if (problems.length > 0) throw new Error(`${program.name} cannot be exported: ${problems.join(" ")}`);
  const ids = dataIds(program);
  const body = bodyOf(program);
  const called = new Set([...body.setup, ...body.race].map((line) => line.slice(0, line.indexOf("("))));
  const parts = [
    headerOf(program, files),
    exportedC("prologue"),
    exportedC("newer"),
    dataTable(program, ids),
    exportedC("compare"),
    ...helpersFor(called).map(exportedC),
    raceText(program, body),
    exportedC("begin"),
    exportedC("main"),
  ];
  return parts.join("\n");
}

/**
 * The files of c/ that a program with these calls needs, in the order in which they must stand: a helper calls what
 * stands before it. Most have the name of the function for which they are printed.
 */
function helpersFor(calls: ReadonlySet<string>): string[] {
  const some = (...names: readonly string[]) => names.filter((name) => calls.has(name));
  return [
    some("store", "load", "check_load", "sync_mapped").length > 0 ? "mapped" : "unmapped",
    "page_cache",
    ...some("use_description"),
    ...(calls.has("writer_begin") ? ["writer"] : []),
    ...some("writer_run_to", "writer_finish", "writer_retry", "writer_fail", "writer_kill"),
    ...some(
      "store",
      "load",
      "write_data",
      "append_data",
      "sync_mapped",
      "read_data",
      "write_uncached",
      "read_uncached",
      "copy_data",
      "writeback",
      "dontneed",
      "allocate",
      "fill_space",
    ),
    ...some("check_load"),
  ];
}

function filesOf(program: RealProgram): BuildFiles {
  const name = program.name.replace(/[^A-Za-z0-9._-]/g, "-");
  return { source: `${name}.c`, binary: `./${name}` };
}

function headerOf(program: RealProgram, { source, binary }: BuildFiles): string {
  return cComment([
    `${program.name}: a race of buffered I/O, forced on the kernel that runs this.`,
    "",
    ...program.race,
    "",
    ...(program.token === undefined ? [] : [`Token: ${program.token}`, ""]),
    `Build:  gcc -O2 -Wall -o ${binary.replace(/^\.\//, "")} ${source}`,
    `Run:    ${binary} /mnt/newfile    as root, on XFS made by mkfs.xfs -b size=${program.file.block}`,
    "Exit:   0 data right, 1 data lost, 2 set-up problem, 3 the stop was not reached",
  ]);
}

function dataTable(program: RealProgram, ids: readonly string[]): string {
  const widest = Math.max(...allPromises(program).map((promise) => promise.allowed.length), 1);
  return [
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
    "/* ---- The race ------------------------------------------------------------------------------------------------ */",
    "",
    ...body.tables,
    "/* What the operations promise, whatever the schedule. */",
    ...promiseTable("expected", program.expected),
    `enum { EXPECTED_END = ${hex(Math.max(0, ...program.expected.map(({ to }) => to)))} };`,
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
