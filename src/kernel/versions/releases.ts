/**
 * Named kernels as sets of toggles: what the patches up to a release of Linux have made of it, and what this kernel
 * has besides or lacks. A kernel with `--with` and `--without` is a variant of one of these.
 */
import { FIXES, type FixName } from "./fixes.js";
import { BEFORE, type KnownPatch, PATCHES } from "./patches.js";

export interface Release {
  readonly name: string;
  readonly about: string;
  readonly fixes: ReadonlySet<FixName>;
  /** The release of Linux that it starts from. */
  readonly linux: string;
  /** Whether it has cachestat, by which a recorder sees folios that are not uptodate. */
  readonly cachestat: boolean;
  /** Extent records that fit into the inode of 512 bytes beside its attribute fork; more have a btree. */
  readonly inodeRecords: number;
  /** Whether the btree's leaf is put near the inode, not near the data that needed it. */
  readonly leafAtInode: boolean;
  /** The running kernels that it stands for. */
  readonly standsFor: Series | undefined;
}

/** Kernels `SERIES` and `SERIES.point`, of the point releases `[from, to)`; of a distribution with `tag` in their names. */
interface Series {
  readonly series: string;
  readonly from: number;
  readonly to?: number;
  readonly tag?: string;
}

interface Differences {
  /** The release of Linux that it starts from; its own name when absent. */
  readonly mainline?: string;
  /** Later commits that it has nevertheless. */
  readonly backports?: readonly string[];
  readonly on?: readonly FixName[];
  readonly off?: readonly FixName[];
  /** Undefined: it stands for no running kernel. */
  readonly standsFor?: Series | undefined;
}

/** What is modelled of the merged series. */
const [FREE_FILE_SPACE, TRUNCATE_DOWN, ALLOC_FILE_SPACE] = ["a579121f94ab", "869ae85dae64", "e093c4be760e"];
const SERIES_6_2 = ["198dd8aedee6", "f43dc4dc3eff", "7348b322332d", "d7b64041164c", "304a68b9c63b"];

export const RELEASES: readonly Release[] = [
  release("4.18", "4.18.20: page cache through buffer heads, delalloc allocated as written"),
  release("4.19", "4.19.222: page cache of iomap's own, one dirty bit per page", {
    backports: [FREE_FILE_SPACE, TRUNCATE_DOWN],
    standsFor: { series: "4.19", from: 157 },
  }),
  release("5.0", "Ubuntu's 5.0: 4.19 with fallocate that rounds, truncation that does not flush", {
    backports: [ALLOC_FILE_SPACE],
  }),
  release("5.4", "5.4.117 to 5.4.301: writeback's map is validated, delalloc still allocated as written", {
    backports: ["249bd9087a52", "d0c2204135a0", "add66fcbd3fb", TRUNCATE_DOWN],
    standsFor: { series: "5.4", from: 77 },
  }),
  release("5.10", "5.10.218 and 5.10.262: none of the series, source fault-in all or nothing"),
  release("openeuler-22.03", "openEuler 22.03 LTS: 5.10 with the series, backported in 2023", {
    mainline: "5.10",
    backports: [...SERIES_6_2, "8ac5b996bf51", "7a9d43eace88"],
    standsFor: { series: "5.10", from: 0, tag: "oe2203" },
  }),
  release("5.15", "5.15.0 to 5.15.224: as 5.10, with invalidate_lock of the mapping"),
  release("6.0", "the state the RFC was written against"),
  release("rfc-v1", "the RFC of 2022-09-21: validity checks, NEW carried over, no punch of stale maps", {
    mainline: "6.0",
    on: ["validate", "validate-after-lock", "remap-on-zero-progress", "propagate-new"],
    off: ["punch-on-stale"],
    standsFor: undefined,
  }),
  release("6.1.0", "6.1 before 6.1.92: none of the series", {
    mainline: "6.1",
    standsFor: { series: "6.1", from: 0, to: 92 },
  }),
  release("6.1.192", "Debian's 6.1.192: the series and its later fixes, backported", {
    mainline: "6.1",
    backports: [
      ...SERIES_6_2,
      "8ac5b996bf51",
      "6773da870ab8",
      "610b29161b0a",
      "5ce5674187c3",
      "7a9d43eace88",
    ],
    standsFor: { series: "6.1", from: 92 },
  }),
  release("6.2", "the merged series of nine patches"),
  release("6.5", "6.5.13: the series and the fix of its punch after a failed mapping"),
  release("rhel-9", "CentOS Stream 9, 5.14 by name: fs/iomap as of 6.3 to 6.5, and fs/xfs taken to be so", {
    mainline: "6.4",
    standsFor: undefined,
  }),
  release("6.6", "6.6.58 to 6.6.150: large folios, dirty bits per block, zeroing that trusts the map", {
    backports: ["6773da870ab8", "610b29161b0a", "5ce5674187c3", "7a9d43eace88"],
  }),
  release("6.8", "Ubuntu's 6.8: as 6.6", { backports: ["6773da870ab8", "5ce5674187c3", "7a9d43eace88"] }),
  release("6.12", "6.12.117: per-block dirty tracking, large folios, zeroing that looks at the cache", {
    backports: ["51d20d1dacbe"],
  }),
  release("6.18", "6.18.44: zeroing at EOF in memory, folios split around the cut"),
  release(
    "7.2",
    "7.2.12: zeroing skips holes unflushed and takes dirty folios over unwritten extents in batches",
  ),
  release("7.3", "7.3.4: blocks zeroed by write_begin become uptodate in write_end"),
  release("cured", "6.2 with every later fix and proposed cure that the model knows", {
    mainline: "6.2",
    on: [
      ...FIXES.filter((f) => f.kind !== "defect" && f.kind !== "behaviour").map((f) => f.name),
      // Calls that are newer.
      "rwf-dontcache",
      "falloc-write-zeroes",
    ],
    standsFor: undefined,
  }),
];

function release(name: string, about: string, differences: Differences = {}): Release {
  const { mainline = name, backports = [], on = [], off = [] } = differences;
  const fixes = new Set(BEFORE);
  for (const patch of PATCHES) {
    if (!isIn(patch, mainline) && !backports.includes(patch.commit)) continue;
    for (const toggle of patch.off) fixes.delete(toggle);
    for (const toggle of patch.on) fixes.add(toggle);
  }
  for (const toggle of off) fixes.delete(toggle);
  for (const toggle of on) fixes.add(toggle);
  return {
    name,
    about,
    fixes,
    linux: mainline,
    cachestat: isAtLeast(mainline, "6.5"),
    // A new inode has its attribute fork from the start since 5.13, where a security module keeps something with each
    // super block (xfs_create_need_xattr(), fs/xfs/xfs_iops.c; xfs_default_attroffset(), fs/xfs/libxfs/xfs_attr_leaf.c):
    // 192 of the 336 bytes for forks are left for records of 16.
    inodeRecords: isAtLeast(mainline, "5.13") ? 12 : 21,
    leafAtInode: isAtLeast(mainline, "6.3"),
    standsFor: "standsFor" in differences ? differences.standsFor : { series: name, from: 0 },
  };
}

/** Whether the release of Linux has the patch. */
function isIn({ release }: KnownPatch, linux: string): boolean {
  return /^\d/.test(release) && isAtLeast(linux, release);
}

/** Whether a version such as 6.12 is not older than another. */
export function isAtLeast(version: string, other: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split(".").map(Number);
  return major === otherMajor ? minor >= otherMinor : major > otherMajor;
}

export function findRelease(name: string): Release | undefined {
  return RELEASES.find((r) => r.name === name);
}

/** The running kernels that a release is the model of, such as `5.4.77 on`; empty where it is of none. */
export function kernelsOf({ standsFor }: Release): string {
  if (standsFor === undefined) return "";
  const { series, from, to, tag } = standsFor;
  if (tag !== undefined) return `${series}.x.${tag}`;
  if (to !== undefined) return `${series}.${from} to ${series}.${to - 1}`;
  return from === 0 ? `${series}.x` : `${series}.${from} on`;
}

/** The releases that are models of running kernels around a version, the older one first. */
export function neighboursOf(version: string): readonly Release[] {
  const models = RELEASES.filter(({ standsFor }) => standsFor !== undefined && standsFor.tag === undefined);
  const isOlder = ({ standsFor }: Release) => {
    const { series = "", from = 0 } = standsFor ?? {};
    const point = Number(version.split(".")[2] ?? 0);
    return isAtLeast(version, series) && (!isAtLeast(series, version) || point >= from);
  };
  const [older, newer] = [models.findLast(isOlder), models.find((release) => !isOlder(release))];
  return [older, newer].filter((release) => release !== undefined);
}

/** The same in words, for a version that there is no model of; undefined for what is no version. */
export function nearestKernels(version: string): string | undefined {
  if (!/^\d{1,4}\.\d{1,4}(\.\d{1,6})?(?:-[\w.+~-]*)?$/.test(version)) return undefined;
  const near = neighboursOf(version).map((release) => `${release.name}, which is of ${kernelsOf(release)}`);
  return `the nearest: ${near.join("; ")}`;
}

/**
 * What distributions that put much into an old kernel mark its name with, as in 4.18.0-553.el8_10.x86_64: its version says
 * little of what it does.
 */
const DISTRIBUTION = /\.((?:el|oe|an)\d+)/;

/** The mark of a distribution in the name of a kernel; undefined where there is none that matters. */
export function distributionOf(version: string): string | undefined {
  return DISTRIBUTION.exec(version)?.[1];
}

/** The model of a running kernel, by what uname says of it; undefined when there is none. */
export function modelOf(version: string): string | undefined {
  const [, series, point] = /^(\d+\.\d+)(?:\.(\d+))?/.exec(version) ?? [];
  const tag = distributionOf(version);
  const releases = RELEASES.filter(({ standsFor }) => {
    return series !== undefined && standsFor?.series === series && standsFor.tag === tag;
  });
  const n = Number(point ?? 0);
  const isIn = ({ from = 0, to = Number.POSITIVE_INFINITY }: Partial<Series> = {}) => n >= from && n < to;
  const meant = releases.find(({ standsFor }) => isIn(standsFor));
  // Ubuntu's kernels say X.Y.0, whatever they are made of.
  return (meant ?? (point === "0" ? releases[0] : undefined))?.name;
}
