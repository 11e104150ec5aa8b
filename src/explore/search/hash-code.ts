/**
 * The hash of canonical.ts as code for one machine: every place and key in it is a constant, so that it takes half the
 * time. Making it costs more than a small search, so it is for long ones. It knows neither marks nor what stands beside.
 */
import { Also } from "../../check/ghost.js";
import { Reg, type StateArray } from "../../kernel/machine/layout.js";
import { Value } from "../../kernel/objects/values.js";
import { A, B, C } from "./hash-keys.js";

/** Where things lie in the state, in words or, of cells and kworkers, in elements; as canonical.ts has them. */
export interface HashShape {
  readonly state: StateArray;
  readonly words: Int32Array;
  readonly symmetry: boolean;
  readonly commonEnd: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly seed: Int32Array;
  readonly reclaimAt: number;
  readonly workerAt: Int32Array;
  readonly ownedData: boolean;
  readonly cellsFrom: number;
  readonly alsoFrom: number;
  readonly cellsTo: number;
  readonly dataTo: number;
  readonly owner: Int32Array;
  readonly local: Int32Array;
}

/** A function that hashes the state as it is now, and where it leaves the two words. */
export interface CompiledHash {
  readonly hash: () => void;
  readonly result: { low: number; high: number };
}

/** Last step of murmur3's 32-bit mix. */
const finish = (v: string): string =>
  `${v} ^= ${v} >>> 16; ${v} = Math.imul(${v}, 0x85ebca6b); ${v} ^= ${v} >>> 13; ` +
  `${v} = Math.imul(${v}, 0xc2b2ae35); ${v} ^= ${v} >>> 16;`;

/** Words `[from, to)` into the halves `a` and `b`. */
function rounds(a: string, b: string, from: number, to: number): string[] {
  const lines: string[] = [];
  for (let w = from; w < to; w += 2) {
    lines.push(`${a} = Math.imul(${a} ^ words[${w}], ${A});`);
    if (w + 1 === to) break;
    lines.push(`${b} = Math.imul(${b} ^ words[${w + 1}], ${B}); ${a} ^= ${b} >>> 15;`);
    lines.push(`${b} = (((${b} << 13) | (${b} >>> 19)) + ${a}) | 0;`);
  }
  return lines;
}

/** What a cell with the value, or with the number among those of the thread that it belongs to, adds to the halves. */
function cellHash(cell: number, value: number): readonly [low: number, high: number] {
  const x = Math.imul(((cell << 16) + value) ^ C, A);
  const low = Math.imul(x ^ (x >>> 15), B);
  return [low, Math.imul(low ^ (low >>> 13), C)];
}

/** Per value of a cell: the view that it goes into, the common part's behind those of threads; and per cell what it adds there. */
interface CellTables {
  readonly views: Int32Array;
  readonly lows: Int32Array;
  readonly highs: Int32Array;
}

/** Of cells `[from, to)`, whose values are data from `firstData` on, numbered from `base`. */
function cellTables({ owner, local, seed }: HashShape, from: number, to: number, base: number): CellTables {
  const values = base + owner.length;
  const ownerOf = (v: number): number => (v - base >= Value.FIRST_DATA ? owner[v - base]! : -1);
  const views = Int32Array.from({ length: values }, (_, v) => (ownerOf(v) < 0 ? seed.length : ownerOf(v)));
  const halves = Array.from({ length: (to - from) * values }, (_, i) => {
    const v = i % values;
    return cellHash(from + (i - v) / values, ownerOf(v) < 0 ? v : local[v - base]!);
  });
  const of = (half: 0 | 1): Int32Array => Int32Array.from(halves, (both) => both[half]);
  return { views, lows: of(0), highs: of(1) };
}

/** Values of interchangeable threads go into those threads' views. */
function cells(
  { cellsFrom, alsoFrom, cellsTo, dataTo, seed }: HashShape,
  values: number,
  alsoValues: number,
): string[] {
  const lines = [`lows[${seed.length}] = highs[${seed.length}] = 0;`];
  for (let e = cellsFrom; e < cellsTo; e++) {
    const [name, at] =
      e < alsoFrom ? ["cell", (e - cellsFrom) * values] : ["also", (e - alsoFrom) * alsoValues];
    lines.push(
      `v = s[${e}]; o = ${name}Views[v]; lows[o] = (lows[o] + ${name}Lows[${at} + v]) | 0;`,
      `highs[o] = (highs[o] + ${name}Highs[${at} + v]) | 0;`,
    );
  }
  lines.push(`a = (a + lows[${seed.length}]) | 0; b = (b + highs[${seed.length}]) | 0;`);
  for (let e = cellsTo; e < dataTo; e++)
    lines.push(
      `u = Math.imul((${e << 16} + s[${e}]) ^ ${C}, ${A}); u = Math.imul(u ^ (u >>> 15), ${B});`,
      `a = (a + u) | 0; b = (b + Math.imul(u ^ (u >>> 13), ${C})) | 0;`,
    );
  return lines;
}

/** An ioend goes into the view of the thread that builds it, if one does. */
function worker({ workerAt, symmetry }: HashShape, i: number): string {
  const at = workerAt[i]!;
  const slot = symmetry ? 0 : Math.imul(i + 1, 1 << 16);
  return `v = s[${at}];
  if (v !== 0) {
    u = Math.imul((v | (s[${at + Reg.POS}] << 16)) ^ ${C}, ${A});
    w = Math.imul((s[${at + Reg.END}] | (s[${at + Reg.FLAGS}] << 16)) ^ ${A}, ${B});
    u ^= w >>> 15; w = (((w << 13) | (w >>> 19)) + u) | 0;
    u ^= s[${at + Reg.MAP_TYPE}] | ${slot}; ${finish("u")}
    w = (w + u) | 0; ${finish("w")}
    o = s[${at + Reg.HELD}] - 1;
    if (o >= 0) { lows[o] = (lows[o] + u) | 0; highs[o] = (highs[o] + w) | 0; }
    else { a = (a + u) | 0; b = (b + w) | 0; }
  }`;
}

export function compileHash(shape: HashShape): CompiledHash {
  const { state, words, from, to, seed } = shape;
  const cell = cellTables(shape, shape.cellsFrom, shape.alsoFrom, 0);
  const also = cellTables(shape, shape.alsoFrom, shape.cellsTo, Also.VALUE);
  const views = [...seed.keys()];
  const lines = [
    `let a = 0, b = Math.imul(~s[${shape.reclaimAt}], ${C}), o = 0, u = 0, v = 0, w = 0, x = 0, y = 0;`,
    ...rounds("a", "b", 0, shape.commonEnd),
    ...views.map((i) => `lows[${i}] = highs[${i}] = ${seed[i]};`),
    ...(shape.ownedData ? cells(shape, cell.views.length, also.views.length) : []),
    ...[...shape.workerAt.keys()].map((i) => worker(shape, i)),
    finish("a"),
    finish("b"),
    ...views.flatMap((i) => [
      `x = lows[${i}]; y = highs[${i}];`,
      ...rounds("x", "y", from[i]!, to[i]!),
      `y ^= x >>> 7; ${finish("y")} ${finish("x")} a = (a + x) | 0; b = (b + y) | 0;`,
    ]),
    `x = a ^ (b >>> 3); ${finish("x")} y = (b + Math.imul(a, ${C})) | 0; ${finish("y")}`,
    `result.low = x; result.high = y;`,
  ];
  const result = { low: 0, high: 0 };
  // With a buffer of their own, so that their addresses are constants of the compiled code.
  const sums = (): Int32Array => new Int32Array(new ArrayBuffer(4 * (seed.length + 1)));
  const used = {
    s: state,
    words,
    lows: sums(),
    highs: sums(),
    cellViews: cell.views,
    cellLows: cell.lows,
    cellHighs: cell.highs,
    alsoViews: also.views,
    alsoLows: also.lows,
    alsoHighs: also.highs,
    result,
  };
  const make = new Function(...Object.keys(used), `return () => {\n${lines.join("\n")}\n};`);
  return { hash: make(...Object.values(used)) as () => void, result };
}
