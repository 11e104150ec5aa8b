/**
 * A backport as text: the commits to take in their order, what each closes, what has to be done otherwise on this kernel,
 * and where the series is worse than the kernel that it starts from.
 */
import type { Backport } from "../backport/backport.js";
import { type Fault, witnessesOf } from "../backport/faults.js";
import { type Entry, type Listed, listing, missing } from "../backport/listing.js";
import type { Step } from "../backport/steps.js";
import { isSameKernel, variantName } from "../kernel/versions/variant.js";
import { findingText, type ReportedFinding } from "./finding-text.js";
import { beside, type Palette, PLAIN, plural } from "./style.js";

export interface Backported extends Backport {
  /** The first way in which a prefix is worse. */
  readonly reported?: ReportedFinding | undefined;
}

export function backportText(backported: Backported, paint: Palette = PLAIN): string {
  const lines = [...verdictLines(backported, paint)];
  let n = 0;
  for (const listed of listing(backported)) {
    lines.push("");
    for (const entry of listed.entries) {
      lines.push(...entryLines(entry, ++n, paint));
      if (entry === effective(listed)) lines.push(...effectLines(listed, paint));
    }
  }
  lines.push(...endLines(backported, paint));
  const trace = backported.reported === undefined ? "" : `\n${findingText(backported.reported, paint)}`;
  return `${lines.join("\n")}\n${trace}`;
}

/** What came of it, in sentences. */
export function verdicts(backported: Backport): { readonly isGood: boolean; readonly sentences: string[] } {
  const { kernel, start, targets, uncured, steps, open } = backported;
  const name = variantName(kernel);
  const bad = steps.filter(({ worse }) => worse.length > 0);
  const failing = witnessesOf(start).length;
  const held = targets.length - uncured.length;
  const sentences = [
    `${plural(failing, "scenario")} ${failing === 1 ? "fails" : "fail"} on ${name}; ${held} of the ${targets.length} that are to be cured hold at the end.`,
    bad.length > 0
      ? `${bad.length} of ${plural(steps.length, "prefix", "prefixes")} ${bad.length === 1 ? "is" : "are"} worse than ${name}.`
      : `After each of ${plural(steps.length, "step")} all were searched whole: no prefix fails in a way in which ${name} does not.`,
  ];
  if (open.length > 0) sentences.push(`Too large to be searched whole: ${open.join(", ")}.`);
  return { isGood: bad.length === 0 && uncured.length === 0 && open.length === 0, sentences };
}

function verdictLines(backported: Backport, paint: Palette): string[] {
  const { isGood, sentences } = verdicts(backported);
  const mark = isGood ? paint.green("ok") : paint.red("x ");
  const commits = listing(backported).flatMap(({ entries }) => entries).length;
  const title = `${backported.isGiven ? "series for" : "backport to"} ${variantName(backported.kernel)}: ${plural(commits, "commit")} in ${plural(backported.steps.length, "step")}`;
  return [
    ...beside(`${mark} `, 3, title, "  ", paint.bold),
    ...sentences.flatMap((sentence) => beside("   ", 3, sentence)),
  ];
}

function entryLines(
  { name, commits, title, release, isCompanion, why, lacks }: Entry,
  n: number,
  paint: Palette,
): string[] {
  const number = `${String(n).padStart(2)}  `;
  const isUnmerged = release === "proposed";
  const known = commits[0] ?? (isUnmerged ? "not merged" : "id unknown");
  const head = isCompanion ? paint.dim(known.padEnd(12)) : paint.cyan(known.padEnd(12));
  const what = isUnmerged ? `${name.replace("proposed:", "")}: ${title}` : `${title} (${release})`;
  const more = commits.slice(1);
  return [
    ...beside(`${number}${head}  `, 18, what, "  "),
    ...(more.length > 0 ? beside("      ", 6, `and ${more.join(", ")}`, "  ") : []),
    ...(why === undefined ? [] : beside("      ", 6, why, "  ", paint.dim)),
    ...lacks.flatMap((lack) => beside(`      ${paint.yellow("here")}  `, 12, lack)),
  ];
}

function effectLines({ step }: Listed, paint: Palette): string[] {
  const say = (word: string, text: string, colour = paint.green) =>
    text === "" ? [] : beside(`      ${colour(word.padEnd(6))}  `, 14, text);
  return [
    ...say("as one", asOne(step), paint.bold),
    ...say("closes", closedNames(step).join(", ")),
    ...say("opens", step.opened.map(faultText).join(", "), paint.red),
    ...(step.worse.length > 0 && step.opened.length === 0
      ? say("still", "worse than at the start", paint.red)
      : []),
  ];
}

/** The commit with which a step has its effect: the last that the model knows, if it knows one. */
export function effective({ entries }: Listed): Entry | undefined {
  return entries.findLast(({ isCompanion }) => !isCompanion) ?? entries.at(-1);
}

/** The patches of a step that belong together, and why; "" for one alone. */
export function asOne({ unit: { patches, why } }: Step): string {
  return why === undefined ? "" : `${patches.map(({ commit }) => commit).join(" and ")}: ${why}`;
}

/** The races that a step ends; of one that goes on in another way, which way ends. */
export function closedNames({ closed, faults }: Step): string[] {
  const failing = new Set(witnessesOf(faults));
  return [...new Set(closed.map((fault) => (failing.has(fault.witness) ? faultText(fault) : fault.witness)))];
}

export function faultText({ witness, kind }: Fault): string {
  return `${witness} (${kind})`;
}

/** What is to be said behind the steps, by heading. */
export function endings(backported: Backport): [heading: string, items: string[]][] {
  const { kernel, steps, uncured, remaining, broken, spared, isAsked, isMerged } = backported;
  const nobody = isMerged ? "left, as no merged commit cures them" : "left, as no cure is known";
  const left = isAsked ? "also failing at the end, and not asked for" : nobody;
  const there = steps.filter(({ variant }, i) => isSameKernel(variant, steps[i - 1]?.variant ?? kernel));
  const all: [string, string[]][] = [
    [
      `of no effect, as ${variantName(kernel)} has it already`,
      there.map(({ unit }) => unit.patches.map(({ commit, title }) => `${commit} ${title}`).join(" + ")),
    ],
    ["not cured", [...uncured]],
    [`failing at the end, and not on ${variantName(kernel)}`, [...broken]],
    [left, [...remaining]],
    [
      "not in the series, though its patches build on it",
      missing(backported).map(({ commit, title, why }) => `${commit} ${title}: ${why}`),
    ],
    [
      "not needed for these",
      spared.map(({ patches }) => patches.map(({ commit, title }) => `${commit} ${title}`).join(" + ")),
    ],
  ];
  return all.filter(([, items]) => items.length > 0);
}

function endLines(backported: Backport, paint: Palette): string[] {
  return endings(backported).flatMap(([heading, items]) => [
    "",
    paint.bold(`${heading}:`),
    ...items.flatMap((item) => beside("  ", 2, item, "  ")),
  ]);
}
