/**
 * demo, what `npm start` runs: the corruption of the RFC of September 2022, found on the kernel it was written
 * against, made small, and what to try next. It expects to find it.
 */
import { join } from "node:path";
import { oracleMask } from "../../explore/finding/finding.js";
import { MODEL } from "../../kernel/versions/model-version.js";
import { findingText } from "../../report/finding-text.js";
import { grouped } from "../../report/style.js";
import { DEFAULT_SCHEDULES, judge } from "../../verdict/judge-scenario.js";
import { drive, Pool } from "../../workers/pool.js";
import type { CommandSpec } from "../command.js";
import { EXIT } from "../exit.js";
import { loadScenario } from "../input/files.js";
import type { CommonOptions } from "../input/options.js";
import { note, type Session, suggest } from "../terminal/terminal.js";
import { packageScenarios } from "./list.js";
import { present } from "./present-finding.js";

const NAME = "unwritten-tail";

export const demoCommand: CommandSpec = {
  run: demo,
};

async function demo(session: Session, _options: CommonOptions): Promise<number> {
  const { out } = session.terminal;
  const started = performance.now();
  const file = join(packageScenarios("witnesses"), `${NAME}.yaml`);
  const scenario = loadScenario(file);
  const variant = { base: "6.0", with: [], without: [] };
  const seed = `${NAME}.yaml:${MODEL}`;
  note(session, `Looking for the data corruption of the 2022 RFC on the model of 6.0 (seed ${seed}) ...`);
  const pool = new Pool(1);
  const options = { subject: { scenario, variant }, seed, schedules: DEFAULT_SCHEDULES };
  const judgement = await drive(pool, judge(options), () => session.interrupt.signal !== undefined);
  if (judgement.failure === undefined) {
    out.line("not found: that was not expected");
    return EXIT.VIOLATION;
  }
  const shrunk = await pool.run({
    kind: "shrink",
    run: { scenario, variant, choices: judgement.failure.choices },
    mask: oracleMask(scenario.oracles),
  });
  const reported = present(shrunk, { foundIn: `schedule ${grouped(judgement.failure.schedule)}` });
  out.write(findingText(reported, out.colours));
  note(
    session,
    `\nFound, as expected, in ${((performance.now() - started) / 1000).toFixed(1)} s. What next:`,
  );
  suggest(
    session,
    [["step", reported.token ?? NAME], "walk through the race"],
    [["bisect", NAME, "--good", "6.2", "--bad", "6.0"], "which patch cures it"],
    [["run", NAME], "on every kernel it names"],
    [["matrix"], "every known race by kernel"],
    [["fuzz", "--kernel", "6.2"], "what is still wrong there"],
  );
  return EXIT.OK;
}
