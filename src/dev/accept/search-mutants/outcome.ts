/**
 * What a whole search says of a program, in a form in which searches with and without reductions have to agree: violated
 * oracles, distinct findings, final states, and the length of a shortest failing run.
 */
import type { Engine } from "../../../explore/run/engine.js";
import type { Subject } from "../../../explore/run/subject.js";
import { Canonical } from "../../../explore/search/canonical.js";
import { search } from "../../../explore/search/frontier-search.js";
import { type ExploreOptions, exploreScenario } from "../../../explore/search/prove.js";
import type { SearchOptions, SearchResult } from "../../../explore/search/search.js";
import { CHOICES } from "../../../kernel/machine/choices.js";
import { Global } from "../../../kernel/machine/layout.js";
import { FolioFlag } from "../../../kernel/objects/folios.js";

/** What a run left behind, without what is on disk where it will be overwritten; not budgets, not reclaim. */
function finalState(engine: Engine, canonical: Canonical): string {
  const { k } = engine;
  const saved = k.s.slice();
  const { g, folios, layout } = k;
  const owed = FolioFlag.DIRTY | FolioFlag.UPTODATE;
  for (let i = 0; i < CHOICES; i++) k.s[Global.BUDGET + i] = 0;
  k.s[Global.FAULT_CAP] = 0;
  engine.thread(engine.reclaim).pc = 0;
  g.cellPage.forEach((page, c) => {
    if (folios.has(page, owed)) k.s[layout.disk + c] = 0;
  });
  const key = canonical.key();
  k.s.set(saved);
  return key;
}

export interface Outcome {
  readonly result: SearchResult;
  readonly found: number;
  readonly findings: readonly string[];
  readonly finals: readonly string[];
}

/** Of all violations there are, unless `options` says otherwise. */
export function outcomeOf(engine: Engine, { preemptions: _, ...options }: SearchOptions): Outcome {
  const canonical = new Canonical(engine.k, true);
  const finals = new Set<string>();
  const onEnd = (e: Engine): void => void finals.add(finalState(e, canonical));
  const result = search(engine, { goal: "all", onEnd, ...options });
  const findings = new Set(
    result.violations.map((v) => [v.oracle, v.from, v.to, v.expected, v.actual, v.kind].join()),
  );
  return { result, found: result.found, findings: [...findings].sort(), finals: [...finals].sort() };
}

/** The same, and the verdict on the scenario with its bound, order and shortest run, as text; undefined when there are too many states. */
export function outcomeText(subject: Subject, options: ExploreOptions): string | undefined {
  const { result, found, findings, finals } = outcomeOf(subject.engine, options);
  if (result.cut !== undefined && result.cut !== "lock-order") return undefined;
  const { steps } = search(subject.engine, { reduced: options.reduced !== false, goal: "shortest" });
  const { verdict, undecided, deepening } = exploreScenario(subject, options);
  return JSON.stringify([found, findings, finals, steps, verdict, undecided, deepening.length]);
}
