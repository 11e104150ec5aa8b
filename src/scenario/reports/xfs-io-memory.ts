/** mmap and what xfs_io does through it. A range outside of what is mapped is refused by xfs_io itself. Bytes. */
import type { Op } from "../types.js";
import type { Given, Made } from "./xfs-io-given.js";
import type { Mapping } from "./xfs-io-state.js";

const MISALIGNED = "it does not begin at a page";
const USAGE = "expected an offset and a length, or neither";

/** mmap, with a range, or the number of a mapping that commands are about from here on. */
export function mmap(given: Given): Made {
  const { numbers, state, sizes } = given;
  const [from, length] = numbers;
  if (from === undefined) return [];
  if (length === undefined) {
    if (state.maps[from] === undefined) return { fails: "there is no such mapping" };
    state.at = from;
    return [];
  }
  const isWritable = given.has("w") || !(given.has("r") || given.has("x"));
  if (given.has("S")) return { fails: "MAP_SYNC is for DAX" };
  if (from % sizes.page !== 0) return { fails: MISALIGNED };
  if (length === 0) return { fails: "it is empty" };
  if (state.file?.isReadOnly === true && isWritable) return { fails: "the file is open for reading only" };
  state.maps.push({ from, to: from + length, isWritable, hasRoom: given.has("s") });
  state.at = state.maps.length - 1;
  return [];
}

export function mremap(given: Given): Made {
  const { map } = given.state;
  const [length] = given.numbers;
  if (length === undefined) return "expected a length";
  if (map === undefined) return UNMAPPED;
  const to = map.from + length;
  if (to > map.to && !map.hasRoom && !given.has("m") && !given.has("f"))
    return { part: "that grows without -m, which fails where something is mapped behind it" };
  given.state.remap({ ...map, to });
  return [];
}

export function munmap({ state }: Given): Made {
  if (state.map === undefined) return UNMAPPED;
  state.remap(undefined);
  return [];
}

const UNMAPPED = { fails: "nothing is mapped" } as const;

/** A range of the mapping, or all of it; what comes of it. */
function mapped(
  given: Given,
  isAligned: boolean,
  make: (range: { readonly from: number; readonly to: number }, map: Mapping | undefined) => Made,
): Made {
  const { numbers, state, sizes } = given;
  const [from, length] = numbers;
  if (numbers.length === 1 || numbers.length > 2) return USAGE;
  const { map } = state;
  if (map === undefined && !state.mapsAll) return UNMAPPED;
  if (from === undefined || length === undefined) return map === undefined ? UNMAPPED : make(map, map);
  const to = from + length;
  if (isAligned && from % sizes.page !== 0) return { fails: MISALIGNED };
  if (map !== undefined && (from < map.from || to > map.to))
    return { fails: "it is outside of what is mapped" };
  return length === 0 ? [] : make({ from, to }, map);
}

const range = ({ from, to }: { readonly from: number; readonly to: number }) => ({ from, to });

export const mread = (given: Given): Made => mapped(given, false, (at) => [{ kind: "load", ...range(at) }]);

export function mwrite(given: Given): Made {
  return mapped(given, false, (at, map) => {
    if (map?.isWritable !== false) return [{ kind: "store", ...range(at) }];
    given.state.isOver = true;
    return { fails: "it is mapped for reading: SIGSEGV ends xfs_io here" };
  });
}

export function msync(given: Given): Made {
  if (given.has("s") && given.has("a")) return { fails: "MS_SYNC and MS_ASYNC exclude one another" };
  return mapped(given, true, (at): Op[] => (given.has("s") ? [{ kind: "msync", ...range(at) }] : []));
}

/** MADV_WILLNEED reads ahead. */
export function madvise(given: Given): Made {
  const kind = { d: "madvise", w: "read" }[given.last("drsw")] as "madvise" | "read" | undefined;
  return mapped(given, true, (at): Op[] => (kind === undefined ? [] : [{ kind, ...range(at) }]));
}
