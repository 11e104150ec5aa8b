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
  readonly mostLocals: number;
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

/** Values of interchangeable threads go into those threads' views. */
function cells({ cellsFrom, alsoFrom, cellsTo, dataTo, mostLocals }: HashShape): string[] {
  const lines: string[] = [];
  for (let e = cellsFrom; e < dataTo; e++) {
    const tables = e < alsoFrom ? ["owners", "locals"] : ["alsoOwners", "alsoLocals"];
    lines.push(`v = s[${e}];`);
    if (e < cellsTo)
      lines.push(
        `o = ${tables[0]}[v];`,
        `if (o >= 0) {`,
        `  u = Math.imul(${Math.imul(e, mostLocals)} + ${tables[1]}[v], ${C}); u ^= u >>> 15;`,
        `  lows[o] = (lows[o] + Math.imul(u, ${A})) | 0;`,
        `  highs[o] = (highs[o] + Math.imul(u ^ (u >>> 11), ${B})) | 0;`,
        `  v = 0xfffe;`,
        `}`,
      );
    lines.push(
      `c = Math.imul(c ^ (v + 1), ${A}); d = (d + c) | 0; c ^= c >>> 15; d = (d << 5) | (d >>> 27);`,
    );
  }
  lines.push(`a = (a + c) | 0; b = (b + Math.imul(c, ${C})) | 0; a = Math.imul(a ^ d, ${A}); b ^= a >>> 15;`);
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
  const { state, words, from, to, seed, owner, local } = shape;
  const views = [...seed.keys()];
  const lines = [
    `let a = 0, b = Math.imul(~s[${shape.reclaimAt}], ${C}), c = 0, d = 0, o = 0, u = 0, v = 0, w = 0, x = 0, y = 0;`,
    ...rounds("a", "b", 0, shape.commonEnd),
    ...views.map((i) => `lows[${i}] = highs[${i}] = ${seed[i]};`),
    ...(shape.ownedData ? cells(shape) : []),
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
  const ofAlso = (table: Int32Array, none: number): Int32Array =>
    Int32Array.from({ length: table.length + Also.VALUE }, (_, v) =>
      v - Also.VALUE >= Value.FIRST_DATA ? table[v - Also.VALUE]! : none,
    );
  const result = { low: 0, high: 0 };
  const used = {
    s: state,
    words,
    lows: new Int32Array(seed.length),
    highs: new Int32Array(seed.length),
    owners: owner.map((o, v) => (v >= Value.FIRST_DATA ? o : -1)),
    locals: local,
    alsoOwners: ofAlso(owner, -1),
    alsoLocals: ofAlso(local, 0),
    result,
  };
  const make = new Function(...Object.keys(used), `return () => {\n${lines.join("\n")}\n};`);
  return { hash: make(...Object.values(used)) as () => void, result };
}
