/** Shell scripts as programs: what goes on where, whose variables are whose, and who waits for whom. */
import { expect, it } from "vitest";
import { printOp } from "../../src/scenario/language/print-ops.js";
import { parseXfsIo } from "../../src/scenario/reports/xfs-io.js";
import { renderDiagnostics } from "../../src/scenario/yaml/diagnostic.js";

/** Operations by thread, and whether something was left out. */
function shown(text: string): string[] {
  const read = parseXfsIo(text, "a.sh");
  if ("diagnostics" in read) throw new Error(renderDiagnostics(read.diagnostics));
  const { setup, threads, isPart, notes = [] } = read.scenario;
  const ops = [{ name: "setup", ops: setup }, ...threads].flatMap(({ name, ops }) =>
    ops.map((op) => `${name.replace("xfs_io", "")} ${printOp(op).slice(2, -2)}`.trim()),
  );
  return isPart === true
    ? [...ops, notes.join().replace(/^left out, and this is about the rest: /, "")]
    : ops;
}

const CUT = (size: string) => `xfs_io -c "truncate ${size}" f\n`;
const ASKED = (at: string) =>
  `what a shell may decide otherwise at ${at} (the first arm that does something was taken: give one)`;

it.each<[string, string[]]>([
  [`for i in 8 4 2; do [ $i -lt 8 ] && break; ${CUT("$i")}done`, ["truncate: 8"]],
  [
    `for i in 8 4; do for j in 1 2; do [ $i = 8 ] && continue 2; ${CUT("$j")}done; done`,
    ["truncate: 1", "truncate: 2"],
  ],
  [
    `f() { ${CUT("$1")} [ $1 = 8 ] && return; ${CUT("2")} }; f 8; f 3`,
    ["truncate: 8", "truncate: 3", "truncate: 2"],
  ],
  [`f() { shift; ${CUT("$1")} }; f 2 8`, ["truncate: 8"]],
  [`${CUT("1")}exit 0\n${CUT("2")}`, ["truncate: 1"]],
  [`n=8; f() { local n=2; }; f; ${CUT("$n")}`, ["truncate: 8"]],
  [`n=8; ( n=2; ${CUT("$n")}); ${CUT("$n")}`, ["truncate: 2", "truncate: 8"]],
  [`n=8; { n=2; } | cat; ${CUT("$n")}`, ["truncate: 8"]],
  [`n=0; : $((n += 2)); ${CUT("$n")}`, ["truncate: 2"]],
  [`f() { ${CUT("1")} }; f; f() { ${CUT("2")} }; f`, ["truncate: 1", "truncate: 2"]],
  [`for ((i = 1; i <= 2; i++)) { ${CUT("$i")} }`, ["truncate: 1", "truncate: 2"]],
  [`for ((i = 0, j = 2; i < 2; i++, j--)); do ${CUT("$j")} done`, ["truncate: 2", "truncate: 1"]],
  [
    `${CUT("1")}echo ${CUT("2")}: ${CUT("3")}printf %s ${CUT("4")}which xfs_io -c "truncate 5" f`,
    ["truncate: 1"],
  ],
  [`a=(1 2); ${CUT("${a[1]}")}`, ["truncate: 2"]],
  [`while read o; do ${CUT("$o")} done <<E\n1\n2\nE`, ["truncate: 1", "truncate: 2"]],
  [`n=\`expr 2 + 3\`; ${CUT("$n")}`, ["truncate: 5"]],
  [`n=1; x=$(${CUT("$((n += 2))")})`, ["truncate: 3"]],
  [`if grep -q x y; then n=8; else n=2; fi; ${CUT("$n")}`, ["truncate: 8", ASKED("1:4")]],
  [
    `set -- 1 2; [ -n "$x" ] && shift; ${CUT("1")} [ $# = 2 ] && ${CUT("2")}`,
    ["truncate: 1", "truncate: 2", ASKED("2:2")],
  ],
  [
    `${CUT("1")}( xfs_io -c fsync f & wait ) &\nxfs_io -c "pread 0 1" f\nwait`,
    ["setup truncate: 1", "-1 fsync: {}", "read: 0..1"],
  ],
  [
    `${CUT("1")}w() { xfs_io -c fsync f & wait $!; }\nw &\nxfs_io -c "pread 0 1" f &\nwait`,
    ["setup truncate: 1", "-1 fsync: {}", "-2 read: 0..1"],
  ],
  [
    `${CUT("9")}xfs_io -c fsync f &\np=$!\nxfs_io -c "pread 0 1" f\nkill -9 $p\nwait`,
    ["setup truncate: 9", "-1 fsync: {}", "read: 0..1", "what a signal cuts short, at 5:1"],
  ],
  [`${CUT("1")}timeout 5 ${CUT("2")}`, ["truncate: 1", "truncate: 2", 'what "timeout" does, at 2:1']],
  [`${CUT("1")}eval "$x"`, ["truncate: 1", 'what "eval" does, at 2:1']],
  [`${CUT("1")}. ./lib.sh`, ["truncate: 1", 'what "./lib.sh" does, at 2:1']],
  [`${CUT("1")}trap 'xfs_io -c fsync f' EXIT`, ["truncate: 1", 'what is trapped, "xfs_io -c fsync f"']],
  [`${CUT("1")}mount -o sync d m`, ["truncate: 1", 'what "mount sync" does, at 2:1']],
  [`${CUT("1")}mkfs.ext4 d`, ["truncate: 1", '"mkfs.ext4", which is not read']],
  [`set -e\n${CUT("1")}false\n`, ["truncate: 1", "where set -e ends the script, at 3:1"]],
  [`${CUT("1")}: > f`, ["truncate: 1", "truncate: 0"]],
])("%s", (text, ops) => {
  expect(shown(text).map((one) => one.replace(/^ /, ""))).toEqual(ops);
});

it("DAX is refused", () => {
  expect(() => shown(`mount -o dax=always d m\n${CUT("1")}`)).toThrow(/the model has no DAX/);
});
