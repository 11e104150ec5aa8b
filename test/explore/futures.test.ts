/** What threads are said to be able to touch from now on covers what they declare later; persistent sets rest on it. */

import { describe, expect, it } from "vitest";
import { makeRng } from "../../src/explore/strategies/rng.js";
import { Futures, ioendsAreScarce } from "../../src/kernel/machine/futures.js";
import type { Kernel } from "../../src/kernel/machine/kernel.js";
import { LABEL_NAMES } from "../../src/kernel/machine/labels.js";
import * as T from "../../src/kernel/machine/touches.js";
import { BlockFlag } from "../../src/kernel/objects/folios.js";
import { TOUCHES } from "../../src/kernel/paths/index.js";
import { randomSubject } from "./subjects.js";

const STEPS = 100_000;

/** What every future of a thread has allowed so far, since it began. */
interface Allowed {
  reads: number;
  writes: number;
}

const ANYTHING: Allowed = { reads: -1, writes: -1 };

function busyIoends(k: Kernel): number {
  return k.layout.kworkers - T.freeIoends(k);
}

function blocksUnderWriteback(k: Kernel): number {
  let n = 0;
  for (let b = 0; b < k.g.blocks; b++) if (k.folios.blockHas(b, BlockFlag.WRITEBACK)) n++;
  return n;
}

describe("futures", () => {
  it("cover every later step, of the thread and of the ioends that it submits", () => {
    let steps = 0;
    let bounded = 0;
    const complaints = new Set<string>();
    const set = new T.TouchSet();
    for (let seed = 0; steps < STEPS; seed++) {
      const { engine } = randomSubject(`futures${seed}`);
      const rng = makeRng(`runs${seed}`);
      const { k } = engine;
      const futures = new Futures(k);
      const isScarce = ioendsAreScarce(k);
      const first = k.layout.programThreads;
      for (let round = 0; round < 4; round++) {
        engine.reset();
        k.chooser = { choose: (_sort, options) => rng.below(options) };
        const allowed = Array.from({ length: engine.schedulable }, () => ({ ...ANYTHING }));
        for (;;) {
          const enabled: number[] = [];
          for (let i = 0; i <= engine.reclaim; i++) if (engine.isEnabled(i)) enabled.push(i);
          if (enabled.every((i) => i === engine.reclaim)) break;
          futures.look();
          for (let i = 0; i <= engine.reclaim; i++) {
            // What an ioend can do while it is being built is its builder's business.
            if (i >= first && i < engine.reclaim && k.threads[i]!.owner !== 0) continue;
            set.clear();
            futures.of(i, set);
            allowed[i]!.reads &= set.reads | set.writes;
            allowed[i]!.writes &= set.writes;
          }
          const thread = enabled[rng.below(enabled.length)]!;
          const t = k.threads[thread]!;
          const { pc } = t;
          set.clear();
          if (thread === engine.reclaim) set.write(T.EVICTIONS | T.pagesBits(T.folioBit, 0, k.g.pages));
          else TOUCHES[pc]!(k, t, set);
          if (k.fixes.writeLargeFolios) set.spread();
          const { reads, writes } = allowed[thread]!;
          if ((writes & T.EVERYTHING) !== T.EVERYTHING) bounded++;
          const extra = ((set.writes & ~writes) | (set.reads & ~reads)) & (isScarce ? -1 : ~T.IOENDS);
          if (extra !== 0) complaints.add(`${LABEL_NAMES[pc]} touches ${extra.toString(2)} more`);
          const wasIdle = k.threads.map((w, i) => i >= first && i < engine.reclaim && w.pc === 0);
          engine.step(thread);
          steps++;
          wasIdle.forEach((was, i) => {
            if (was && k.threads[i]!.pc !== 0) allowed[i] = { ...allowed[thread]! };
          });
          if (!isScarce && busyIoends(k) > blocksUnderWriteback(k))
            complaints.add(`${LABEL_NAMES[pc]} leaves an ioend without a block of its own`);
        }
      }
    }
    expect([...complaints].slice(0, 20)).toEqual([]);
    expect(bounded).toBeGreaterThan(STEPS / 10);
  });
});
