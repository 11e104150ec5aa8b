/**
 * Command lines of xfs_io, as fstests and mails have them: `xfs_io -f -c "pwrite 0 4k" -c "fpunch 0 2k" FILE`, in a shell
 * script or alone, and commands after the prompt `xfs_io>`. Lines that end in `&` run beside what follows.
 */
import { DEFAULT_BLOCK, DEFAULT_PAGE } from "../limits.js";
import type { Scenario } from "../types.js";
import type { Read } from "../yaml/diagnostic.js";
import { checkText, Reporter, withoutMark } from "../yaml/source.js";
import { type HowRead, MOST_BYTES } from "./how-read.js";
import { fromMail } from "./shell-in-mail.js";
import { ScriptRun } from "./shell-run.js";
import { readScript } from "./shell-syntax.js";
import { ShellValues } from "./shell-values.js";
import { ToldProgram } from "./told-program.js";
import { withToldSizes } from "./told-sizes.js";
import { XfsIoSession } from "./xfs-io-session.js";

/** Whether a text is one of xfs_io's. */
export function looksLikeXfsIo(text: string): boolean {
  const start = text.slice(0, 65536);
  return (
    /^#![^\n]*\b(?:ba|da|k|z)?sh\b/.test(start) ||
    /(?:^\+?|[\s/"'{$(`])(?:xfs_io|XFS_IO_PROG)\}?["']?\s+(?:\\\r?\n\s*)?(?:-|["']|\S+\s*<<|\$\S+\s+-)/m.test(
      start,
    ) ||
    /^[ \t>]*xfs_io>/m.test(start)
  );
}

/** Reads it as a scenario. */
export function parseXfsIo(
  text: string,
  fileName: string,
  how: HowRead = {},
): Read<{ readonly scenario: Scenario }> {
  const report = new Reporter(withoutMark(text), fileName);
  if (!checkText(report, MOST_BYTES)) return { diagnostics: report.diagnostics() };
  const script = readScript(fromMail(report.text));
  const told = withToldSizes(report, script, how);
  const { page = DEFAULT_PAGE } = told.how;
  const { block = Math.min(DEFAULT_BLOCK, page) } = told.how;
  const session = new XfsIoSession(
    new ToldProgram(report, "xfs_io", told.how),
    new ShellValues({ page, block }),
    { page, block },
  );
  told.say(session.program);
  new ScriptRun(session, script).start();
  return session.program.scenario(fileName, { isLong: true });
}
