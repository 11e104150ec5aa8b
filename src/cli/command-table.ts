/**
 * The commands, in the order of --help. What a command takes and does is loaded when it is called, with all that it
 * needs: --help of all of them needs none of it.
 */
import type { CommandSpec } from "./command.js";

export interface Command {
  readonly name: string;
  /** The positional arguments, as commander writes them, and what they are. */
  readonly args?: readonly [name: string, about: string];
  readonly about: string;
  readonly isHidden?: boolean;
  readonly load: () => Promise<CommandSpec>;
}

const RUN = "token, case seed or scenario file";
const ANY = "token, case seed, scenario file, log or program";

export const COMMANDS: readonly Command[] = [
  {
    name: "run",
    args: ["<files...>", "scenario files, logs or programs"],
    about: "explore scenarios on the kernels they name, compare with what they expect",
    load: async () => (await import("./commands/run.js")).runCommand,
  },
  {
    name: "fuzz",
    about: "random programs, random schedules, until the first finding",
    load: async () => (await import("./commands/fuzz.js")).fuzzCommand,
  },
  {
    name: "campaign",
    args: [
      "<words...>",
      "start, work, status, findings, export, known, recheck, and then the campaign's name",
    ],
    about: "long runs of fuzz, shared by machines, that lose nothing",
    load: async () => (await import("./commands/campaign.js")).campaignCommand,
  },
  {
    name: "explore",
    args: ["<x>", "scenario file (or a token or case seed, for its program)"],
    about: "every schedule within the bounds: a proof, or the shortest failing run",
    load: async () => (await import("./commands/explore.js")).exploreCommand,
  },
  {
    name: "repro",
    args: ["<x>", RUN],
    about: "one run, the same trace every time",
    load: async () => (await import("./commands/repro.js")).reproCommand,
  },
  {
    name: "explain",
    args: ["<x>", `${RUN}; or the name of a kind, oracle, window, toggle, step or kernel`],
    about:
      "what a failing run comes down to: point of no return, order of steps, locks; or what a name means",
    load: async () => (await import("./commands/explain.js")).explainCommand,
  },
  {
    name: "step",
    args: ["<x>", RUN],
    about: "walk a trace forwards and backwards",
    load: async () => (await import("./commands/step.js")).stepCommand,
  },
  {
    name: "bisect",
    args: ["<x>", RUN],
    about: "which patch of a series cures it",
    load: async () => (await import("./commands/bisect.js")).bisectCommand,
  },
  {
    name: "judge",
    args: ["<x>", ANY],
    about: "one line and the exit status, for scripts and git bisect run",
    load: async () => (await import("./commands/judge.js")).judgeCommand,
  },
  {
    name: "shrink",
    args: ["<x>", ANY],
    about: "the smallest scenario that shows the same on one kernel",
    load: async () => (await import("./commands/shrink.js")).shrinkCommand,
  },
  {
    name: "backport",
    about: "which patches a kernel still needs, in an order in which no prefix is worse",
    load: async () => (await import("./commands/backport.js")).backportCommand,
  },
  {
    name: "matrix",
    args: ["[files...]", "scenario files (the witnesses)"],
    about: "table of scenarios by kernels",
    load: async () => (await import("./commands/matrix.js")).matrixCommand,
  },
  {
    name: "conform",
    args: ["<traces...>", "recorded traces (JSON, or gzipped), or folders of them"],
    about: "replay recorded traces of real kernels on the model",
    load: async () => (await import("./commands/conform.js")).conformCommand,
  },
  {
    name: "export",
    args: ["<x>", RUN],
    about: "a C program that shows it on a real kernel",
    load: async () => (await import("./commands/export.js")).exportCommand,
  },
  {
    name: "real",
    args: ["<x...>", `${RUN}; or the word record, or walk, or trace and a command`],
    about: "run it on this machine's kernel, or on another under QEMU",
    load: async () => (await import("./commands/real.js")).realCommand,
  },
  {
    name: "tree",
    args: ["<dir>", "kernel source tree: fs/iomap, fs/xfs and mm are read"],
    about: "which toggles a kernel source tree has",
    load: async () => (await import("./commands/tree.js")).treeCommand,
  },
  {
    name: "list",
    args: ["[what...]", "kernels [NAME], fixes, scenarios, ops, steps, strategies, oracles, windows"],
    about: "what there is: kernels, fixes, scenarios, steps, ...",
    load: async () => (await import("./commands/list.js")).listCommand,
  },
  {
    name: "diff",
    args: ["<kernels...>", "two kernels or variant files"],
    about: "which toggles two kernels differ in, and by which patches",
    load: async () => (await import("./commands/diff.js")).diffCommand,
  },
  {
    name: "check",
    args: ["<files...>", "scenario files, logs or programs"],
    about: "say what is wrong with scenario files",
    load: async () => (await import("./commands/check.js")).checkCommand,
  },
  {
    name: "schema",
    args: ["[name]", "scenario (the standard), variant, or a document: run, fuzz, explore, ..."],
    about: "print the JSON Schema of scenario files",
    load: async () => (await import("./commands/schema.js")).schemaCommand,
  },
  {
    name: "completion",
    args: ["<what>", "bash, zsh, fish, or man for the manual page"],
    about: "print what a shell completes, or the manual page",
    load: async () => (await import("./commands/completion.js")).completionCommand(COMMANDS),
  },
  {
    name: "demo",
    about: "find the corruption of the 2022 RFC",
    isHidden: true,
    load: async () => (await import("./commands/demo.js")).demoCommand,
  },
];

export const COMMAND_NAMES: readonly string[] = COMMANDS.map(({ name }) => name);
