/**
 * Logs as fsx leaves them, of runs of hundreds of operations on the model of a kernel that lacks one toggle, with files
 * of up to 500,000 bytes and bytes behind EOF stored to: each is read again and shrunk, to 6 operations at most within 30 s.
 */
import { examine, oracleMask } from "../../explore/finding/finding.js";
import { choicesOf } from "../../explore/run/choice-lists.js";
import { ReplayChoices } from "../../explore/run/replay.js";
import { makeSubject } from "../../explore/run/subject.js";
import { RandomWalk } from "../../explore/strategies/random.js";
import { makeRng, type Rng } from "../../explore/strategies/rng.js";
import { FIXES } from "../../kernel/versions/fixes.js";
import { type KernelVariant, variantName } from "../../kernel/versions/variant.js";
import { allOps } from "../../scenario/op-bytes.js";
import { parseFsxLog } from "../../scenario/reports/fsx.js";
import { type Call, type CallName, call } from "../../scenario/reports/fsx-log.js";
import { sizeAfter } from "../../scenario/reports/fsx-sizes.js";
import { inBackground } from "../../scenario/reports/in-background.js";
import type { Scenario } from "../../scenario/types.js";
import { doJob } from "../../tasks/index.js";
import { shrinkFinding } from "../../tasks/shrink-finding.js";
import { DEFAULT_SCHEDULES, judge } from "../../verdict/judge-scenario.js";

const LOGS = 20;
const MOST_OPS = 6;
const MOST_SECONDS = 30;
const LONGEST_FILE = 500_000;
const LONGEST_CALL = 64 * 1024;
const CALLS = 400;
const SEEDS = 40;
/** Random runs beside writeback and reclaim, where the log shows nothing by itself. */
const WALKS = 2;
/** Shapes of file systems. */
const SHAPES = [
  { page: 4096, block: 4096 },
  { page: 4096, block: 1024 },
  { page: 65536, block: 4096 },
] as const;
const OPTIONS = `-e 1 -l ${LONGEST_FILE}`;

const NAMES: readonly CallName[] = [
  "read",
  "write",
  "mapread",
  "mapwrite",
  "truncate",
  "fallocate",
  "punch_hole",
  "zero_range",
];

/** Calls as fsx draws them, with sizes that follow. */
function drawn(rng: Rng): Call[] {
  const calls: Call[] = [];
  let size = 0;
  for (let number = 1; number <= CALLS; number++) {
    const name = NAMES[rng.below(NAMES.length)] ?? "read";
    const bound = name === "read" || name === "mapread" || name === "punch_hole" ? size : LONGEST_FILE;
    const offset = bound === 0 ? 0 : rng.below(bound);
    const length = Math.min(rng.below(LONGEST_CALL + 1), bound - offset);
    const keepSize = (name === "fallocate" || name === "zero_range") && rng.chance(0.5);
    const made =
      name === "truncate"
        ? call(name, 0, rng.below(LONGEST_FILE), { number, size })
        : call(name, offset, length, { number, size, keepSize, isSkipped: length === 0 });
    calls.push(made);
    size = sizeAfter(size, made);
  }
  return calls;
}

const hex = (n: number): string => `0x${n.toString(16)}`;

/** A call as the dump of a failed run shows it. */
function lineOf({ name, offset, length, size = 0, keepSize, number = 0, isSkipped }: Call): string {
  const head = `${number}(${String(number % 256).padStart(3)} mod 256): `;
  if (isSkipped) return `${head}SKIPPED (no operation)\n`;
  if (name === "truncate")
    return `${head}TRUNCATE ${length < size ? "DOWN" : "UP"}\tfrom ${hex(size)} to ${hex(length)}\n`;
  const end = offset + length;
  const word = { fallocate: "FALLOC", punch_hole: "PUNCH", zero_range: "ZERO" }[name as string];
  const place = end <= size ? "INTERIOR" : keepSize === true ? "PAST_EOF" : "EXTENDING";
  const sign = offset > size ? " HOLE" : end > size ? " EXTEND" : "";
  const behind = name === "fallocate" ? ` ${place}` : name === "write" ? sign : "";
  const last = name === "fallocate" ? end : end - 1;
  const shown = (word ?? name.toUpperCase()).padEnd(8);
  return `${head}${shown} ${hex(offset)} thru ${hex(last)}\t(${hex(length)} bytes)${behind}\n`;
}

function dumpOf(calls: readonly Call[], bad = ""): string {
  return `# fsx ${OPTIONS} junk\n${bad}LOG DUMP (${calls.length} total operations):\n${calls.map(lineOf).join("")}`;
}

function read(text: string, shape: (typeof SHAPES)[number]): Scenario {
  const result = parseFsxLog(text, "junk.log", shape);
  if ("diagnostics" in result) throw new Error(result.diagnostics[0]?.message);
  return result.scenario;
}

/** The bytes that the program loses on the kernel with threads in their default order; undefined when it loses none. */
function lost(scenario: Scenario, variant: KernelVariant): readonly [number, number] | undefined {
  const subject = makeSubject(scenario, variant);
  subject.engine.run(new ReplayChoices([]));
  const mask = oracleMask(["content"]);
  if ((subject.engine.verdict.found & mask) === 0) return undefined;
  return examine(subject, choicesOf(subject.engine), mask)?.range;
}

/** Whether it loses bytes in one of a few random runs beside writeback and reclaim. */
function losesBeside(scenario: Scenario, variant: KernelVariant): boolean {
  const { engine } = makeSubject(inBackground(scenario), variant);
  for (let n = 0; n < WALKS; n++) {
    engine.run(new RandomWalk(makeRng(`walk ${n}`), 0.9));
    if ((engine.verdict.found & oracleMask(["content"])) !== 0) return true;
  }
  return false;
}

/** The first failing run of the log, as the command shrink looks for it. */
function failure(scenario: Scenario, variant: KernelVariant) {
  for (const one of [scenario, inBackground(scenario)]) {
    const subject = { scenario: one, variant };
    const work = judge({ subject, seed: "logs", schedules: DEFAULT_SCHEDULES, oracles: ["content"] });
    let next = work.next();
    while (next.done !== true) next = work.next(doJob(next.value));
    const { failure: found } = next.value;
    if (found !== undefined) return { scenario: one, variant, choices: found.choices };
  }
  return undefined;
}

/** The log of a run that fails, cut behind the first call that does; undefined when none does. */
function failingLog(calls: readonly Call[], variant: KernelVariant, shape: (typeof SHAPES)[number]) {
  const fails = (n: number) => lost(read(dumpOf(calls.slice(0, n)), shape), variant);
  if (fails(calls.length) === undefined) {
    const text = dumpOf(calls);
    return losesBeside(read(text, shape), variant) ? { text, calls: calls.length } : undefined;
  }
  let least = 1;
  for (let most = calls.length; least < most; ) {
    const middle = (least + most) >> 1;
    if (fails(middle) === undefined) least = middle + 1;
    else most = middle;
  }
  const [from, to] = fails(least) ?? [0, 1];
  const bad = `READ BAD DATA: offset = ${hex(from)}, size = ${hex(to - from)}, fname = junk\nOFFSET      GOOD    BAD     RANGE\n${hex(from)}      0x0000  0x0101  0x0\n`;
  return { text: dumpOf(calls.slice(0, least), bad), calls: least };
}

/** Kernels that lack one toggle of `cured`, or have one too many. */
function* variants(): Generator<KernelVariant> {
  for (const { name, kind } of FIXES) {
    if (kind === "behaviour") continue;
    const how = kind === "defect" ? "with" : "without";
    yield { base: "cured", with: [], without: [], [how]: [name] };
  }
}

export function fsxLogs(): boolean {
  let made = 0;
  let met = 0;
  for (let seed = 1; seed <= SEEDS && made < LOGS; seed++) {
    for (const variant of variants()) {
      const shape = SHAPES[seed % SHAPES.length] ?? SHAPES[0];
      const log = failingLog(drawn(makeRng(`fsx ${seed} ${variantName(variant)}`)), variant, shape);
      if (log === undefined || made === LOGS) continue;
      made++;
      const started = performance.now();
      const scenario = read(log.text, shape);
      const run = failure(scenario, variant);
      const mask = oracleMask(["content"]);
      if (run === undefined) {
        console.log(
          `x  ${variantName(variant)}: not found again in ${((performance.now() - started) / 1000).toFixed(1)} s`,
        );
        continue;
      }
      const small = shrinkFinding({ kind: "shrink", run, mask });
      const seconds = (performance.now() - started) / 1000;
      const ops = allOps(small.run.scenario).length;
      const isMet = ops <= MOST_OPS && seconds < MOST_SECONDS;
      if (isMet) met++;
      const what = `${variantName(variant)}, ${shape.page / 1024}k pages, ${shape.block / 1024}k blocks`;
      console.log(
        `${isMet ? "ok" : "x "} ${what}: ${log.calls} calls, ${allOps(scenario).length} -> ${ops} operations, ${seconds.toFixed(1)} s, ${small.finding.kind}`,
      );
    }
  }
  console.log(
    `${met} of ${made} logs to at most ${MOST_OPS} operations within ${MOST_SECONDS} s (${LOGS} asked for)`,
  );
  return met === LOGS;
}
