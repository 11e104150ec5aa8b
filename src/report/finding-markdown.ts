/** A failing run as Markdown: what happened in sentences, the race in a code block, and the command that shows it again. */
import { variantName } from "../kernel/versions/variant.js";
import { type Explored, undecidedWords } from "./explore-text.js";
import { cures, headline, type ReportedFinding, runAgain } from "./finding-text.js";
import { escaped, fenced } from "./markdown-text.js";
import { ON_MODEL } from "./on-model.js";
import { storyOf } from "./page/story.js";
import { programRows } from "./program-rows.js";
import { drawRace } from "./race.js";
import type { Reproduced } from "./reporter.js";
import { findingRows } from "./rows.js";
import { commandForOthers } from "./shell-words.js";
import { PLAIN, plural } from "./style.js";

export function findingMarkdown(reported: ReportedFinding): string {
  const { finding: found, run, curedBy = [] } = reported;
  const { scenario, variant } = run;
  const story = storyOf(scenario, found, findingRows(scenario, found));
  const again = runAgain(reported);
  return [
    `### ${escaped(`${scenario.name} on ${variantName(variant)}: ${headline(found)}`)}`,
    story
      .map(({ badge, step, text }) =>
        badge === undefined
          ? `\n${escaped(text)}`
          : `${badge}. ${step === 0 ? "" : `step ${step}: `}${escaped(text)}`,
      )
      .join("\n"),
    fenced([
      ...programRows(scenario).map(([name, text]) => `${name.padEnd(10)} ${text}`),
      "",
      ...drawRace(scenario, found, PLAIN),
    ]),
    `Kind: ${escaped(found.kind)}`,
    ...(curedBy.length === 0 ? [] : [`Cured by: ${cures(curedBy).map(escaped).join("; ")}`]),
    ON_MODEL,
    ...(again === undefined ? [] : [`See it again:\n\n${fenced([commandForOthers(["repro", ...again])])}`]),
  ].join("\n\n");
}

export function exploredText(explored: Explored): string {
  const { reported, result, scenario, variant } = explored;
  if (reported !== undefined) return findingMarkdown(reported);
  const name = `${scenario.name} on ${variantName(variant)}`;
  const what =
    result.verdict === "ok"
      ? `no violation in ${result.exhaustive ? "all " : ""}${plural(result.states, "state")}`
      : undecidedWords(result);
  return escaped(`${name}: ${what}`);
}

export function reproText({ run, reported }: Reproduced): string {
  if (reported !== undefined) return findingMarkdown(reported);
  return escaped(`${run.scenario.name} on ${variantName(run.variant)}: no violation in this run`);
}
