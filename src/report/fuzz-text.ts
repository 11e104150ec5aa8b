/**
 * What a fuzz run came to, in a few lines below its findings.
 */
import { type KernelVariant, variantName } from "../kernel/versions/variant.js";
import type { ReportedFinding } from "./finding-text.js";
import { beside, grouped, type Palette, PLAIN, plural, probability } from "./style.js";

/** A finding and how many cases showed its kind. */
export interface CountedFinding extends ReportedFinding {
  readonly count: number;
}

/** A kind that was known before this run, and how many cases showed it again. */
export interface KnownKind {
  readonly kind: string;
  readonly file: string;
  readonly count: number;
}

export interface FuzzSummary {
  readonly seed: string;
  readonly variant: KernelVariant;
  readonly programs: number;
  readonly schedules: number;
  readonly steps: number;
  readonly seconds: number;
  readonly findings: readonly CountedFinding[];
  readonly known: readonly KnownKind[];
}

/** The summary; with several findings, a table of their kinds first. */
export function fuzzText(summary: FuzzSummary, paint: Palette = PLAIN): string {
  const { findings, known, programs, schedules, steps, seconds, seed, variant } = summary;
  const lines: string[] = [];
  if (findings.length > 1 || known.length > 0) {
    lines.push(paint.bold("  cases  kind"));
    const row = (count: number, text: string) =>
      lines.push(...beside(`${grouped(count).padStart(7)}  `, 9, text));
    const kinds = findings.map(({ finding }) => finding.kind);
    for (const { finding, count, curedBy = [] } of findings) {
      const isShared = kinds.indexOf(finding.kind) !== kinds.lastIndexOf(finding.kind);
      row(count, isShared ? `${finding.kind}; cured by ${curedBy.join(", ") || "nothing"}` : finding.kind);
    }
    for (const { kind, count, file } of known) row(count, `${kind} (known: ${file})`);
    lines.push("");
  }
  const rate = seconds >= 0.5 ? `, ${perSecond(steps / seconds)}` : "";
  const work = `${plural(programs, "program")}, ${plural(schedules, "schedule")}, ${plural(steps, "step")} in ${seconds.toFixed(1)} s${rate}`;
  const title = `${variantName(variant)}, seed ${seed}`;
  const again = known.length === 0 ? "" : `, ${grouped(known.length)} known before`;
  if (findings.length + known.length > 0)
    lines.push(`${title}: ${plural(kindsOf(findings), "kind")}${causesOf(findings)}${again}`, `   ${work}`);
  else if (programs === 0) lines.push(`${title}: no case completed`, `   ${work}`);
  else {
    lines.push(`${paint.green("ok")} ${title}: no violation`);
    lines.push(`   ${work}`, `   ${missBound(programs, "program")}`);
  }
  return `${lines.join("\n")}\n`;
}

function kindsOf(findings: readonly CountedFinding[]): number {
  return new Set(findings.map(({ finding }) => finding.kind)).size;
}

/** How many causes they have, where cures tell more than the kinds do. */
function causesOf(findings: readonly CountedFinding[]): string {
  return findings.length === kindsOf(findings) ? "" : ` of ${plural(findings.length, "cause")}`;
}

function perSecond(rate: number): string {
  return rate >= 1e6 ? `${(rate / 1e6).toFixed(1)} M steps/s` : `${grouped(Math.round(rate))} steps/s`;
}

/** The rule of three: with nothing seen in n trials, p < 3/n at 95 % confidence. */
export function missBound(trials: number, what: string): string {
  return `if a random ${what} fails with probability p, then p < ${probability(3 / trials)} (95 %)`;
}
