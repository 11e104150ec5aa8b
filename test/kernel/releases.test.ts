/**
 * What each release turns on, written down once more by hand: a table of patches that gives another set changes what
 * every token and every verdict of that kernel means.
 */
import { describe, expect, it } from "vitest";
import { PATCHES } from "../../src/kernel/versions/patches.js";
import { RELEASES } from "../../src/kernel/versions/releases.js";

const ALWAYS =
  "append-under-iolock complete-before-end-writeback error-per-description isize-extend-write-protects release-under-iolock shift-flushes-cache truncate-sets-size-first zeroing-flushes-eof-page ";
const SINCE_5_10 =
  "delalloc-to-unwritten discard-on-partial-error falloc-flushes-first falloc-rounds-tail mkwrite-length-to-eof punch-flush-eof-page seq-bump-on-convert shift-flushes-from-before truncdown-flush-eof wb-validates-seq ";
const SINCE_6_0 = `${SINCE_5_10}fault-in-partial fill-takes-invalidate-lock wb-error-keeps-folio wb-past-eof-skip `;
const SERIES =
  "cookie-under-ilock punch-on-stale punch-skips-dirty punch-under-invalidate-lock remap-on-zero-progress scan-limit-eof validate validate-after-lock ";
const SINCE_6_6 =
  "dirty-per-block discard-end flush-empty-range-noop write-large-chunks write-large-folios zero-convert-post-eof ";
const SINCE_6_12 =
  "bmapi-write-trims-delalloc eofblocks-keeps-prealloc eof-zero-takes-invalidate-lock falloc-allocates-on ioend-clamps-to-eof release-rescans release-trims-once short-copy-no-write-failed stale-no-write-failed truncdown-zero-flushes wb-maps-ranges wb-submits-at-once zeroing-flushes-dirty zeroing-keeps-isize ";
const SINCE_7_2 =
  "dontcache-kicks-flusher fault-maps-folio insert-flushes-eof invalidate-clears-dirty isize-extend-zeroes rwf-dontcache split-nonuniform zero-folio-batch zero-hole-no-flush ";

const SETS: readonly (readonly [string, string])[] = [
  ["4.18", `${ALWAYS}dirty-per-block discard-end mkwrite-length-to-eof punch-on-stale wb-type-from-buffers`],
  [
    "4.19",
    `${ALWAYS}discard-end mkwrite-length-to-eof punch-flush-eof-page punch-on-stale seq-bump-on-convert truncdown-flush-eof`,
  ],
  [
    "5.0",
    `${ALWAYS}discard-end falloc-rounds-tail mkwrite-length-to-eof punch-flush-eof-page punch-on-stale seq-bump-on-convert`,
  ],
  [
    "5.4",
    `${ALWAYS}discard-end falloc-flushes-first falloc-rounds-tail punch-flush-eof-page punch-on-stale seq-bump-on-convert shift-flushes-from-before truncdown-flush-eof wb-validates-seq`,
  ],
  ["5.10", `${ALWAYS}${SINCE_5_10}discard-end punch-on-stale`],
  ["openeuler-22.03", `${ALWAYS}${SINCE_5_10}${SERIES}discard-end release-rescans`],
  ["5.15", `${ALWAYS}${SINCE_5_10}discard-end fill-takes-invalidate-lock punch-on-stale`],
  ["6.0", `${ALWAYS}${SINCE_6_0}discard-end punch-on-stale`],
  [
    "rfc-v1",
    `${ALWAYS}${SINCE_6_0}discard-end validate validate-after-lock remap-on-zero-progress propagate-new`,
  ],
  ["6.1.0", `${ALWAYS}${SINCE_6_0}discard-end punch-on-stale`],
  [
    "6.1.192",
    `${ALWAYS}${SINCE_6_0}${SERIES}discard-end eofblocks-keeps-prealloc falloc-allocates-on release-rescans zero-convert-post-eof`,
  ],
  ["6.2", `${ALWAYS}${SINCE_6_0}${SERIES}flush-empty-range-noop`],
  ["6.5", `${ALWAYS}${SINCE_6_0}${SERIES}discard-end flush-empty-range-noop`],
  ["rhel-9", `${ALWAYS}${SINCE_6_0}${SERIES}discard-end flush-empty-range-noop`],
  [
    "6.6",
    `${ALWAYS}${SINCE_6_0}${SERIES}${SINCE_6_6}eofblocks-keeps-prealloc falloc-allocates-on release-rescans`,
  ],
  ["6.8", `${ALWAYS}${SINCE_6_0}${SERIES}${SINCE_6_6}falloc-allocates-on release-rescans`],
  ["6.12", `${ALWAYS}${SINCE_6_0}${SERIES}${SINCE_6_6}${SINCE_6_12}`],
  [
    "6.18",
    `${ALWAYS}${SINCE_6_0}${SERIES}${SINCE_6_6}${SINCE_6_12}zero-eof-in-memory fault-maps-folio isize-extend-zeroes rwf-dontcache split-nonuniform`,
  ],
  ["7.2", `${ALWAYS}${SINCE_6_0}${SERIES}${SINCE_6_6}${SINCE_6_12}${SINCE_7_2}`],
  [
    "7.3",
    `${ALWAYS}${SINCE_6_0}${SERIES}${SINCE_6_6}${SINCE_6_12}${SINCE_7_2}zeroed-uptodate-at-end write-error-ends-iteration falloc-write-zeroes`,
  ],
  [
    "cured",
    `${ALWAYS}${SINCE_6_0}${SERIES}discard-end eof-punch-cure short-copy-cure zeroing-flushes-dirty zeroing-keeps-isize zero-convert-post-eof isize-extend-zeroes eof-zero-takes-invalidate-lock flush-empty-range-noop invalidate-clears-dirty zero-convert-looks-again zeroed-uptodate-at-end falloc-allocates-on release-rescans eofblocks-keeps-prealloc rwf-dontcache falloc-write-zeroes`,
  ],
];

describe("releases", () => {
  it("are those of the table", () => {
    expect(RELEASES.map((r) => r.name)).toEqual(SETS.map(([name]) => name));
  });

  // What 6.12 turned off.
  const LATE = /^(6\.12|6\.18|7\.\d)$/;
  it.each(SETS)("%s turns on what it always has", (name, toggles) => {
    const { fixes } = RELEASES.find((r) => r.name === name)!;
    const meant = toggles.trim().split(" ");
    const has = LATE.test(name) ? meant.filter((toggle) => toggle !== "falloc-flushes-first") : meant;
    expect([...fixes].sort()).toEqual(has.sort());
  });

  it.each([
    ["4.18", false, 21, false],
    ["5.4", false, 21, false],
    ["5.10", false, 21, false],
    ["openeuler-22.03", false, 21, false],
    ["5.15", false, 12, false],
    ["6.0", false, 12, false],
    ["rfc-v1", false, 12, false],
    ["6.1.192", false, 12, false],
    ["6.2", false, 12, false],
    ["6.5", true, 12, true],
    ["6.8", true, 12, true],
    ["6.12", true, 12, true],
    ["6.18", true, 12, true],
    ["7.2", true, 12, true],
    ["7.3", true, 12, true],
    ["cured", false, 12, false],
  ])("%s has what else differs between kernels", (name, cachestat, inodeRecords, leafAtInode) => {
    expect(RELEASES.find((r) => r.name === name)).toMatchObject({ cachestat, inodeRecords, leafAtInode });
  });

  it("come from patches in the order of their releases", () => {
    const linux = PATCHES.map((p) => p.release).filter((release) => /^\d/.test(release));
    const order = linux.map((release) => release.split(".").map(Number) as [number, number]);
    expect(order).toEqual(order.toSorted(([a, b], [c, d]) => a - c || b - d));
  });
});
