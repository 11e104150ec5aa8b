/**
 * A finding as a person reads it in a terminal of 80 columns: what was lost, the program, the race, why, what cures
 * it, and how to see it again.
 */
import type { Finding } from "../explore/finding/finding.js";
import { EXTENT_NAMES } from "../kernel/objects/extent-types.js";
import { FIXES, type FixInfo } from "../kernel/versions/fixes.js";
import { fixesOf, variantName } from "../kernel/versions/variant.js";
import { opText } from "../scenario/language/print-ops.js";
import { opNamed } from "../scenario/op-bytes.js";
import type { RunSpec } from "../scenario/token.js";
import { printRange } from "../scenario/yaml/units.js";
import type { Pictures } from "../tasks/pictures.js";
import type { ShrinkResult } from "../tasks/shrink-finding.js";
import { programRows } from "./program-rows.js";
import { drawRace } from "./race.js";
import { commandLine, shellWords } from "./shell-words.js";
import { beside, grouped, type Palette, PLAIN, plural, textColumns, wrap } from "./style.js";

/** A finding with all that is known about it beside the run itself. */
export interface ReportedFinding
  extends Pick<ShrinkResult, "finding" | "run" | "realizable">,
    Partial<Pick<ShrinkResult, "before" | "curedBy">> {
  /** Where it was found: `schedule 1,204`, `case 17`. */
  readonly foundIn?: string | undefined;
  /** Undefined when it would be too long: the file takes its place. */
  readonly token?: string | undefined;
  readonly caseSeed?: string | undefined;
  /** Flags that the case seed needs beside it. */
  readonly caseFlags?: readonly string[];
  readonly file?: string | undefined;
  /** Makes what pictures of it need, when a format draws some. */
  readonly pictures?: (() => Pictures) | undefined;
}

/** The whole finding, ending in a line end. */
export function findingText(reported: ReportedFinding, paint: Palette = PLAIN): string {
  const { finding, run } = reported;
  const lines = [
    ...header(finding, run, paint),
    ...facts(reported, paint),
    "",
    ...program(run, paint),
    "",
    ...drawRace(run.scenario, finding, paint, () => reported.pictures?.().film),
  ];
  const end = footer(reported, paint);
  if (end.length > 0) lines.push("", ...end);
  return `${lines.join("\n")}\n`;
}

function header(finding: Finding, run: RunSpec, paint: Palette): string[] {
  const title = `${run.scenario.name} on ${variantName(run.variant)}: ${headline(finding)}`;
  return beside(`${paint.red("x")} `, 2, title, "  ", paint.bold);
}

/** `2048 bytes lost at 10k..12k`. */
export function headline(finding: Finding): string {
  const [from, to] = finding.range;
  const bytes = plural(to - from, "byte");
  const range = printRange({ from, to });
  switch (finding.oracle) {
    case "content":
      return `${bytes} ${lossWords(finding.kind)} at ${range}`;
    case "exposure":
      return `${bytes} of ${finding.actual} exposed at ${range}`;
    case "backing":
      return `dirty data over a hole at ${range}`;
    case "accounting":
      return to > from ? `delalloc leaked at ${range}` : "delalloc leaked";
    case "results":
      return `${finding.kind === "results: wrong size" ? "wrong size" : "wrong result"}: ${finding.actual} instead of ${finding.expected}`;
    case "progress":
    case "warning":
      return finding.actual;
  }
}

/** Data that was to be there is lost; where none was to be, or other data, something appears. */
function lossWords(kind: string): string {
  const [, expected, found] = /^content: (\S+) -> (older data|\S+?)(?:,.*)?$/.exec(kind) ?? [];
  if (expected === "zero") return "of stale data appear";
  return found === "older data" ? "of older data reappear" : "lost";
}

function facts({ finding, run, before, foundIn }: ReportedFinding, paint: Palette): string[] {
  const { steps, switches, also } = finding;
  const expected = withOp(run, finding.expected);
  const lines = [`expected ${expected}, found ${withOp(run, finding.actual)}`, whenText(finding)];
  lines.push(`kind ${finding.kind}${also.length > 0 ? `; also ${also.join(", ")}` : ""}`);
  const found = foundIn === undefined ? "" : `found in ${foundIn}, `;
  const size =
    before === undefined
      ? `${plural(steps, "step")}, ${plural(switches, "switch", "switches")}`
      : `shrunk ${grouped(before.steps)} -> ${plural(steps, "step")}, ${grouped(before.switches)} -> ${plural(switches, "switch", "switches")}`;
  lines.push(found + size);
  return lines.flatMap((line) => beside("  ", 2, line, "  ", paint.dim));
}

/** `setup.2 (write 10k..12k)`. */
function withOp({ scenario }: RunSpec, name: string): string {
  const op = opNamed(scenario, name);
  return op === undefined ? name : `${name} (${opText(op)})`;
}

function whenText({ lostAt, seenAt, steps }: Finding): string {
  const end = steps + 1;
  if (lostAt >= end) return "wrong only in the check at the end";
  if (lostAt === 0) return steps === 0 ? "lost in setup: no race is needed" : "lost in setup";
  if (lostAt === seenAt) return `lost and visible at step ${lostAt}`;
  const seen = seenAt >= end ? "after the last step" : `at step ${seenAt}`;
  return `lost at step ${lostAt}, first visible to a reader ${seen}`;
}

function program({ scenario }: RunSpec, paint: Palette): string[] {
  const parts = programRows(scenario);
  const width = Math.min(16, Math.max(...parts.map(([name]) => name.length)));
  return parts.flatMap(([name, text]) => beside(`  ${paint.cyan(name.padEnd(width))}  `, width + 4, text));
}

/** Why, as far as a stale map explains it. */
export function why({ map }: Finding): string | undefined {
  if (map === undefined || map.cached === map.actual || map.changedAt <= map.loadedAt) return undefined;
  return (
    `step ${map.usedAt} used a map taken at step ${map.loadedAt} (${EXTENT_NAMES[map.cached]}); ` +
    `step ${map.changedAt} made the extent ${EXTENT_NAMES[map.actual]}`
  );
}

/** What names the run: a token, a file, or its case with the flags that this needs. */
export function runAgain(reported: ReportedFinding): readonly string[] | undefined {
  const { token, file } = reported;
  if (token !== undefined || file !== undefined) return [token ?? file ?? ""];
  return reported.caseSeed === undefined ? undefined : caseWords(reported);
}

function caseWords({ caseSeed, caseFlags = [] }: ReportedFinding): string[] {
  return caseSeed === undefined ? [] : [caseSeed, ...caseFlags];
}

function footer(reported: ReportedFinding, paint: Palette): string[] {
  const { finding, curedBy = [], token, file } = reported;
  const reason = why(finding);
  const again = runAgain(reported);
  const ofCase = caseWords(reported);
  const remedies = reported.curedBy?.length === 0 ? ["nothing that the model knows"] : cures(curedBy);
  const wrapped = (text: string) => wrap(text, textColumns(paint) - 12);
  const entries: readonly (readonly [label: string, lines: readonly string[]])[] = [
    ["why", reason === undefined ? [] : wrapped(reason)],
    ["cured by", remedies.flatMap(wrapped)],
    // A token or a path must be copied in one piece.
    ["again", again === undefined ? [] : [commandLine(["repro", ...again])]],
    ["keep", file === undefined ? [] : [file]],
    ["case", ofCase.length === 0 || (token ?? file) === undefined ? [] : [shellWords(ofCase)]],
  ];
  return entries.flatMap(([label, lines]) =>
    lines.map((line, i) => `  ${paint.cyan((i === 0 ? label : "").padEnd(10))}${line}`),
  );
}

/**
 * `iomap: write iomap validity checks (d7b64041164c, 6.2; toggle validate-after-lock)`, one per patch title;
 * what `cured` does not have cures by its absence: `going without write-large-folios (d6bb59a9444d, 6.6: iomap: ...)`.
 */
export function cures(names: readonly string[]): string[] {
  const cured = fixesOf({ base: "cured", with: [], without: [] });
  const known = FIXES.filter((f) => names.includes(f.name));
  const gained = known.filter((f) => cured.has(f.name));
  const patches = [...new Set(gained.map((f) => f.title))].map((title) => {
    const fixes = gained.filter((f) => f.title === title);
    return `${title} (${sourceOf(fixes)}; toggle ${fixes.map((f) => f.name).join(", ")})`;
  });
  const absent = known.filter((f) => !cured.has(f.name));
  return [...patches, ...absent.map((f) => `going without ${f.name} (${sourceOf([f])}: ${f.title})`)];
}

/** `304a68b9c63b, 6.2`: commits and the release that has them. */
function sourceOf(fixes: readonly FixInfo[]): string {
  return [...new Set([...fixes.flatMap((f) => f.commits), ...fixes.map((f) => f.release)])].join(", ");
}
