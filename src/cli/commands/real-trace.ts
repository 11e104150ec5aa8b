/** real trace: the events of this machine's kernel, or of another under QEMU, while a command runs. */
import { recordEvents } from "../../real/events/record-events.js";
import { nativeProblems, qemuProblems } from "../../real/machine/environment.js";
import { modelFor } from "../../real/machine/running-kernel.js";
import { plural } from "../../report/style.js";
import { parseKernelTrace } from "../../scenario/reports/kernel-trace/kernel-trace.js";
import { visible } from "../../scenario/yaml/diagnostic.js";
import { parseQuantity } from "../../scenario/yaml/units.js";
import { EXIT, undecided, usage } from "../exit.js";
import { operand } from "../input/again.js";
import type { OptionsOf, OptionTable } from "../input/options.js";
import { writeWhole } from "../input/output-files.js";
import { note, type Session, suggest } from "../terminal/terminal.js";
import { type OF_MACHINE, type OF_RECORDING, orUndecided } from "./real-record.js";

const BUFFER = 16 << 20;
const MOST_BUFFER = 1 << 30;

export const OF_TRACING = {
  buffer: {
    flags: "--buffer <size>",
    about: "trace: for the events of each CPU (16m)",
    parse: (text: string, flag: string) => {
      const read = parseQuantity(text);
      const size = read.ok ? read.value : 0;
      if (size >= 4096 && size <= MOST_BUFFER) return size;
      throw usage(`${flag}: expected 4k to 1024m, found ${visible(text)}`, `for example ${flag} 64m`);
    },
  },
} as const satisfies OptionTable;

export type TraceOptions = OptionsOf<typeof OF_TRACING & typeof OF_MACHINE & typeof OF_RECORDING>;

export async function traceEvents(
  session: Session,
  options: TraceOptions,
  [, ...command]: readonly string[],
): Promise<number> {
  const { qemu, fsImage, block = 4096, buffer = BUFFER, output = "trace.txt" } = options;
  if (options.json === true || options.reporter !== undefined)
    throw usage("real trace writes a trace and nothing else", "leave out --json and --reporter");
  if (command.length === 0)
    throw usage(
      "real trace takes a command",
      "for example: real trace -- xfs_io -f -c 'pwrite 0 4k' -c fsync file",
    );
  if (qemu !== undefined && qemu.length > 1) throw usage("real trace boots one kernel", "give --qemu once");
  const [kernel] = qemu ?? [];
  const problems = kernel === undefined ? nativeProblems() : qemuProblems();
  if (problems.length > 0) throw undecided(problems.join(" "));
  if (kernel !== undefined) note(session, `booting ${kernel}`);
  const request = { command, block, bufferBytes: buffer, kernel, imageDir: fsImage };
  const recorded = await orUndecided(() => recordEvents(request));
  const { text, events, overwritten, printed, status } = recorded;
  for (const line of printed.trimEnd().split("\n")) if (line !== "") note(session, visible(line));
  if (events === 0)
    throw undecided(
      `the command ended with status ${status}, and there was no event of a file of its directory`,
      "what it runs must be there, and its files in the directory that it starts in, which is on the XFS",
    );
  writeWhole(output, text, "choose another file with --output");
  if (status !== 0) note(session, `the command ended with status ${status}`);
  note(session, `${plural(events, "event")} of kernel ${recorded.kernel} in ${visible(output)}`);
  if (overwritten > 0)
    note(session, `the ${plural(overwritten, "oldest event")} had no room: --buffer makes more`);
  const read = parseKernelTrace(text, output);
  const model = modelFor(recorded.kernel)?.base;
  const first =
    "diagnostics" in read
      ? /0x[0-9a-f]+(?= \(\d+ events\)$)/.exec(read.diagnostics[0]?.remedy ?? "")?.[0]
      : undefined;
  if (model !== undefined)
    suggest(session, [
      ["judge", operand(output), "--kernel", model, ...(first === undefined ? [] : ["--inode", first])],
      "is it a run of the model, and what was lost",
    ]);
  return EXIT.OK;
}
