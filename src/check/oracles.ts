/**
 * The oracles as the one Judge that the paths report to: keeps the ghost file and passes each event on to the oracle
 * that it concerns.
 */

import type { Judge } from "../kernel/machine/events.js";
import type { Kernel } from "../kernel/machine/kernel.js";
import { Global } from "../kernel/machine/layout.js";
import type { Thread } from "../kernel/machine/thread.js";
import { BlockFlag } from "../kernel/objects/folios.js";
import { Value } from "../kernel/objects/values.js";
import { Oracle } from "../kernel/oracle-table.js";
import { judgeHole } from "./backing.js";
import { judgeCell, judgePastEof } from "./content.js";
import {
  Also,
  allowAlso,
  allowAnything,
  alsoOf,
  excuse,
  expected,
  expectOnly,
  expectsExactly,
  isUndefined,
  leaveStale,
  owe,
  paid,
  undefinedFrom,
  undefinedTo,
} from "./ghost.js";
import { judgeLivelock } from "./progress.js";
import { judgeReturn, judgeSize } from "./results.js";
import { Verdict } from "./violations.js";
import { judgeWarning } from "./warning.js";

export class Oracles implements Judge<Kernel> {
  readonly verdict = new Verdict();

  changing(k: Kernel, from: number, to: number): void {
    k.s[Global.UNDEFINED_FROM] = from;
    k.s[Global.UNDEFINED_TO] = to;
  }

  changed(k: Kernel): void {
    if (k.s[Global.UNDEFINED_TO] === 0) return;
    for (let c = Math.max(undefinedFrom(k), k.isize); c < undefinedTo(k); c++) {
      const also = alsoOf(k, c);
      if (also === Also.LOST) leaveStale(k, c);
      if (also !== Also.ANY) continue;
      // What a store put past EOF meanwhile may stay in the page until it is written back.
      expectOnly(k, c, 0);
      const value = k.folios.cell(c);
      if (value >= Value.FIRST_DATA) allowAlso(k, c, value);
    }
    k.s[Global.UNDEFINED_FROM] = 0;
    k.s[Global.UNDEFINED_TO] = 0;
  }

  grew(k: Kernel, from: number): void {
    // What could stand past EOF has to be gone, but for a store that came while the file grew.
    for (let c = from; c < k.isize; c++) if (alsoOf(k, c) >= Also.STALE) expectOnly(k, c, 0);
  }

  copied(k: Kernel, from: number, to: number, value: number): void {
    for (let c = from; c < to; c++)
      if (k.folios.blockHas(k.blockOfCell(c), BlockFlag.UPTODATE)) allowAlso(k, c, value);
  }

  accepted(k: Kernel, from: number, to: number, value: number): void {
    for (let c = from; c < to; c++) {
      // A store that came between copy and acceptance stands: it is the later one.
      if (k.folios.cell(c) === value) expectOnly(k, c, value);
    }
  }

  stored(k: Kernel, from: number, to: number, value: number): void {
    for (let c = from; c < to; c++) {
      if (c < k.isize) expectOnly(k, c, value);
      if (isUndefined(k, c)) allowAnything(k, c);
      else if (c >= k.isize && alsoOf(k, c) !== Also.STALE) {
        expectOnly(k, c, 0);
        allowAlso(k, c, value);
      }
    }
  }

  zeroed(k: Kernel, from: number, to: number): void {
    for (let c = from; c < to; c++) {
      // The cache may be zeroed past the new EOF without being written: then the disk stays as the fault left it.
      const isStale = c >= k.isize && alsoOf(k, c) === Also.LOST;
      expectOnly(k, c, 0);
      if (isStale) leaveStale(k, c);
    }
    // Nobody misses zeroes: whole blocks of them may lie over holes.
    const end = to < k.isize ? k.blockOfCell(to) : k.blockRoundUp(to);
    for (let b = k.blockRoundUp(from); b < end; b++) k.folios.clearBlock(b, BlockFlag.DIRTIED);
  }

  shifted(k: Kernel, from: number, to: number): void {
    const { ghost, also } = k.layout;
    const { cells } = k.g;
    for (const at of [ghost, also]) {
      k.s.copyWithin(at + to, at + from, at + cells - Math.max(0, to - from));
      if (to > from) k.s.fill(0, at + from, at + to);
      else k.s.fill(0, at + cells - (from - to), at + cells);
    }
    // What a store put behind the old EOF while insert had moved that and not yet the blocks comes to lie behind EOF again.
    for (let c = k.isize; c < cells; c++) {
      if (expectsExactly(k, c, 0)) continue;
      expectOnly(k, c, 0);
      leaveStale(k, c);
    }
  }

  opened(k: Kernel, t: Thread, isTold: boolean): void {
    if (isTold) paid(k, t);
  }

  seen(k: Kernel, t: Thread, from: number, to: number): void {
    const end = Math.min(to, k.isize);
    for (let c = from; c < end; c++) judgeCell(k, this.verdict, c, k.folios.cell(c), t.index);
    for (let c = Math.max(from, end); c < to; c++)
      judgePastEof(k, this.verdict, c, k.folios.cell(c), t.index);
  }

  foundHole(k: Kernel, t: Thread, block: number): void {
    judgeHole(k, this.verdict, block, t.index);
  }

  wentRound(k: Kernel, t: Thread): void {
    judgeLivelock(this.verdict, k.folios.firstCell(t.wbPage), t.index);
  }

  warned(k: Kernel, t: Thread, cell: number): void {
    judgeWarning(k, this.verdict, cell, t.index);
  }

  submitted(k: Kernel, t: Thread, from: number, to: number): void {
    for (let c = from; c < to; c++) {
      if (k.folios.cell(c) === Value.UNINITIALISED) {
        this.verdict.record(Oracle.EXPOSURE, c, c + 1, expected(k, c), Value.UNINITIALISED, t.index);
      }
    }
  }

  writebackFailed(k: Kernel, from: number, to: number): void {
    for (let c = from; c < to; c++) excuse(k, c);
    owe(k);
  }

  gaveUp(k: Kernel, from: number, to: number): void {
    for (let c = from; c < to; c++) excuse(k, c);
  }

  leftBehind(k: Kernel, from: number): void {
    for (let c = from; c < k.g.cells; c++) leaveStale(k, c);
  }

  wrote(k: Kernel, t: Thread, done: number): void {
    judgeSize(k, this.verdict, t, done);
  }

  returned(k: Kernel, t: Thread, done: number, status: number): void {
    judgeReturn(k, this.verdict, t, done, status);
    if (status !== 0 && k.opOf(t).does.durable) paid(k, t);
  }
}
