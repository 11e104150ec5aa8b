/**
 * shrink: the smallest scenario that still shows on one kernel what X shows there.
 */
import { oracleMask } from "../../explore/finding/finding.js";
import { type KernelVariant, variantName } from "../../kernel/versions/variant.js";
import { commandLine } from "../../report/shell-words.js";
import { plural } from "../../report/style.js";
import { allOps } from "../../scenario/op-bytes.js";
import { inBackground } from "../../scenario/reports/in-background.js";
import type { Scenario } from "../../scenario/types.js";
import { visible } from "../../scenario/yaml/diagnostic.js";
import { Pool, unless } from "../../workers/pool.js";
import type { CommandSpec } from "../command.js";
import { EXIT, undecided } from "../exit.js";
import { givenFlags, operand } from "../input/again.js";
import { ONE_KERNEL, OPTION_GROUPS, type OptionsOf, type OptionTable } from "../input/options.js";
import { writeWhole } from "../input/output-files.js";
import { openReport } from "../terminal/report.js";
import { note, type Session, suggestLook } from "../terminal/terminal.js";
import { foundFile } from "./finding-file.js";
import { subjectsOf } from "./judge.js";
import { asFound, present } from "./present-finding.js";
import { judged, taskOf } from "./run.js";

const OWN = {
  output: { flags: "-o, --output <file>", about: "write it there instead of stdout (-)" },
  kind: { flags: "--kind <text>", about: "only this kind of finding, as verdicts print it" },
} as const satisfies OptionTable;

type ShrinkOptions = OptionsOf<typeof OWN>;

export const shrinkCommand: CommandSpec = {
  options: [...ONE_KERNEL, "search", "judging", "reading", OWN],
  reports: ["repro"],
  run: shrinkOne,
};

async function shrinkOne(
  session: Session,
  options: ShrinkOptions,
  [x = ""]: readonly string[],
): Promise<number> {
  const report = openReport(session, options, "repro");
  const { program, variant, isLog } = subjectsOf(x, options);
  const failing = await firstFailing(
    session,
    options,
    isLog ? [...program, ...program.map(inBackground)] : program,
    variant,
    x,
  );
  if (failing === undefined) {
    const of = options.kind === undefined ? "no violation" : `nothing of kind "${visible(options.kind)}"`;
    const { signal } = session.interrupt;
    throw undecided(
      `${visible(x)} shows ${of} on ${variantName(variant)}${signal === undefined ? "" : `: interrupted by ${signal}`}`,
      `${commandLine(["judge", operand(x), ...givenFlags(options, Object.values(OPTION_GROUPS).flat())])} says how far it was looked for`,
    );
  }
  const { scenario, choices } = failing;
  const { schedule: _1, order: _2, observed: _3, ...bare } = scenario;
  const run = { scenario: bare, variant, choices };
  const mask = oracleMask(scenario.oracles);
  const before = asFound(run, mask);
  note(session, `found ${before.finding.kind} in ${plural(allOps(bare).length, "operation")}`);
  const pool = new Pool(1);
  const stopped = () => session.interrupt.signal !== undefined;
  const small = await unless(pool, { kind: "shrink", run, mask }, stopped).finally(() => pool.close());
  const shrunk = present(small ?? before);
  const text = foundFile(small ?? before, {});
  const output = options.output === "-" ? undefined : options.output;
  if (output !== undefined) writeWhole(output, text, "choose another file with --output");
  report.endAs(output === undefined ? text : "", { run: shrunk.run, reported: shrunk });
  const [from, to] = [before, small ?? before].map(({ run: { scenario }, finding }) => {
    return `${plural(allOps(scenario).length, "operation")} and ${plural(finding.steps, "step")}`;
  });
  note(session, small === undefined ? `as it was found: ${from}` : `${from} became ${to}`);
  for (const one of scenario.notes ?? []) note(session, `note: ${one}`);
  if (shrunk.token !== undefined) suggestLook(session, shrunk.token);
  return EXIT.OK;
}

interface Failing {
  readonly scenario: Scenario;
  readonly choices: readonly number[];
}

async function firstFailing(
  session: Session,
  options: ShrinkOptions,
  scenarios: readonly Scenario[],
  variant: KernelVariant,
  file: string,
): Promise<Failing | undefined> {
  for (const scenario of scenarios) {
    const tasks = [taskOf({ file, scenario: expecting(scenario, variant, options.kind) }, variant, options)];
    for await (const { judgement } of judged(session, options, tasks, () => false)) {
      const { failure, met } = judgement;
      if (failure !== undefined && (options.kind === undefined || met === true))
        return { scenario: tasks[0]?.subject.scenario ?? scenario, choices: failure.choices };
    }
    if (session.interrupt.signal !== undefined) return undefined;
  }
  return undefined;
}

/** Says what is looked for as a file would: what it says itself is of no account here. */
function expecting(scenario: Scenario, variant: KernelVariant, kind: string | undefined): Scenario {
  const nothing = { ...scenario, expect: [], variants: [] };
  if (kind === undefined) return nothing;
  const verdict = { expect: "mismatch" as const, kind };
  return {
    ...nothing,
    expect: [{ kernel: variant.base, ...verdict }],
    variants: [{ ...variant, ...verdict }],
  };
}
