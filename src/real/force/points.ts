/**
 * Where tasks of a real kernel can be held for each label of the model: at the entry of this function, on kernels of
 * these names. Each was looked up in 5.10, 6.1, 6.12, 7.2 and 7.3: traced, or in lib/, which is not, and then probed at its first
 * instruction; not inlined; entered where a task may sleep; and with no lock held that the model's task does not hold
 * there. A label without a point is merged with the next that has one; why is in `NO_POINT`.
 */
import { cellOfBlock } from "../../kernel/machine/geometry.js";
import type { Kernel } from "../../kernel/machine/kernel.js";
import { Pc } from "../../kernel/machine/labels.js";
import type { FunctionName } from "../../kernel/machine/step.js";
import { CallFlag, IoendFlag, type Thread } from "../../kernel/machine/thread.js";
import { ExtentType } from "../../kernel/objects/extent-types.js";
import { BlockFlag } from "../../kernel/objects/folios.js";
import { OPS } from "../../kernel/ops.js";
import { isBeyondDiskSize } from "../../kernel/paths/io-completion.js";
import { mustWrite } from "../../kernel/paths/truncate.js";
import type { Fixes } from "../../kernel/versions/fixes.js";
import { isAtLeast } from "../../kernel/versions/releases.js";
import type { PointAt } from "./play-model.js";

/** What the module makes of a function's arguments: as its enum kind. */
export const enum HookKind {
  PLAIN = 0,
  PARKS_BIO = 1,
  OF_INODE = 2,
  OF_IOEND = 3,
  TRUNCATES = 4,
  ENDS_MAP = 5,
}

/** Of functions that are not plain. */
const KINDS: Readonly<Record<string, HookKind>> = {
  submit_bio: HookKind.PARKS_BIO,
  xfs_end_ioend: HookKind.OF_IOEND,
  xfs_end_ioend_write: HookKind.OF_IOEND,
  iomap_finish_ioends: HookKind.OF_IOEND,
  xfs_iomap_write_unwritten: HookKind.OF_INODE,
  xfs_setfilesize: HookKind.OF_INODE,
  // Conversions and completions begin transactions, too.
  xfs_trans_alloc: HookKind.TRUNCATES,
  // It gets the next map, too.
  xfs_buffered_write_iomap_next: HookKind.ENDS_MAP,
};

interface Point {
  readonly labels: readonly Pc[];
  readonly fn: FunctionName;
  /** What the fourth argument must be; -1: the third must be there. */
  readonly whence?: number;
  /** When the task comes to the function at these labels; absent: always. */
  readonly when?: (k: Kernel, t: Thread, label: number) => boolean;
}

const SEEK_DATA = 3;
const THIRD_IS_THERE = -1;
const completes = (_k: Kernel, t: Thread): boolean =>
  !t.hasFlag(IoendFlag.ERROR) || t.mapType === ExtentType.UNWRITTEN || t.hasFlag(IoendFlag.APPEND);
/** A write that makes room has the flusher do it, and waits. */
const isOwnPass = (_k: Kernel, t: Thread): boolean => t.wbRet !== Pc.W_FLUSHED;
const punchEnd = (k: Kernel, t: Thread): number => cellOfBlock(k.g, t.punchEnd);
const scanGoesOn = (k: Kernel, t: Thread): boolean =>
  t.scanPos < Math.min(k.fixes.scanLimitEof ? k.isize : k.g.cells, punchEnd(k, t));

function isInPart({ folios }: Kernel, t: Thread): boolean {
  const page = t.lockedPage;
  for (let b = folios.firstBlock(page); b < folios.endBlock(page); b++)
    if (folios.blockHas(b, BlockFlag.UPTODATE)) return true;
  return false;
}

const POINTS: readonly Point[] = [
  {
    labels: [Pc.W_BEGIN, Pc.W_BEGIN_NEXT],
    fn: "xfs_buffered_write_iomap_begin",
    when: (_k, t) => t.status === 0,
  },
  {
    labels: [Pc.Z_BEGIN, Pc.Z_BEGIN_NEXT, Pc.S_MKWRITE_BEGIN, Pc.S_MKWRITE_NEXT],
    fn: "xfs_buffered_write_iomap_begin",
  },
  {
    // What a copy writes lies in a pipe: newer kernels need not look at it first.
    labels: [Pc.W_FAULT_IN],
    fn: ["iov_iter_fault_in_readable", ["5.16", "fault_in_readable"]],
    when: (k, t) => !isAtLeast(k.fixes.linux, "5.16") || !k.opOf(t).does.copies,
  },
  { labels: [Pc.W_LOCK, Pc.Z_LOCK], fn: "iomap_write_begin" },
  {
    labels: [Pc.W_COPY],
    fn: [
      "iov_iter_copy_from_user_atomic",
      ["5.14", "copy_page_from_iter_atomic"],
      ["6.18", "copy_folio_from_iter_atomic"],
    ],
  },
  { labels: [Pc.W_WRITE_END], fn: "iomap_write_end" },
  { labels: [Pc.W_FAILED], fn: "truncate_pagecache_range" },
  {
    labels: [Pc.FA_FLUSHED, Pc.FA_SHIFT_FLUSHED],
    fn: "truncate_pagecache_range",
    when: (_k, t) => t.wbError === 0,
  },
  {
    labels: [Pc.W_ITER_END],
    fn: ["xfs_buffered_write_iomap_end", ["7.3", "xfs_buffered_write_iomap_next"]],
  },
  { labels: [Pc.P_PUNCH], fn: "xfs_bmap_punch_delalloc_range" },
  {
    labels: [Pc.P_PUNCH_REST],
    fn: "xfs_bmap_punch_delalloc_range",
    when: (k, t) => t.keptEnd < punchEnd(k, t),
  },
  {
    labels: [Pc.P_SCAN, Pc.P_SCAN_NEXT],
    fn: ["", ["5.12", "mapping_seek_hole_data"]],
    whence: SEEK_DATA,
    when: scanGoesOn,
  },
  { labels: [Pc.T_FOLIO], fn: "truncate_inode_pages_range" },
  {
    // What is whole goes without a stop; after a folio that was cut and split, what is left is looked up anew.
    labels: [Pc.T_FOLIO_NEXT],
    fn: ["", ["6.6", "find_get_entries"]],
    when: (k, t) => t.truncPage === k.g.cellPage[t.truncFrom],
  },
  { labels: [Pc.T_ISIZE_EXTENDED], fn: "pagecache_isize_extended" },
  {
    labels: [Pc.S_MKWRITE],
    fn: "xfs_filemap_page_mkwrite",
    when: (_k, t) => t.hasFlag(CallFlag.FAULTED),
  },
  {
    // After a fault has made the page writable: the instruction is executed again.
    labels: [Pc.S_STORE],
    fn: "balance_dirty_pages_ratelimited",
    when: (_k, t) => t.pc === Pc.S_STORE,
  },
  { labels: [Pc.S_READ_MAP, Pc.L_READ_MAP], fn: ["iomap_readpage", ["5.19", "iomap_read_folio"]] },
  // A folio that was there, in part, is read by itself.
  { labels: [Pc.R_READ_MAP], fn: "iomap_readahead", when: (k, t) => !isInPart(k, t) },
  {
    labels: [Pc.B_NEXT],
    fn: ["", ["6.10", "writeback_iter"]],
    whence: THIRD_IS_THERE,
    // It comes back with the folio that it has written.
    when: (k, t) => isOwnPass(k, t) && t.wbPage > t.wbFirst,
  },
  {
    labels: [Pc.B_CLEAR_DIRTY],
    fn: ["clear_page_dirty_for_io", ["5.16", "folio_clear_dirty_for_io"]],
    when: isOwnPass,
  },
  {
    labels: [Pc.B_LOOKUP_FIRST, Pc.B_LOOKUP],
    fn: ["xfs_map_blocks", ["6.17", "xfs_writeback_range"]],
    when: isOwnPass,
  },
  {
    labels: [Pc.B_CONVERT, Pc.Z_CONVERT],
    fn: ["xfs_bmapi_convert_delalloc", ["6.1", "xfs_bmapi_convert_one_delalloc"]],
    when: isOwnPass,
  },
  {
    labels: [Pc.B_DISCARD],
    fn: ["xfs_discard_page", ["5.18", "xfs_discard_folio"]],
    when: (k, t) => isOwnPass(k, t) && (k.fixes.discardOnPartialError || t.wbDone === 0),
  },
  {
    labels: [Pc.C_CONVERT],
    fn: ["xfs_end_ioend", ["7.2", "xfs_end_ioend_write"], ["7.3", "xfs_iomap_write_unwritten"]],
  },
  {
    labels: [Pc.C_SETSIZE],
    fn: ["xfs_end_ioend", ["7.2", "xfs_end_ioend_write"], ["7.3", "xfs_setfilesize"]],
    when: (k, t) => !isAtLeast(k.fixes.linux, "7.3") || isBeyondDiskSize(k, t),
  },
  { labels: [Pc.C_FINISH], fn: "iomap_finish_ioends", when: completes },
  { labels: [Pc.TR_FLUSHED], fn: ["iomap_truncate_page", ["5.17", "xfs_truncate_page"]] },
  {
    labels: [Pc.TR_ZEROED],
    fn: "truncate_setsize",
    when: (k, t) => t.status === 0 && (k.fixes.truncateSetsSizeFirst || !mustWrite(k, t)),
  },
  { labels: [Pc.TR_WRITTEN_FIRST], fn: "truncate_setsize", when: (_k, t) => t.wbError === 0 },
  { labels: [Pc.TR_ISIZE_SET], fn: "truncate_pagecache" },
  { labels: [Pc.TR_EXTENTS], fn: "xfs_trans_alloc" },
  {
    // An insertion, which splits an extent, wants blocks.
    labels: [Pc.FA_SHIFT],
    fn: "xfs_trans_alloc",
    when: (k, t) => k.opOf(t).does.moves === "down",
  },
  {
    labels: [Pc.FA_SHIFT_TRIM],
    fn: "xfs_bmap_can_insert_extents",
    when: (k, t) => k.opOf(t).does.moves === "up",
  },
  { labels: [Pc.FA_ALLOC], fn: "xfs_alloc_file_space" },
  { labels: [Pc.CL_OPEN], fn: "vfs_open", when: (k, t) => k.descriptionOf(t) > 0 },
  // A copy has read, and what it got lies in its pipe.
  { labels: [Pc.W_IOLOCK], fn: "iter_file_splice_write", when: (k, t) => k.opOf(t).does.copies },
];

/** Entered when a write has its map, and ILOCK is dropped: what comes first of the two is held there where a run asks for it. */
export const MAP_MADE = "xfs_bmbt_to_iomap";
const AFTER_MAP: Point = {
  labels: [Pc.W_COOKIE, Pc.W_FAULT_IN],
  fn: MAP_MADE,
  when: ({ fixes }, _t, label) => label === Pc.W_COOKIE || fixes.cookieUnderIlock || !fixes.validate,
};
const MAP_POINTS = [AFTER_MAP, ...POINTS.filter(({ labels }) => !labels.includes(Pc.W_FAULT_IN))];

/** What an operation begins with: a task between two operations stands there. */
const BEGINNINGS: readonly Pc[] = [
  ...new Set(Object.values(OPS).map(({ entry }) => entry)),
  ...[Pc.U_RW_FLAGS, Pc.U_FALLOCATE, Pc.LAP],
].filter((label) => !POINTS.some(({ labels }) => labels.includes(label)));

/** Labels at which nobody can be held, and why. */
const NO_POINT: readonly (readonly [labels: readonly Pc[], why: string])[] = [
  [BEGINNINGS, "a task between two operations stands there, held by the player"],
  [[Pc.C_ENDIO], "the file's data is kept back at submit_bio until it is let go to the device"],
  [[Pc.K_RECLAIM], "the module evicts, between two moves of others"],
  [[Pc.W_COOKIE, Pc.Z_COOKIE, Pc.W_VALIDATE_EARLY], "no real kernel has the step"],
  [
    [
      Pc.R_PAGE_NEXT,
      Pc.B_LOCK,
      Pc.P_FOLIO,
      Pc.P_FOLIO_NEXT,
      Pc.T_HEAD,
      Pc.T_TAIL,
      Pc.S_FAULT_LOCK,
      Pc.S_MKWRITE_LOCK,
      Pc.L_FAULT_LOCK,
    ],
    "no function is entered before the folio is locked",
  ],
  [[Pc.P_SEEK_HOLE], "it is told from the search for data by an argument, and goes without a stop"],
  [[Pc.P_BEGIN_NEXT], "it stands in xfs_buffered_write_iomap_end already"],
  [[Pc.L_LOAD], "a load is over when its fault is"],
  [[Pc.CL_TRIM], "nothing is entered before a close tries to get IOLOCK"],
  [[Pc.FA_UNMAP], "xfs_unmap_extent is inlined, and what it calls first is called elsewhere, too"],
];

/** A function that is hooked. */
export interface Hook {
  readonly fn: string;
  readonly kind: HookKind;
  readonly whence: number;
}

export interface Points {
  /** In the order in which the module gets them. */
  readonly hooks: readonly Hook[];
  /** The hook that a task of the model comes to at this label, or -1. */
  hookAt(k: Kernel, t: Thread, label: number): number;
}

/** What forces outcomes: its own entry is enough. */
const FAULTY: readonly Hook[] = [hookOf("xfs_bmapi_reserve_delalloc")];
const SUBMIT = hookOf("submit_bio");

function hookOf(fn: string, whence = 0): Hook {
  return { fn, kind: KINDS[fn] ?? HookKind.PLAIN, whence };
}

/** The points of a kernel. `holdsMaps`: a write that has got a map stands there, not where it faults its source in. */
export function pointsOf(fixes: Fixes, holdsMaps = false): Points {
  const hooks: Hook[] = [SUBMIT, ...FAULTY];
  const byLabel: (readonly { readonly hook: number; readonly when: Point["when"] }[])[] = [];
  for (const { labels, fn: name, whence, when } of holdsMaps ? MAP_POINTS : POINTS) {
    const fn = nameOn(fixes, name);
    if (fn === "") continue;
    let hook = hooks.findIndex((one) => one.fn === fn);
    if (hook < 0) hook = hooks.push(hookOf(fn, whence)) - 1;
    for (const label of labels) byLabel[label] = [...(byLabel[label] ?? []), { hook, when }];
  }
  return {
    hooks,
    hookAt: (k, t, label) =>
      byLabel[label]?.find(({ when }) => when === undefined || when(k, t, label))?.hook ?? -1,
  };
}

/** The same for whoever plays on the model. */
export function pointAtOf({ hooks, hookAt }: Points): PointAt {
  return (k, t, label) => hooks[hookAt(k, t, label)]?.fn;
}

/** The newest name of a function that kernels call differently: what it goes by where the kernel does not matter. */
export function latestName(fn: string): string {
  for (const point of POINTS) {
    if (typeof point.fn === "string") continue;
    const [oldest, ...later] = point.fn;
    const names = [oldest, ...later.map(([, name]) => name)];
    if (names.includes(fn)) return names.at(-1) ?? fn;
  }
  return fn;
}

function nameOn({ linux }: Fixes, fn: FunctionName): string {
  if (typeof fn === "string") return fn;
  const [first, ...later] = fn;
  return later.findLast(([since]) => isAtLeast(linux, since))?.[1] ?? first;
}

/** For people: per label its function on a kernel, or why there is none. */
export function pointTable(
  fixes: Fixes,
): readonly { readonly label: Pc; readonly fn: string; readonly why: string }[] {
  const rows = POINTS.flatMap(({ labels, fn }) =>
    labels.map((label) => ({ label, fn: nameOn(fixes, fn), why: "" })),
  );
  const without = NO_POINT.flatMap(([labels, why]) => labels.map((label) => ({ label, fn: "", why })));
  return [...rows, ...without].sort((a, b) => a.label - b.label);
}
