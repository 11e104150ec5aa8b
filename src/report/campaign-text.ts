/**
 * A campaign as text and as JSON: how far it is, who works on it, and what it has found.
 */
import type { Rechecked } from "../campaign/recheck.js";
import type { CampaignFinding, CampaignStatus, PartStatus, WorkerStatus } from "../campaign/status.js";
import { MODEL } from "../kernel/versions/model-version.js";
import { variantName } from "../kernel/versions/variant.js";
import { beside, grouped, type Palette, PLAIN, plural, probability } from "./style.js";

/** The kernel, and the scenario where it is not random programs that run on it. */
export function partName({ kernel, program }: Pick<PartStatus, "kernel" | "program">): string {
  return program === null ? kernel : `${kernel}, ${program}`;
}

/** A worker that was not heard of for so many seconds is told apart. */
const SILENT_SECONDS = 60;

export function campaignText(status: CampaignStatus, paint: Palette = PLAIN): string {
  const { name, model, seed, parts, workers, findings, disagreements } = status;
  const lines = [paint.bold(`campaign ${name}, seed ${seed}, model ${model}`)];
  for (const part of parts) lines.push(...partLines(part, paint));
  const alive = workers.filter(({ silent }) => silent < SILENT_SECONDS);
  lines.push("", `${plural(workers.length, "worker")}, ${alive.length} heard of in the last minute`);
  for (const worker of alive) lines.push(workerLine(worker));
  for (const { kernel, first, programs, workers: who, digests } of disagreements)
    lines.push(
      ...beside(
        `${paint.red("!")} `,
        2,
        `${kernel}, cases ${grouped(first)} to ${grouped(first + programs - 1)}: ${who[0]} has ${digests[0]}, ${who[1]} has ${digests[1]}: one of the two computes wrongly, or is another version`,
        "  ",
        paint.red,
      ),
    );
  if (findings.length > 0) lines.push("", paint.bold("  cases   first case  kernel   kind"));
  for (const finding of findings) lines.push(...findingLines(finding, paint));
  return `${lines.join("\n")}\n`;
}

function partLines(part: PartStatus, paint: Palette): string[] {
  if (part.explores) return exploredLines(part, paint);
  const { program, programs, done, ranges, checked, schedules, seconds, digest, failures } = part;
  const what = program === null ? "program" : "round";
  const share = programs === 0 ? 100 : Math.floor((100 * done) / programs);
  const rate = seconds > 0 ? `, ${grouped(Math.round(done / seconds))} ${what}s/s a worker` : "";
  const mark = done === programs ? paint.green("done") : `${String(share).padStart(3)}%`;
  const where = program === null ? "the next program" : "the next round";
  return [
    `${grouped(done)} of ${plural(programs, what)}, ${plural(schedules, "schedule")}${rate}`,
    `${plural(ranges, "range")}, ${checked} done twice, digest ${digest}`,
    `${plural(part.kinds, "kind")} in ${plural(failures, "failing case")}; a new kind in ${where}: p ${bound(part)}`,
  ].flatMap((text, i) =>
    i === 0 ? beside(`${mark} `, 5, `${partName(part)}: ${text}`) : beside("     ", 5, text),
  );
}

/** All runs of a scenario: looked at, or still to be. */
function exploredLines(part: PartStatus, paint: Palette): string[] {
  const { explored, digest, kinds } = part;
  if (explored === null) return [`  0% ${partName(part)}: all runs are to be looked at`];
  const { states, isComplete } = explored;
  const said = isComplete
    ? `all ${plural(states, "state")} looked at`
    : `more than ${plural(states, "state")}`;
  const mark = isComplete ? paint.green("done") : paint.yellow("part");
  return [
    ...beside(`${mark} `, 5, `${partName(part)}: ${said}, ${plural(kinds, "kind")}`),
    `     digest ${digest}`,
  ];
}

/**
 * How likely the next program shows a kind that none has shown: Good and Turing's estimate is the share of kinds that
 * were seen once; with none, the rule of three bounds it (95 %).
 */
function bound({ singletons, done }: PartStatus): string {
  if (done === 0) return "unknown";
  return singletons === 0 ? `< ${probability(3 / done)} (95 %)` : `about ${probability(singletons / done)}`;
}

function workerLine({ host, pid, version, ranges, programs }: WorkerStatus): string {
  return `  ${host} ${pid}, ${version}: ${plural(ranges, "range")}, ${plural(programs, "program")}`;
}

function findingLines(
  { kernel, program, kind, cases, firstCase, known, problem }: CampaignFinding,
  paint: Palette,
): string[] {
  const head = `${grouped(cases).padStart(7)} ${grouped(firstCase).padStart(12)}  ${kernel.padEnd(8)} `;
  const why = known === null ? "" : ` (known: ${known})`;
  const broken = problem === null ? "" : ` (not shrunk: ${problem})`;
  const of = program === null ? "" : `, ${program}`;
  return beside(
    head,
    head.length,
    `${kind}${of}${why}${broken}`,
    "  ",
    known === null ? undefined : paint.dim,
  );
}

/** The findings, one after the other, with what shows them again. */
export function campaignFindingsText(findings: readonly CampaignFinding[], paint: Palette = PLAIN): string {
  const lines = findings.flatMap((found) => {
    const { kind, cases, firstCase, firstSeen, lastSeen, token, curedBy, problem, known } = found;
    return [
      ...beside(`${paint.red("x")} `, 2, `${partName(found)}: ${kind}`, "  ", paint.bold),
      `  ${plural(cases, "case")}, the first is ${grouped(firstCase)}; ${firstSeen} to ${lastSeen}`,
      ...(known === null ? [] : beside("  known: ", 9, known)),
      ...(curedBy === null ? [] : beside("  cured by ", 11, curedBy.join(", ") || "no toggle")),
      ...(token === null ? [] : [`  ${token}`]),
      ...(problem === null ? [] : beside("  not shrunk: ", 4, problem)),
    ];
  });
  return lines.length === 0 ? "no finding\n" : `${lines.join("\n")}\n`;
}

export function campaignJson(status: CampaignStatus): object {
  const findings = status.findings.map(findingJson);
  return { schema: "stalemap/campaign/1", ...status, findings };
}

export function campaignFindingsJson(findings: readonly CampaignFinding[]): object {
  return { schema: "stalemap/campaign-findings/1", model: MODEL, findings: findings.map(findingJson) };
}

function findingJson({ id: _, ...finding }: CampaignFinding): object {
  return finding;
}

/** One finding on another kernel. */
export function recheckText(
  { kernel, program, kind, firstCase, on, outcome, now }: Rechecked,
  paint: Palette = PLAIN,
): string {
  const mark =
    outcome === "fixed" ? paint.green("ok") : outcome === "undecided" ? paint.yellow("? ") : paint.red("x ");
  const more = now.length === 0 || outcome === "fixed" ? "" : `: ${now.join("; ")}`;
  const of = `${partName({ kernel, program })}, case ${grouped(firstCase)}, ${kind}`;
  return `${beside(`${mark} `, 3, `${variantName(on)}: ${outcome}${more} (${of})`, "  ").join("\n")}\n`;
}

export function recheckJson(all: readonly Rechecked[]): object {
  return {
    schema: "stalemap/campaign-recheck/1",
    results: all.map(({ on, ...one }) => ({ ...one, on: variantName(on) })),
  };
}
