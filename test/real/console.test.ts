import { describe, expect, it } from "vitest";
import { parseConsole } from "../../src/real/machine/console.js";
import { cpioArchive } from "../../src/real/machine/cpio.js";
import { runCommands } from "../../src/real/machine/init-runs.js";
import { initScript } from "../../src/real/machine/initramfs.js";
import { dependenciesOf } from "../../src/real/machine/kernel-modules.js";
import { summarize, verdictOfExit } from "../../src/real/machine/program-verdict.js";
import { kernelLabel, modelFor } from "../../src/real/machine/running-kernel.js";

const PROC_VERSION =
  "Linux version 6.1.0-56-cloud-amd64 (kernel@example.org) (gcc-12 (Debian 12.2.0-14) 12.2.0, GNU ld 2.40) " +
  "#1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-09-30)";

const EXPECTED = [
  { name: "0-eof-punch", mount: "/4k", repeat: 2 },
  { name: "1-control", mount: "/4k", repeat: 1 },
];
const LINE = "a line that no program of ours printed";
const AFTER = "a line after the end of init: ";
const MORE = "and 4 more of the kind";

describe("parseConsole", () => {
  it("collects the verdicts of each program and what it printed", () => {
    const report = parseConsole(
      [
        "[    1.2] random kernel message",
        `@@stalemap kernel ${PROC_VERSION}`,
        "eof-punch on 6.1",
        "verdict: data lost",
        "@@stalemap run 0-eof-punch 0 1",
        "[    2.5] XFS noise@@stalemap run 0-eof-punch 1 1",
        "@@stalemap run 1-control 0 0",
        "@@stalemap done",
        "[    9.0] reboot: Power down",
      ].join("\r\n"),
      EXPECTED,
    );
    expect(report.kernel).toBe("6.1.192");
    expect(report.problems).toEqual([]);
    expect(report.runs.get("0-eof-punch")).toEqual({
      verdicts: ["lost", "lost"],
      output: "eof-punch on 6.1\nverdict: data lost\n",
    });
    expect(report.runs.get("1-control")?.verdicts).toEqual(["right"]);
  });

  it("reports a panic and a console that was cut off", () => {
    const report = parseConsole("@@stalemap problem mount 4k\nKernel panic - not syncing: no init\n", []);
    expect(report).toMatchObject({
      problems: [
        "mount 4k",
        "Kernel panic - not syncing: no init",
        "init did not come to its end",
        "the kernel did not say which it is",
      ],
    });
  });

  const KERNEL = `@@stalemap kernel ${PROC_VERSION}`;
  const RUNS = [
    "@@stalemap run 0-eof-punch 0 0",
    "@@stalemap run 0-eof-punch 1 0",
    "@@stalemap run 1-control 0 0",
  ];
  const DONE = "@@stalemap done";
  it.each([
    [[KERNEL, ...RUNS, DONE], []],
    [[KERNEL, ...RUNS], ["init did not come to its end"]],
    [[...RUNS, DONE], ["the kernel did not say which it is"]],
    [
      [KERNEL, ...RUNS.slice(1), DONE],
      [LINE, "0-eof-punch: 0 of 2 runs"],
    ],
    [[KERNEL, ...RUNS.slice(0, 2), DONE], ["1-control: 0 of 1 runs"]],
    [
      [KERNEL, DONE, ...RUNS],
      [AFTER, AFTER, AFTER, "0-eof-punch: 0 of 2 runs", "1-control: 0 of 1 runs"],
    ],
    [[KERNEL, ...RUNS, DONE, DONE], [AFTER]],
    [[KERNEL, ...RUNS, KERNEL, DONE], ["it booted more than once"]],
    [[KERNEL, ...RUNS, "watchdog: BUG: soft lockup - CPU#0", DONE], ["BUG: soft lockup - CPU#0"]],
    [[KERNEL, ...RUNS, "kernel BUG at fs/x.c:1!", DONE], ["kernel BUG at fs/x.c:1!"]],
    [
      [KERNEL, ...RUNS, "XFS (vda): Metadata corruption detected at x", DONE],
      ["XFS (vda): Metadata corruption detected at x"],
    ],
    [
      [KERNEL, ...RUNS, "XFS (vda): Log I/O Error (0x2) detected at x.  Shutting down filesystem.", DONE],
      ["Shutting down filesystem."],
    ],
    [
      [KERNEL, ...RUNS, ...Array<string>(9).fill("@@stalemap problem x"), DONE],
      ["x", "x", "x", "x", "x", MORE],
    ],
    [
      [KERNEL, ...RUNS, ...RUNS, DONE],
      [LINE, LINE, LINE],
    ],
    [[KERNEL, ...RUNS, "@@stalemap run 1-control 1 0", DONE], ["1-control: 2 of 1 runs"]],
    [[KERNEL, ...RUNS, "@@stalemap run 2-other 0 0", DONE], [LINE]],
    [
      [KERNEL, ...RUNS.slice(0, 2), "@@stalemap run 1-control 0 ", DONE],
      [LINE, "1-control: 0 of 1 runs"],
    ],
    [
      [KERNEL, ...RUNS.slice(0, 2), "@@stalemap run 1-control 0 0x1", DONE],
      [LINE, "1-control: 0 of 1 runs"],
    ],
    [[KERNEL, ...RUNS, "[ 9.1] Oops: Oops: 0002 [#1] SMP", DONE], ["Oops: Oops: 0002 [#1] SMP"]],
    [[KERNEL, ...RUNS, "BUG: kernel NULL pointer", DONE], ["BUG: kernel NULL pointer"]],
    [
      [KERNEL, ...Array<string>(9).fill("@@stalemap x"), ...RUNS, DONE],
      [LINE, LINE, LINE, LINE, LINE, MORE],
    ],
  ])("says what keeps a console from being believed: %j", (lines, problems) => {
    expect(parseConsole(lines.join("\n"), EXPECTED).problems).toEqual(
      problems.map((problem) => expect.stringContaining(problem)),
    );
  });

  it("reads a console without end as fast as any other", () => {
    const lines = [
      `@@stalemap kernel ${"#1 ".repeat(400_000)}`,
      "x".repeat(1_000_000),
      "y\n".repeat(100_000),
    ];
    const report = parseConsole(lines.join("\n"), EXPECTED);
    expect(report.kernel).toBe("unknown");
  }, 10_000);
});

describe("verdicts", () => {
  it("come from exit codes", () => {
    expect([0, 1, 2, 3, 137, null].map(verdictOfExit)).toEqual([
      "right",
      "lost",
      "set-up problem",
      "stop not reached",
      "set-up problem",
      "set-up problem",
    ]);
    expect(summarize(["lost", "lost"])).toBe("lost");
    expect(summarize(["lost", "right"])).toBe("flaky");
    expect(summarize([])).toBe("not run");
  });

  it("name the upstream version of a kernel", () => {
    expect(kernelLabel(PROC_VERSION)).toBe("6.1.192");
    expect(kernelLabel("Linux version 6.18.44-x (a@b) (gcc (Debian 12.2.0-14) 12.2.0) #1 SMP")).toBe(
      "6.18.44",
    );
  });

  it.each([
    ["5.15.0-91-generic", "5.15.0", "5.15"],
    ["5.4.0-216-generic", "5.4.0", "5.4"],
    ["6.1.0-1036-oem", "6.1.0", "6.1.0"],
    ["4.18.0-553.16.1.el8_10.x86_64", "4.18.0.el8", undefined],
    ["5.14.0-427.13.1.el9_4.x86_64", "5.14.0.el9", undefined],
    ["5.10.0-60.18.0.50.oe2203.x86_64", "5.10.0.oe2203", "openeuler-22.03"],
    ["5.10.134-16.an8.x86_64", "5.10.134.an8", undefined],
    ["6.18.44-fc-v595", "6.18.44", "6.18"],
  ])("of %s is %s, and its model %s", (name, label, model) => {
    expect(kernelLabel(`Linux version ${name} (a@b) (gcc) #1 SMP`)).toBe(label);
    expect(modelFor(label)?.base).toBe(model);
  });
});

describe("the initramfs", () => {
  it("is a newc archive with directories, aligned to four bytes", () => {
    const archive = cpioArchive([{ path: "bin/a", content: "hello" }]);
    const text = archive.toString("latin1");
    expect(archive.length % 4).toBe(0);
    expect(text.match(/070701/g)).toHaveLength(3);
    expect(text).toMatch(/bin\0.*bin\/a\0.*hello.*TRAILER!!!/s);
    expect(text.slice(14, 22)).toBe("000041ed");
  });

  it("loads modules in order and runs each program as often as asked", () => {
    const runs = [{ name: "0-a", mount: "/1k", repeat: 20 }];
    const script = initScript(["virtio_blk", "xfs"], runCommands(["/4k", "/1k"], runs, 75));
    expect(script.indexOf("virtio_blk.ko")).toBeLessThan(script.indexOf("xfs.ko"));
    expect(script).toContain("\ndisk /dev/vda /4k\ndisk /dev/vdb /1k\nrun 0-a /1k 20\n");
    expect(script.trimEnd()).toMatch(/poweroff -f$/);
  });

  it("reads a module's dependencies", () => {
    expect(dependenciesOf(Buffer.from("x\0depends=libcrc32c,virtio-ring\0retpoline=Y\0"))).toEqual([
      "libcrc32c",
      "virtio_ring",
    ]);
    expect(dependenciesOf(Buffer.from("x\0depends=\0y"))).toEqual([]);
  });
});
