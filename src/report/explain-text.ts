/**
 * An explanation as a person reads it: the steps with the point of no return, the order that makes every run fail, the
 * locks that would prevent it, what may vary, and the order as a scenario.
 */
import type { ClosingLock } from "../explain/closing-locks.js";
import type { Explanation } from "../explain/explain-run.js";
import type { OpVariation } from "../explain/variations.js";
import { variantName } from "../kernel/versions/variant.js";
import { opText } from "../scenario/language/print-ops.js";
import { printOrder } from "../scenario/language/schedule.js";
import { opNamed } from "../scenario/op-bytes.js";
import { printQuantity } from "../scenario/yaml/units.js";
import { headline, type ReportedFinding } from "./finding-text.js";
import { findingRows } from "./rows.js";
import { beside, COLUMNS, grouped, type Palette, PLAIN, plural, wrap } from "./style.js";

export interface Explained extends Explanation {
  readonly reported: ReportedFinding;
  /** The scenario of the order, as a file; undefined where there is no such order. */
  readonly orderFile: string | undefined;
  /** Where it was written. */
  readonly output: string | undefined;
}

export function explainText(explained: Explained, paint: Palette = PLAIN): string {
  const { run, finding, states } = explained;
  const title = `${run.scenario.name} on ${variantName(run.variant)}: ${headline(finding)}`;
  const lines = [
    ...beside(`${paint.red("x")} `, 2, title, "  ", paint.bold),
    ...wrap(`kind ${finding.kind}`, COLUMNS - 2, "  ").map((text) => `  ${text}`),
    paint.dim(`  by a look at all ${plural(states, "situation")} of its runs`),
    "",
    ...stepsText(explained, paint),
    "",
    ...orderText(explained, paint),
    ...locksText(explained, paint),
    ...variationsText(explained, paint),
  ];
  const file =
    explained.output === undefined && explained.orderFile !== undefined
      ? ["", paint.bold("As a scenario"), explained.orderFile.trimEnd()]
      : [];
  return `${[...lines, ...file].join("\n")}\n`;
}

function stepsText({ run, finding, prospects, noReturn, bound }: Explained, paint: Palette): string[] {
  const rows = finding.trace.steps.length > 0 ? findingRows(run.scenario, finding) : [];
  const threads = Math.max(5, ...rows.map(({ thread }) => thread.length));
  const lines = [paint.bold("Share of the runs that fail from each step on, each next step drawn alike")];
  for (const { step, failing, canBeRight } of prospects) {
    const row = rows[step - 1];
    const what = row === undefined ? "start" : `${row.thread.padEnd(threads)}  ${row.calls[0]?.fn ?? ""}`;
    const mark = step === noReturn ? "x" : bound.includes(step) ? "*" : " ";
    const share = canBeRight ? shareText(failing) : "all";
    const text = `${mark} ${String(step).padStart(3)}  ${share.padStart(6)}  ${what}`.slice(0, COLUMNS);
    lines.push(step === noReturn ? paint.red(text) : canBeRight ? text : paint.dim(text));
  }
  lines.push(
    ...wrap(
      noReturn === undefined
        ? "Whether it fails is open until the end."
        : noReturn === 0
          ? "Every run fails."
          : `x: the point of no return, after which no run is right.${bound.length > 0 ? " *: the order below speaks of it." : ""}`,
      COLUMNS,
    ).map(paint.dim),
  );
  return lines;
}

/** `0.4 %`, `<0.1 %`. */
export function shareText(share: number): string {
  if (share === 0) return "none";
  return share < 0.001 ? "<0.1 %" : `${(100 * share).toFixed(1)} %`;
}

/** What an order of steps says of the race, before the order itself. */
export function orderWords({ order, given }: Explained): string {
  const besides =
    given.length === 0 ? "" : `, when the environment chooses as in this run (${given.join(", ")})`;
  if (order === undefined)
    return `No order of its steps makes every run fail${besides}: which steps there are matters, too.`;
  if (order.length === 0) return `None is needed: every run fails${besides}.`;
  const left = order.length === 1 ? "without it" : "with any one of them left out";
  return `Every run that keeps ${order.length === 1 ? "this" : `these ${order.length}`} fails${besides}; ${left} some run is right.`;
}

function orderText(explained: Explained, paint: Palette): string[] {
  return [
    paint.bold("The race as an order"),
    ...wrap(orderWords(explained), COLUMNS),
    ...(explained.order ?? []).flatMap((one) =>
      wrap(printOrder(one), COLUMNS - 2, "    ").map((line) => `  ${line}`),
    ),
  ];
}

/** Over which steps locks were tried; undefined where there is no such window. */
export function locksWords({ run, finding, window, locks }: Explained): string | undefined {
  if (window === undefined || locks.length === 0) return undefined;
  const thread = run.scenario.threads[window.thread]?.name ?? "the thread";
  const first = findingRows(run.scenario, finding)[window.from - 1]?.calls[0]?.fn ?? "";
  return `Had ${thread} held it from step ${window.from} (${first}) to step ${window.to}:`;
}

function locksText(explained: Explained, paint: Palette): string[] {
  const heading = locksWords(explained);
  if (heading === undefined) return [];
  const lines = explained.locks.map((one) => `  ${lockText(one)}`);
  return ["", paint.bold("Locks"), ...wrap(heading, COLUMNS), ...lines];
}

export function lockText({ lock, verdict, deadlocks }: ClosingLock): string {
  const answer = {
    closes: "would close the window",
    "does not close": "would not",
    "held already": "is held there as it is",
    unknown: "not known: too many states",
  };
  return `${lock.padEnd(15)}  ${answer[verdict]}${deadlocks ? "; some run would stand still" : ""}`;
}

/** Where what may vary of an operation begins, unless its text is longer, and the room that it takes at least. */
const VARIATION = 40;
const LEAST_ROOM = 30;

function variationsText({ run, variations }: Explained, paint: Palette): string[] {
  const { ops, blocks } = variations;
  const rows = ops.flatMap((one) => {
    const op = opNamed(run.scenario, one.name);
    const lead = `  ${one.name.padEnd(12)} ${(op === undefined ? "" : opText(op)).padEnd(24)} `;
    if (lead.length + LEAST_ROOM <= COLUMNS) return beside(lead, lead.length, variationText(one));
    const named = wrap(lead.trim(), COLUMNS - 2, " ".repeat(13)).map((line) => `  ${line}`);
    return [...named, ...beside(" ".repeat(VARIATION), VARIATION, variationText(one))];
  });
  const sizes = blocks.map(printQuantity).join(", ");
  return ["", paint.bold("What may vary"), ...rows, `${"  block size".padEnd(VARIATION)}${sizes}`];
}

export function variationText({ isNeeded, from, to }: OpVariation): string {
  if (!isNeeded) return "not needed";
  const ends = [endText("begins", from), endText("ends", to)].filter((text) => text !== undefined);
  return ends.length === 0 ? "needed as it is" : ends.join("; ");
}

function endText(word: string, range: readonly [number, number] | undefined): string | undefined {
  if (range === undefined || range[0] === range[1]) return undefined;
  return `${word} at ${range.map(printQuantity).join(" up to ")}`;
}

/** What a name stands for. */
export interface NameExplained {
  readonly name: string;
  /** `kind`, `oracle`, `window`, ... */
  readonly what: string;
  readonly about: readonly string[];
  /** Where in the kernel, and where in the model. */
  readonly where: readonly string[];
  /** Scenarios that show it. */
  readonly scenarios: readonly string[];
}

export function nameText(all: readonly NameExplained[], paint: Palette = PLAIN): string {
  return all
    .map(({ name, what, about, where, scenarios }) => {
      const part = (head: string, texts: readonly string[]) =>
        texts.flatMap((text, i) => beside(`  ${(i === 0 ? head : "").padEnd(10)}`, 12, text));
      const shown =
        scenarios.length === 0
          ? ["none of the witnesses"]
          : [`${grouped(scenarios.length)}: ${scenarios.join(", ")}`];
      return [
        `${paint.bold(name)}  ${paint.dim(what)}`,
        ...part("is", about),
        ...part("where", where),
        ...part("shown by", shown),
      ].join("\n");
    })
    .join("\n\n")
    .concat("\n");
}
