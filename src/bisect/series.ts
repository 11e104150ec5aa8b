/**
 * The patches that the model knows, in upstream order, each with the toggles that it turns on or off, and the part of
 * them that leads from one kernel to another. The unit of bisection is the commit. What kernels have done for ever
 * comes first, proposed cures last.
 */
import { fixesOf, type KernelVariant } from "../explore/run/subject.js";
import { FIXES, type FixName } from "../kernel/versions/fixes.js";
import { findRelease } from "../kernel/versions/releases.js";

export interface Patch {
  /** Abbreviated upstream commit, or `proposed:NAME` or `always:NAME` where there is none. */
  readonly commit: string;
  readonly title: string;
  readonly on: readonly FixName[];
  readonly off: readonly FixName[];
  /** The patch is taken back: the way leads from a newer kernel to an older one. */
  readonly isRevert: boolean;
}

const OLDEST: readonly Patch[] = [
  patch("90a8020278c1", "vfs: fix data corruption when blocksize < pagesize for mmaped data", [
    "isize-extend-write-protects",
  ]),
  patch("350976ae2187", "xfs: truncate pagecache before writeback in xfs_setattr_size()", [
    "truncate-sets-size-first",
  ]),
  patch("745b3f76d1c8", "xfs: maintain a sequence count for inode fork manipulations", [
    "seq-bump-on-convert",
  ]),
];

/** Upstream, oldest first; `off` after `on`. */
const UPSTREAM: readonly Patch[] = [
  patch("869ae85dae64", "xfs: flush new eof page on truncate to avoid post-eof corruption", [
    "truncdown-flush-eof",
  ]),
  patch("a6294593e8a1", "iov_iter: Turn iov_iter_fault_in_readable into fault_in_iov_iter_readable", [
    "fault-in-partial",
  ]),
  patch("d58562ca6c99", "iomap: skip pages past eof in iomap_do_writepage()", ["wb-past-eof-skip"]),
  patch("118e021b4b66", "xfs: write page faults in iomap are not buffered writes", ["mkwrite-no-end"]),
  patch("198dd8aedee6", "xfs: punching delalloc extents on write failure is racy", [
    "punch-under-invalidate-lock",
  ]),
  patch("f43dc4dc3eff", "iomap: buffered write failure should not truncate the page cache", [
    "punch-skips-dirty",
    "scan-limit-eof",
  ]),
  patch("7348b322332d", "xfs: xfs_bmap_punch_delalloc_range() should take a byte range", [], ["discard-end"]),
  patch(
    "d7b64041164c",
    "iomap: write iomap validity checks",
    ["validate-after-lock", "remap-on-zero-progress", "punch-on-stale"],
    ["propagate-new"],
  ),
  patch("304a68b9c63b", "xfs: use iomap_valid method to detect stale cached iomaps", [
    "validate",
    "cookie-under-ilock",
  ]),
  patch("8ac5b996bf51", "xfs: fix off-by-one-block in xfs_discard_folio()", ["discard-end"]),
  patch("feeb9b269523", "filemap: skip write and wait if end offset precedes start", [
    "flush-empty-range-noop",
  ]),
  patch("d6bb59a9444d", "iomap: Create large folios in the buffered write path", ["write-large-folios"]),
  patch("4ce02c679722", "iomap: Add per-block dirty state tracking to improve performance", [
    "dirty-per-block",
  ]),
  patch("21255afdd729", "xfs: do not allocate the entire delalloc extent in xfs_bmapi_write", [
    "bmapi-write-trims-delalloc",
  ]),
  patch("5ce5674187c3", "xfs: convert delayed extents to unwritten when zeroing post eof blocks", [
    "zero-convert-post-eof",
  ]),
  patch("89c6c1d91ab2", "iomap: drop the write failure handles when unsharing and zeroing", [
    "stale-no-write-failed",
  ]),
  patch("943bc0882ceb", "iomap: don't increase i_size if it's not a write operation", [
    "zeroing-keeps-isize",
  ]),
  patch("c5c810b94cfd", "iomap: fix handling of dirty folios over unwritten extents", [
    "eof-zero-cure",
    "truncdown-zero-flushes",
  ]),
  patch("acfbac776496", "xfs: take XFS_MMAPLOCK_EXCL xfs_file_write_zero_eof", [
    "eof-zero-takes-invalidate-lock",
  ]),
  patch("fde4c4c3ec1c", "iomap: elide flush from partial eof zero range", ["zero-eof-in-memory"]),
  patch("52aecaee1c26", "mm: zero range of eof folio exposed by inode size extension", [
    "isize-extend-zeroes",
  ]),
  patch("7460b470a131", "mm/truncate: use folio_split() in truncate operation", ["split-nonuniform"]),
];

function patch(commit: string, title: string, on: readonly FixName[], off: readonly FixName[] = []): Patch {
  return { commit, title, on, off, isRevert: false };
}

/** Every patch; toggles that no entry above names are patches of their own. */
export const PATCHES: readonly Patch[] = (() => {
  const named = new Set([...OLDEST, ...UPSTREAM].flatMap((p) => [...p.on, ...p.off]));
  const rest = FIXES.filter((f) => !named.has(f.name));
  const own = (f: (typeof FIXES)[number], prefix: string): Patch =>
    patch(f.commits.at(-1) ?? `${prefix}:${f.name}`, f.title, [f.name]);
  const isOld = (f: (typeof FIXES)[number]): boolean => f.sort === "invariant";
  const isUpstream = (f: (typeof FIXES)[number]): boolean => !isOld(f) && f.commits.length > 0;
  return [
    ...rest.filter(isOld).map((f) => own(f, "always")),
    ...OLDEST,
    ...UPSTREAM,
    ...rest.filter(isUpstream).map((f) => own(f, "upstream")),
    ...rest.filter((f) => !isOld(f) && !isUpstream(f)).map((f) => own(f, "proposed")),
  ];
})();

/** The way from a bad kernel to a good one. */
export interface PatchSeries {
  readonly good: KernelVariant;
  readonly bad: KernelVariant;
  /** Each changes something that the two kernels differ in; `on` and `off` hold only that. */
  readonly patches: readonly Patch[];
}

/** The patches whose toggles differ between the kernels, in upstream order; patches to take back go newest first.
 * Applied to `bad` they give `good`. Where a toggle could change either way (a bug and its later fix), it goes the way
 * that most others have to go. */
export function patchSeries(good: KernelVariant, bad: KernelVariant): PatchSeries {
  const wanted = fixesOf(good);
  const present = fixesOf(bad);
  const on = new Set([...wanted].filter((name) => !present.has(name)));
  const off = new Set([...present].filter((name) => !wanted.has(name)));
  const newestFirst = PATCHES.toReversed();
  const backwards = newestFirst.map((p) => ({
    ...p,
    title: `Revert "${p.title}"`,
    on: p.off,
    off: p.on,
    isRevert: true,
  }));
  const changes = (patches: readonly Patch[]): number =>
    patches.filter((p) => p.on.some((n) => on.has(n)) || p.off.some((n) => off.has(n))).length;
  // The newest patch that does it is the one: it is in force in the kernel that has it.
  const take = (patches: readonly Patch[]): Patch[] =>
    patches
      .map((p) => ({
        ...p,
        on: p.on.filter((name) => on.delete(name)),
        off: p.off.filter((name) => off.delete(name)),
      }))
      .filter((p) => p.on.length + p.off.length > 0);
  if (changes(backwards) > changes(newestFirst)) {
    const reverted = take(backwards);
    return { good, bad, patches: [...take(newestFirst).reverse(), ...reverted] };
  }
  return { good, bad, patches: [...take(newestFirst).reverse(), ...take(backwards)] };
}

/** The kernel with the patches applied, in its own terms: base, with, without. */
export function withPatches(kernel: KernelVariant, patches: readonly Patch[]): KernelVariant {
  return change(
    kernel,
    patches.flatMap((p) => p.on),
    patches.flatMap((p) => p.off),
  );
}

/** The kernel with the patches taken away again. */
export function withoutPatches(kernel: KernelVariant, patches: readonly Patch[]): KernelVariant {
  return change(
    kernel,
    patches.flatMap((p) => p.off),
    patches.flatMap((p) => p.on),
  );
}

function change(kernel: KernelVariant, on: readonly FixName[], off: readonly FixName[]): KernelVariant {
  const fixes = new Set(fixesOf(kernel));
  for (const name of off) fixes.delete(name);
  for (const name of on) fixes.add(name);
  const base = findRelease(kernel.base)!.fixes;
  return {
    base: kernel.base,
    with: FIXES.map((f) => f.name).filter((name) => fixes.has(name) && !base.has(name)),
    without: FIXES.map((f) => f.name).filter((name) => !fixes.has(name) && base.has(name)),
  };
}
