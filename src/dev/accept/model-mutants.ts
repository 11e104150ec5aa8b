/**
 * Models with one lock or one order of steps changed. Each has to disagree with something that a real kernel did in a
 * forced run; one that does not is a rule of the model that no kernel was seen to keep.
 */
import type { Kernel } from "../../kernel/machine/kernel.js";
import { Pc } from "../../kernel/machine/labels.js";
import type { Thread } from "../../kernel/machine/thread.js";
import { FolioFlag } from "../../kernel/objects/folios.js";
import { Cookie } from "../../kernel/objects/iomap.js";
import {
  HELD_FOLIO,
  HELD_ILOCK_EXCL,
  HELD_ILOCK_SHARED,
  HELD_INVALIDATE_EXCL,
  HELD_INVALIDATE_SHARED,
  HELD_IOLOCK_EXCL,
  HELD_IOLOCK_SHARED,
  type SharedLock,
} from "../../kernel/objects/locks.js";
import { labelAt, RUN, WHEN } from "../../kernel/paths/index.js";
import type { FixName } from "../../kernel/versions/toggles.js";
import type { KernelVariant } from "../../kernel/versions/variant.js";

type Run = (k: Kernel, t: Thread) => void;

/** The steps of all paths by label, to be changed. */
interface Steps {
  readonly run: Run[];
  readonly when: (((k: Kernel, t: Thread) => boolean) | null)[];
}

export interface Mutant {
  readonly name: string;
  /** Toggles that are switched where the kernel has them the other way. */
  readonly without?: FixName;
  readonly with?: FixName;
  readonly steps?: (steps: Steps) => void;
  readonly machine?: (k: Kernel) => void;
  /** Why no forced run can tell it from the model. */
  readonly survives?: string;
}

type LockName = "iolock" | "invalidate" | "ilock";

const MODES: { readonly [L in LockName]: readonly [exclusive: number, shared: number] } = {
  iolock: [HELD_IOLOCK_EXCL, HELD_IOLOCK_SHARED],
  invalidate: [HELD_INVALIDATE_EXCL, HELD_INVALIDATE_SHARED],
  ilock: [HELD_ILOCK_EXCL, HELD_ILOCK_SHARED],
};

/** While true the guarded lock is neither waited for nor taken. */
let isDropped = false;

function dropping<T>(isSo: boolean, act: () => T): T {
  isDropped = isSo;
  try {
    return act();
  } finally {
    isDropped = false;
  }
}

/** A lock that lets go only of what was taken. */
function guard(k: Kernel, name: LockName): void {
  const lock = k[name] as { -readonly [M in keyof SharedLock]: SharedLock[M] };
  const [exclusive, shared] = MODES[name];
  const real = {
    isFree: lock.isFree.bind(lock),
    isFreeShared: lock.isFreeShared.bind(lock),
    acquire: lock.acquire.bind(lock),
    acquireShared: lock.acquireShared.bind(lock),
    release: lock.release.bind(lock),
    releaseShared: lock.releaseShared.bind(lock),
  };
  lock.isFree = () => isDropped || real.isFree();
  lock.isFreeShared = () => isDropped || real.isFreeShared();
  lock.acquire = (t) => (isDropped ? undefined : real.acquire(t));
  lock.acquireShared = (t) => (isDropped ? undefined : real.acquireShared(t));
  lock.release = (t) => ((t.held & exclusive) === 0 ? undefined : real.release(t));
  lock.releaseShared = (t) => ((t.held & shared) === 0 ? undefined : real.releaseShared(t));
}

/** Where these steps do what is done at the label `at`, they neither wait for the lock nor take it; absent: always. */
function drops(lock: LockName, labels: readonly Pc[], at?: Pc): Pick<Mutant, "steps" | "machine"> {
  const isAt = (k: Kernel, t: Thread, label: Pc) => at === undefined || labelAt(k, t, label) === at;
  return {
    machine: (k) => guard(k, lock),
    steps: ({ run, when }) => {
      for (const label of labels) {
        const [original, enabled] = [run[label] as Run, when[label] ?? (() => true)];
        run[label] = (k, t) => dropping(isAt(k, t, label), () => original(k, t));
        when[label] = (k, t) => dropping(isAt(k, t, label), () => enabled(k, t));
      }
    },
  };
}

/** These steps do not wait for what they wait for. */
const waitsNot = (...labels: readonly Pc[]): Pick<Mutant, "steps"> => ({
  steps: ({ when }) => {
    for (const label of labels) when[label] = null;
  },
});

/** Nor do they take a folio's lock that another has. */
const ignoresFolioLock = (...labels: readonly Pc[]): Pick<Mutant, "steps" | "machine"> => ({
  ...waitsNot(...labels),
  machine: ({ folios }) => {
    const [lock, unlock] = [folios.lock.bind(folios), folios.unlock.bind(folios)];
    const isFree = (page: number) => !folios.isLocked(page);
    folios.lock = (page, t) => (isFree(page) ? lock(page, t) : undefined);
    folios.unlock = (page, t) => ((t.held & HELD_FOLIO) === 0 ? undefined : unlock(page, t));
  },
});

const wrap = (label: Pc, act: (k: Kernel, t: Thread, run: Run) => void): Pick<Mutant, "steps"> => ({
  steps: ({ run }) => {
    const original = run[label] as Run;
    run[label] = (k, t) => act(k, t, original);
  },
});
const before = (label: Pc, act: Run) =>
  wrap(label, (k, t, run) => {
    act(k, t);
    run(k, t);
  });
const after = (label: Pc, act: Run) =>
  wrap(label, (k, t, run) => {
    run(k, t);
    act(k, t);
  });

const both = (...parts: readonly Pick<Mutant, "steps">[]): Pick<Mutant, "steps"> => ({
  steps: (steps) => {
    for (const part of parts) part.steps?.(steps);
  },
});

/** What a store or a load does next is found out when it does it. */
const STORES = [Pc.S_FAULT, Pc.S_MKWRITE, Pc.S_STORE];
const LOADS = [Pc.L_FAULT, Pc.L_LOAD];

/** Of a thread, the i_size that it has not set yet. */
const grown = new Map<number, number>();

export const MUTANTS: readonly Mutant[] = [
  // Locks: write-path, 1.7.
  { name: "write() without IOLOCK", ...drops("iolock", [Pc.W_IOLOCK]) },
  { name: "truncate without IOLOCK", ...drops("iolock", [Pc.TR_LOCK]) },
  { name: "fallocate and punch without IOLOCK", ...drops("iolock", [Pc.FA_LOCK]) },
  { name: "read() without IOLOCK", ...drops("iolock", [Pc.R_IOLOCK]) },
  { name: "truncate without invalidate_lock", ...drops("invalidate", [Pc.TR_INVALIDATE_LOCK]) },
  { name: "fallocate and punch without invalidate_lock", ...drops("invalidate", [Pc.FA_INVALIDATE_LOCK]) },
  { name: "cleanup of a failed write without invalidate_lock", without: "punch-under-invalidate-lock" },
  { name: "page_mkwrite without invalidate_lock", ...drops("invalidate", STORES, Pc.S_MKWRITE) },
  { name: "faults of stores fill without invalidate_lock", ...drops("invalidate", STORES, Pc.S_FAULT) },
  { name: "faults of loads fill without invalidate_lock", ...drops("invalidate", LOADS, Pc.L_FAULT) },
  {
    name: "read() fills without invalidate_lock",
    ...drops("invalidate", [Pc.R_PAGE, Pc.R_PAGE_NEXT]),
    survives: "who takes invalidate_lock exclusive has IOLOCK exclusive, which read() shares",
  },
  {
    name: "no folio lock",
    machine: ({ folios }) => {
      Object.assign(folios, { isLocked: () => false, lock: () => {}, unlock: () => {} });
    },
  },
  { name: "write() without the folio lock", ...ignoresFolioLock(Pc.W_LOCK) },
  { name: "writeback without the folio lock", ...ignoresFolioLock(Pc.B_LOCK) },
  {
    name: "truncate_inode_pages without folio locks",
    ...ignoresFolioLock(Pc.T_FOLIO, Pc.T_FOLIO_NEXT, Pc.T_HEAD, Pc.T_TAIL),
  },
  {
    name: "no ILOCK",
    machine: (k) => {
      Object.assign(k.ilock, { acquire: () => {}, release: () => {} });
    },
    survives: "the model makes what is done under ILOCK in one step",
  },
  // What is waited for.
  { name: "writeback for integrity does not wait for the writeback before", ...waitsNot(Pc.B_WAIT) },
  {
    name: "truncate_inode_pages does not wait for writeback",
    ...waitsNot(Pc.T_WAIT, Pc.T_HEAD_WAIT, Pc.T_TAIL_WAIT),
  },
  {
    name: "nobody waits for the writeback that he started",
    ...both(
      waitsNot(Pc.B_WAIT_RANGE),
      before(Pc.B_WAIT_RANGE, (_k, t) => {
        t.wbPage = t.wbLast;
      }),
    ),
  },
  // Orders.
  { name: "writeback ends before extents are converted", without: "complete-before-end-writeback" },
  { name: "conversion leaves if_seq alone", without: "seq-bump-on-convert" },
  { name: "maps are not validated", without: "validate" },
  { name: "maps are validated before the folio lock", without: "validate-after-lock" },
  {
    name: "the cookie is sampled as soon as ILOCK was dropped",
    without: "cookie-under-ilock",
  },
  {
    name: "the cookie is sampled when the source is faulted in",
    ...before(Pc.W_FAULT_IN, (_k, t) => {
      t.cookie = Cookie.CURRENT;
    }),
  },
  { name: "a map that is stale at once ends the write", without: "remap-on-zero-progress" },
  { name: "what a stale map reserved is left", without: "punch-on-stale" },
  { name: "a failed write punches dirty pages, too", without: "punch-skips-dirty" },
  { name: "the scan for dirty pages goes past EOF", without: "scan-limit-eof" },
  {
    name: "a failed write punches before it truncates the page cache",
    ...both(
      ...[Pc.P_BEGIN, Pc.P_BEGIN_NEXT].map((label) =>
        before(label, (k, t) => void k.extents.punchDelalloc(t.punchFrom, t.punchEnd)),
      ),
    ),
  },
  {
    name: "punch hole unmaps before it drops the page cache",
    ...before(Pc.FA_FLUSHED, (k, t) => {
      if (t.wbError === 0) k.extents.unmap(k.blockRoundUp(t.pos), k.blockOfCell(t.end));
    }),
  },
  {
    name: "truncate frees extents before it drops the page cache",
    ...before(Pc.TR_ISIZE_SET, (k, t) => {
      if (t.end <= t.oldSize) k.extents.unmap(k.blockRoundUp(t.end), k.g.blocks);
    }),
  },
  {
    name: "truncate sets i_size after it has dropped the page cache",
    ...both(
      before(Pc.TR_ISIZE_SET, (k, t) => {
        k.isize = t.oldSize;
      }),
      before(Pc.TR_TRUNCATED, (k, t) => {
        k.isize = t.end;
      }),
    ),
  },
  {
    name: "i_size grows before the data is copied",
    ...before(Pc.W_COPY, (k, t) => {
      k.isize = Math.max(k.isize, t.chunkEnd);
    }),
  },
  {
    name: "writeback leaves pages writable",
    ...wrap(Pc.B_CLEAR_DIRTY, (k, t, run) => {
      const page = t.wbPage;
      const flags = k.folios.flags(page) & FolioFlag.PTE_WRITABLE;
      run(k, t);
      if (flags !== 0) k.folios.set(page, flags);
    }),
  },
  {
    name: "writeback cleans a page after it has mapped it",
    ...both(
      after(Pc.B_CLEAR_DIRTY, (k, t) => {
        if (t.pc === Pc.B_LOOKUP_FIRST) k.folios.set(t.wbPage, FolioFlag.DIRTY);
      }),
      before(Pc.B_FOLIO_END, (k, t) => k.folios.clear(t.wbPage, FolioFlag.DIRTY)),
    ),
  },
  {
    name: "i_size grows after the folio was unlocked",
    ...both(
      wrap(Pc.W_WRITE_END, (k, t, run) => {
        const old = k.isize;
        run(k, t);
        grown.set(t.index, k.isize);
        k.isize = old;
      }),
      ...[Pc.W_FAULT_IN, Pc.W_FAILED, Pc.W_ITER_END].map((label) =>
        before(label, (k, t) => {
          k.isize = Math.max(k.isize, grown.get(t.index) ?? 0);
          grown.delete(t.index);
        }),
      ),
    ),
  },
  {
    name: "reclaim takes dirty pages",
    machine: ({ folios }) => {
      const busy = FolioFlag.PRESENT | FolioFlag.WRITEBACK | FolioFlag.TAIL;
      const isIdle = (page: number) => (folios.flags(page) & busy) === FolioFlag.PRESENT;
      Object.assign(folios, { isEvictable: (page: number) => isIdle(page) && !folios.isLocked(page) });
    },
  },
];

/** The kernel with the toggles of a mutant; undefined where that is the kernel itself. */
export function mutated(base: KernelVariant, { with: on, without: off }: Mutant): KernelVariant {
  return {
    ...base,
    with: on === undefined ? base.with : [...base.with, on],
    without: off === undefined ? base.without : [...base.without, off],
  };
}

/** Does something while the steps are a mutant's. */
export function withSteps<T>({ steps }: Mutant, act: () => T): T {
  if (steps === undefined) return act();
  const tables = { run: RUN, when: WHEN } as unknown as Steps;
  const originals = { run: [...RUN], when: [...WHEN] };
  steps(tables);
  try {
    return act();
  } finally {
    tables.run.splice(0, tables.run.length, ...originals.run);
    tables.when.splice(0, tables.when.length, ...originals.when);
  }
}
