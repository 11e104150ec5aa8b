/**
 * Explanations of the witnesses, held to a slow search of the machine that knows nothing of how they were found: every
 * run that keeps the order fails, and with any constraint left out some run is right. STALEMAP_EXPLAIN=1 takes all of them.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { VOCABULARY } from "../../src/cli/input/files.js";
import { type Explanation, explainRun } from "../../src/explain/explain-run.js";
import { RunTrack } from "../../src/explain/run-track.js";
import { judgedMask } from "../../src/explore/finding/finding.js";
import { Order } from "../../src/explore/pin/order.js";
import { ReplayChoices } from "../../src/explore/run/replay.js";
import { type Subject, subjectOf } from "../../src/explore/run/subject.js";
import { exploreScenario } from "../../src/explore/search/prove.js";
import { Transitions } from "../../src/explore/search/transitions.js";
import { parseScenario } from "../../src/scenario/language/parse.js";
import { printScenario } from "../../src/scenario/language/print.js";
import type { OrderConstraint, Scenario } from "../../src/scenario/types.js";
import { kernelsOf } from "../../src/verdict/expectation.js";

const FOLDER = "scenarios/witnesses";
const FEW = [
  "unwritten-tail",
  "eof-punch-signal",
  "new-delalloc-store",
  "punch-zeroes-neighbour",
  "zero-progress",
];
const ALL = readdirSync(FOLDER).map((file) => file.replace(/\.yaml$/, ""));
const NAMES = process.env.STALEMAP_EXPLAIN === undefined ? FEW : ALL;

function parsed(text: string): Scenario {
  const read = parseScenario(text, "a.yaml", VOCABULARY);
  if ("diagnostics" in read) throw new Error(read.diagnostics[0]!.message);
  return read.scenario;
}

/** The explanation of a witness on the first kernel that it says goes wrong; undefined when there is none. */
function explained(name: string): Explanation | undefined {
  const { schedule: _, ...scenario } = parsed(readFileSync(`${FOLDER}/${name}.yaml`, "utf8"));
  const bad = [...scenario.expect, ...scenario.variants].findIndex(({ expect }) => expect !== "ok");
  const variant = kernelsOf(scenario)[bad];
  if (variant === undefined) return undefined;
  const { finding } = exploreScenario(subjectOf({ scenario, variant }));
  const result = explainRun({ scenario, variant, choices: finding!.choices });
  if ("problem" in result) throw new Error(result.problem);
  return result;
}

/** Whether some run of the program keeps the order, chooses as `answers` say and ends right. */
function canBeRight({ run, finding }: Explanation, order: readonly OrderConstraint[]): boolean {
  const scenario = parsed(printScenario({ ...run.scenario, ...(order.length > 0 ? { order } : {}) }));
  const subject = subjectOf({ ...run, scenario });
  const { engine } = subject;
  const track = new RunTrack(engine, scenario, []);
  const answers = answersOf(subject, track, finding.choices);
  const past = new Order(engine, scenario);
  const mask = judgedMask(subject);
  const transitions = new (class extends Transitions {
    override choose(kind: number, options: number): number {
      const value = super.choose(kind, options);
      track.answered(kind, value);
      return value;
    }
  })(engine);
  const seen = new Set<string>();
  engine.reset();
  past.begin();
  track.begin();
  const search = (): boolean => {
    const state = engine.k.s.slice();
    const beside = track.beside.slice();
    const history = past.history.slice();
    const back = (): void => {
      engine.k.s.set(state);
      track.beside.set(beside);
      past.history.set(history);
    };
    const key = `${state.subarray(0, engine.k.layout.compared).join()}|${beside.join()}|${history.join()}`;
    if (seen.has(key)) return false;
    seen.add(key);
    const list = new Int16Array(transitions.most);
    const n = transitions.enabled(list, 0);
    if (n === 0) {
      engine.k.lockOrder.reset();
      engine.verdict.found = 0;
      engine.finish();
      return (engine.verdict.found & mask) === 0 && answers === track.answers.join();
    }
    for (const transition of list.subarray(0, n)) {
      let forced: number[] = [];
      for (;;) {
        back();
        engine.verdict.found = 0;
        const thread = Math.min(transition, engine.reclaim);
        // Both listen to the step: one after the other.
        transitions.picks.set(forced);
        transitions.forced = forced.length;
        past.watch(thread);
        transitions.run(transition);
        const isKept = past.settle() === undefined;
        const history = past.history.slice();
        const picks = [...transitions.picks.subarray(0, transitions.asked)];
        const more = transitions.next() ? [...transitions.picks.subarray(0, transitions.forced)] : undefined;
        back();
        engine.verdict.found = 0;
        transitions.picks.set(picks);
        transitions.forced = picks.length;
        track.watch(thread);
        transitions.run(transition);
        track.settle();
        past.history.set(history);
        if (isKept && (engine.verdict.found & mask) === 0 && search()) return true;
        if (more === undefined) break;
        forced = more;
      }
    }
    return false;
  };
  return search();
}

/** What the failing run chose, in the words of the track. */
function answersOf({ engine }: Subject, track: RunTrack, choices: readonly number[]): string {
  const replay = new ReplayChoices(choices);
  engine.run({
    name: "answers",
    begin: () => {
      replay.begin();
      track.begin();
    },
    next: (view, last) => {
      if (last >= 0) track.settle();
      const thread = replay.next(view, last);
      if (thread >= 0) track.watch(thread);
      return thread;
    },
    choose: (kind, options) => {
      const value = replay.choose(kind, options);
      track.answered(kind, value);
      return value;
    },
  });
  return track.answers.join();
}

describe("an explanation", () => {
  it.each(NAMES)("of %s gives an order that is sufficient and minimal", (name) => {
    const explanation = explained(name);
    if (explanation === undefined) return;
    const { order, prospects, noReturn, finding } = explanation;
    expect(order).toBeDefined();
    expect(order!.length).toBeLessThanOrEqual(5);
    expect(canBeRight(explanation, order!)).toBe(false);
    for (const i of order!.keys())
      expect(canBeRight(explanation, order!.toSpliced(i, 1)), `without ${i}`).toBe(true);
    expect(prospects).toHaveLength(finding.steps + 1);
    expect(prospects.at(-1)).toMatchObject({ failing: 1 });
    if (noReturn !== undefined)
      expect(prospects.map(({ canBeRight }) => canBeRight)).toEqual(
        prospects.map(({ step }) => step < noReturn),
      );
  });

  it("of unwritten-tail says where it is lost, which locks would do, and what may vary", () => {
    const { noReturn, locks, variations, order } = explained("unwritten-tail")!;
    expect(order).toHaveLength(3);
    expect(noReturn).toBe(10);
    expect(locks.map(({ lock, verdict }) => [lock, verdict])).toEqual([
      ["IOLOCK", "held already"],
      ["invalidate_lock", "does not close"],
      ["folio locks", "closes"],
      ["ILOCK", "closes"],
    ]);
    expect(variations.blocks).toEqual([4096]);
    expect(variations.ops.map(({ name, isNeeded }) => [name, isNeeded])).toContainEqual(["evicter.1", true]);
  });

  it("is refused for a run that shows nothing", () => {
    const { schedule: _, ...scenario } = parsed(readFileSync(`${FOLDER}/unwritten-tail.yaml`, "utf8"));
    const variant = { base: "cured", with: [], without: [] };
    expect(explainRun({ scenario, variant, choices: [] })).toEqual({
      problem: "this run shows no violation",
    });
  });
});
