/**
 * `accept -- forced KERNEL...`, a kernel as --qemu takes it: every witness that fails on the model of one of them, forced on
 * each of them 20 times, and the table of it, docs/forced.md. What a kernel does has to be what its model does.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { oraclesIn } from "../../kernel/oracle-table.js";
import { type KernelVariant, variantName } from "../../kernel/versions/variant.js";
import { type Candidate, searchRun } from "../../real/force/choose-run.js";
import { type ForcedOutcome, forceRuns, type ToForce } from "../../real/force/force-run.js";
import { playOnGuest } from "../../real/force/play-guest.js";
import { withCleanup } from "../../real/machine/cleanup.js";
import { workplaceIn } from "../../real/machine/image.js";
import { resolveKernel, versionOf } from "../../real/machine/kernel-package.js";
import { kernelLabel, neededModelFor } from "../../real/machine/running-kernel.js";
import { keptLine } from "../../real/walk/kept-run.js";
import { parseScenario } from "../../scenario/language/parse.js";
import type { Scenario } from "../../scenario/types.js";
import { probesOn } from "./forced-probes.js";

const REPEAT = 20;
/** What goes wrong in a boot costs no more than these. */
const PER_BOOT = 8;
const FOLDER = "scenarios/witnesses";

interface Guest {
  readonly spec: string;
  readonly label: string;
  readonly model: KernelVariant;
}

/** A cell of the table, and what there is to say about it. */
interface Cell {
  readonly text: string;
  readonly note?: string | undefined;
  readonly isGood: boolean;
}

/** A witness on a kernel; without an outcome it was not forced. */
interface Made {
  readonly cell: Cell;
  readonly outcome?: ForcedOutcome;
}

export async function forcedWitnesses(specs: readonly string[], file = "docs/forced.md"): Promise<boolean> {
  const guests: Guest[] = [];
  for (const spec of specs) guests.push(await guestOf(spec));
  const scenarios = readdirSync(FOLDER).sort().map(scenarioIn);
  const rows = new Map<string, Cell[]>();
  for (const guest of guests)
    for (const [name, { cell }] of await onGuest(guest, scenarios, guests, REPEAT)) {
      rows.set(name, [...(rows.get(name) ?? []), cell]);
      console.log(`${guest.label} ${name}: ${cell.text}${cell.note === undefined ? "" : `; ${cell.note}`}`);
    }
  writeFileSync(file, page(guests, rows));
  return [...rows.values()].flat().every(({ isGood }) => isGood);
}

/**
 * `accept -- keep-witnesses FOLDER KERNEL OTHER...`: what fails on one of them, and what forced-probes.ts has, once on the first,
 * kept beside what walks keep.
 */
export async function keepWitnesses(folder: string, specs: readonly string[]): Promise<boolean> {
  mkdirSync(folder, { recursive: true });
  const guests: Guest[] = [];
  for (const spec of specs) guests.push(await guestOf(spec));
  const [guest] = guests;
  if (guest === undefined) return false;
  const scenarios = readdirSync(FOLDER).sort().map(scenarioIn);
  const made = await onGuest(guest, scenarios, guests, 1, probesOn(guest.model));
  const lines = [...made.values()].flatMap(({ outcome }, n) => {
    const { played, run, name } = outcome ?? {};
    if (played?.end === undefined || run === undefined || name === undefined) return [];
    const { stands, sent, end } = played;
    const moves = run.moves.map(({ move }) => move);
    const kept = { kernel: guest.label, name, isWalk: false, moves, did: { stands, sent, end } };
    return [`${JSON.stringify({ n, leftOut: [], run: keptLine({ ...kept, scenario: run.scenario }) })}\n`];
  });
  console.log(`${guest.label}: ${lines.length} of ${made.size} runs kept`);
  writeFileSync(join(folder, `${guest.label}.jsonl`), lines.join(""));
  return true;
}

function scenarioIn(name: string): Scenario {
  const read = parseScenario(readFileSync(`${FOLDER}/${name}`, "utf8"), name);
  if ("diagnostics" in read) throw new Error(`${name} is no scenario`);
  return read.scenario;
}

function guestOf(spec: string): Promise<Guest> {
  return withCleanup(async (scope) => {
    const label = kernelLabel(versionOf(await resolveKernel(spec, scope)));
    return { spec, label, model: neededModelFor(label) };
  });
}

/** The kernels whose models fail the witness, this one first. */
function candidatesOf({ expect }: Scenario, own: Guest, guests: readonly Guest[]): Candidate[] {
  return [own, ...guests.filter((one) => one !== own)].flatMap(({ model }) => {
    const said = expect.find(({ kernel }) => kernel === model.base);
    return said === undefined || said.expect === "ok" ? [] : [{ variant: model, kind: said.kind }];
  });
}

async function onGuest(
  guest: Guest,
  scenarios: readonly Scenario[],
  guests: readonly Guest[],
  repeat: number,
  probes: readonly ToForce[] = [],
): Promise<Map<string, Made>> {
  const cells = new Map<string, Made>();
  const asked = [...probes];
  for (const scenario of scenarios) {
    const candidates = candidatesOf(scenario, guest, guests);
    if (candidates.length === 0) continue;
    const base = { scenario, variant: guest.model, choices: [] };
    const chosen = searchRun(base, candidates, guest.model);
    if ("problem" in chosen)
      cells.set(scenario.name, { cell: { text: "not forced", note: chosen.problem, isGood: true } });
    else asked.push({ name: scenario.name, run: chosen.run });
  }
  for (let at = 0; at < asked.length; at += PER_BOOT) {
    const some = asked.slice(at, at + PER_BOOT);
    const boot = await withCleanup(async (scope) => {
      const place = workplaceIn(scope);
      const kernel = await resolveKernel(guest.spec, place);
      return forceRuns(some, repeat, (plans, hooks) => playOnGuest(plans, { kernel, hooks, place }));
    });
    for (const outcome of boot.outcomes)
      cells.set(outcome.name, { cell: cellOf(outcome, boot.trouble), outcome });
  }
  return cells;
}

function cellOf(outcome: ForcedOutcome, trouble: readonly string[]): Cell {
  const { verdicts, agreed, run, parting, problem } = outcome;
  const [first = "not played"] = verdicts;
  const others = oraclesIn(run.found).filter((name) => name !== "content" && name !== "backing");
  const shown = first === "right" && others.length > 0 ? others.join(", ") : first;
  const isGood = agreed === REPEAT;
  const why = [
    ...(parting === undefined
      ? []
      : [`move ${parting.at + 1}, ${parting.what}: model ${parting.model}, kernel ${parting.kernel}`]),
    ...(problem === undefined || parting !== undefined ? [] : [problem]),
    ...(isGood ? [] : trouble),
  ];
  return { text: `${shown} ${agreed}/${REPEAT}`, note: why.length > 0 ? why.join("; ") : undefined, isGood };
}

function page(guests: readonly Guest[], rows: ReadonlyMap<string, readonly Cell[]>): string {
  const notes: string[] = [];
  const table = [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, cells]) => {
      const texts = cells.map(({ text, note }) => {
        if (note === undefined) return text;
        if (!notes.includes(`${name}: ${note}`)) notes.push(`${name}: ${note}`);
        return `${text} [${notes.indexOf(`${name}: ${note}`) + 1}]`;
      });
      return `| ${name} | ${texts.join(" | ")} |`;
    });
  return [
    "# Witnesses forced inside of real kernels",
    "",
    "Written by `npm run accept -- forced KERNEL...`. Each witness that one of these kernels fails by its model, made on each of them",
    `by \`stalemap real --forced\`: every task is held at the entry of kernel functions and moved one at a time, ${REPEAT} runs each.`,
    "A cell says what the kernel did, and in how many runs every step, return value, size, extent and byte was as the model",
    "has it. `lost` is a byte that holds what it may not; `right` none; another word the oracle that the model and the kernel violate.",
    "",
    `| witness | ${guests.map(({ label, model }) => `${label} (model ${variantName(model)})`).join(" | ")} |`,
    `|---|${guests.map(() => "---|").join("")}`,
    ...table,
    "",
    ...notes.map((note, i) => `${i + 1}. ${note}`),
    "",
  ].join("\n");
}
