/** What a program has left on the model's file when all has come to its end. */
import type { Engine } from "../../explore/run/engine.js";
import { boundaryByte, cellOfBlock, startByte } from "../../kernel/machine/geometry.js";
import type { Kernel } from "../../kernel/machine/kernel.js";
import { BlockFlag } from "../../kernel/objects/folios.js";
import { Value } from "../../kernel/objects/values.js";
import { type EndState, EXTENT_LETTERS, type Run } from "./forced-moves.js";

/** The byte that stands for a value: the data of the first operation is 1. */
export function byteOfValue(value: number): number {
  if (value === Value.ZERO) return 0;
  return value < Value.FIRST_DATA ? -1 : 1 + ((value - Value.FIRST_DATA) % 255);
}

/** Writes all back, which ends what the machine can be used for. */
export function endState(engine: Engine, returns: EndState["returns"]): EndState {
  const { k } = engine;
  const size = boundaryByte(k.g, k.isize);
  const cached = runsOf(k, (c) =>
    k.folios.blockHas(k.blockOfCell(c), BlockFlag.UPTODATE) ? k.folios.cell(c) : k.throughExtents(c),
  );
  const extents = extentsOf(k);
  const modelled = modelledOf(k);
  engine.finish();
  return { returns, size, extents, modelled, cached, onDisk: runsOf(k, (c) => k.throughExtents(c)) };
}

function runsOf(k: Kernel, contentOf: (cell: number) => number): Run[] {
  const runs: [number, number][] = [];
  let at = 0;
  const add = (to: number, value: number): void => {
    const last = runs.at(-1);
    if (to <= at) return;
    if (last !== undefined && last[1] === value) last[0] += to - at;
    else runs.push([to - at, value]);
    at = to;
  };
  for (let c = 0; c < k.isize; c++) {
    // Pages that no operation names are hole.
    add(startByte(k.g, c), 0);
    add(boundaryByte(k.g, c + 1), byteOfValue(contentOf(c)));
  }
  return runs;
}

function modelledOf({ g }: Kernel): EndState["modelled"] {
  const ranges: [number, number][] = [];
  for (let b = 0; b < g.blocks; b++) {
    const at = startByte(g, cellOfBlock(g, b));
    const last = ranges.at(-1);
    if (last?.[1] === at) last[1] += g.blockSize;
    else ranges.push([at, at + g.blockSize]);
  }
  return ranges;
}

function extentsOf({ g, extents }: Kernel): EndState["extents"] {
  const found: [number, number, string][] = [];
  for (let b = 0; b < g.blocks; b++) {
    const letter = EXTENT_LETTERS[extents.type(b)];
    if (letter === undefined) continue;
    const at = startByte(g, cellOfBlock(g, b));
    const last = found.at(-1);
    if (last !== undefined && last[2] === letter && last[0] + last[1] === at) last[1] += g.blockSize;
    else found.push([at, g.blockSize, letter]);
  }
  return found;
}
