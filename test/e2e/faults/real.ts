/** What comes from outside when a real kernel is asked: a guest that dies or lies, traces that are none, odd outputs. */
import { nativeProblems, qemuProblems } from "../../../src/real/machine/environment.js";
import type { Fault } from "../faults-table.js";

const EOF_PUNCH = '"$root/scenarios/witnesses/eof-punch.yaml"';
const KERNEL = 'echo "@@stalemap kernel Linux version 6.1.0"';
const RUN = "@@stalemap run 0-eof-punch";

/** A boot of a kernel that is none, under a QEMU that prints what the script says. */
const booted = (script: string, args: string): string => `mkdir -p k/boot k/lib/modules/6.1.0 q
: >k/boot/vmlinuz-x; : >k/lib/modules/6.1.0/modules.builtin
printf '#!/bin/bash\\n' >q/qemu-system-x86_64; cat >>q/qemu-system-x86_64 <<'END'
${script}
END
chmod +x q/*; PATH="$PWD/q:$PATH" stalemap real ${args} --qemu ./k -q; status=$?; rm -r k q; exit $status`;

const guest = (name: string, script: string, said: RegExp, kind: Fault["kind"] = "input"): Fault => ({
  name: `a guest ${name}`,
  kind,
  run: booted(script, `${EOF_PUNCH} --repeat 3`),
  code: 125,
  // In the result where there were runs, else as the reason for having none.
  ...(script.includes(RUN) ? { stdout: said } : { stderr: said }),
});

const flood = (to: string) => `exec yes "$(printf 'x%.0s' $(seq 2000))" ${to}`;
const runs = (numbers: string, code = 0) => `for i in ${numbers}; do echo "${RUN} $i ${code}"; done`;

const GUESTS: readonly Fault[] = [
  guest(
    "whose kernel dies after one good run",
    `${KERNEL}; ${runs("0")}; echo "[ 9.0] Kernel panic - not syncing: Fatal exception"`,
    /cannot judge: .*Kernel\s+panic - not syncing: Fatal exception/s,
  ),
  guest("whose console is cut off after the last run", `${KERNEL}; ${runs("0 1 2")}`, /cannot\s+judge/),
  guest(
    "that oopses and goes on",
    `${KERNEL}; ${runs("0 1 2")}; echo "Oops: 0002 [#1] SMP"; echo "@@stalemap done"`,
    /Oops:\s+0002/,
  ),
  guest("that makes too few runs", `${KERNEL}; ${runs("0 1")}; echo "@@stalemap done"`, /2 of\s+3 runs/),
  guest(
    "that makes too many runs",
    `${KERNEL}; seq -f "${RUN} %.0f 0" 0 200000; echo "@@stalemap done"`,
    /200001 of\s+3\s+runs/,
  ),
  guest(
    "that loses data in one run and dies",
    `${KERNEL}; ${runs("0", 1)}`,
    /cannot\s+judge: .*lost\s+in\s+1\s+and/s,
  ),
  guest(
    "that is another kernel",
    `${KERNEL.replace("6.1.0", "5.10.0")}; ${runs("0 1 2")}; echo "@@stalemap done"`,
    /it\s+booted\s+5\.10\.0,\s+not\s+6\.1\.0/,
  ),
  guest("that says nothing", "exit 1", /gave no result: init did not come to its end/),
  guest("that floods its console", flood(""), /gave no result: output limit/, "memory"),
  guest("whose emulator floods stderr", flood(">&2"), /gave no result: output limit/, "memory"),
];

const recorded = (name: string, packed: string, said: RegExp, kind: Fault["kind"] = "input"): Fault => ({
  name: `a recorded trace ${name}`,
  kind,
  run: booted(
    `${KERNEL}; echo "@@stalemap trace 4k-any-s1"; ${packed} | gzip -c | base64; echo "@@stalemap end 4k-any-s1"; echo "@@stalemap done"`,
    "record --seed 1 --ops 5 -o out",
  ),
  code: 125,
  stderr: said,
});

const TRACES: readonly Fault[] = [
  recorded(
    "that is no JSON",
    "printf 'no json'",
    /what came is not that trace: 1:\d expected a recorded trace/,
  ),
  recorded(
    "that unpacks to more than any has",
    "head -c 64M /dev/zero",
    /damaged through the console, or is over 32 MiB/,
    "memory",
  ),
  recorded(
    "of another kernel",
    `echo '{"v":1,"kernel":"6.12","bs":4096,"seed":1,"page":4096,"ops":[{"op":"fsync","i":0,"size":0,"ext":[],"rle":[],"res":""}]}'`,
    /it is of kernel 6\.12, not 6\.1\.0/,
  ),
];

const exportTo = (name: string, before: string, fault: Partial<Fault>): Fault => ({
  name: `export onto ${name}`,
  kind: "disk",
  run: `${before}; stalemap export ${EOF_PUNCH} -o x -q`,
  code: 128,
  stderr:
    /^error: cannot write x: it is a device, pipe or socket, not a file\n {2}choose another file with --output\n$/,
  leaves: ["x"],
  ...fault,
});

const OUTPUTS: readonly Fault[] = [
  exportTo("a pipe", "mkfifo x", {}),
  ...(process.getuid?.() === 0 ? [exportTo("a device", "mknod x c 1 3", {})] : []),
  exportTo("a directory", "mkdir x", { stderr: /cannot write x: it is a directory/ }),
  exportTo("a link to nothing", "ln -s nowhere x", {
    stderr: /cannot write x: it is a symbolic link to nothing/,
  }),
  exportTo("a link to a device", "ln -s /dev/null x", {}),
  {
    ...exportTo("a link to a file", "", { leaves: ["f", "x"] }),
    run: `echo old >f; ln -s f x; stalemap export ${EOF_PUNCH} -o x -q && [ -L x ] && ! grep -qx old f`,
    code: 0,
    stderr: /^$/,
  },
];

export const REAL_FAULTS: readonly Fault[] = [
  ...(qemuProblems().length === 0 ? [...GUESTS, ...TRACES] : []),
  ...OUTPUTS,
  ...(nativeProblems().length === 0
    ? [
        {
          name: "record into a folder that cannot be",
          kind: "disk",
          run: ": >f; stalemap real record --ops 5 -o f/x; status=$?; rm f; exit $status",
          code: 128,
          stderr: /^error: cannot write into f\/x: .*f is not a directory/,
        } satisfies Fault,
      ]
    : []),
];
