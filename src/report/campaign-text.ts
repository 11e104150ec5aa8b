/** A campaign as text: how far it is, who works on it, and the kinds that it has found. */
import type { CampaignFinding } from "../campaign/kept-kinds.js";
import type { CampaignStatus, WorkerStatus } from "../campaign/status.js";
import { partLines } from "./campaign-part-text.js";
import { beside, grouped, type Palette, PLAIN, plural } from "./style.js";

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
