/**
 * What is judged of a run: the one table of oracles, whose names scenarios, findings and options use. src/check holds
 * the judging itself.
 */

/** In order of precedence: a finding carries the first that was violated. Tokens keep them as bits: append only. */
export const enum Oracle {
  CONTENT = 0,
  EXPOSURE = 1,
  BACKING = 2,
  RESULTS = 3,
  ACCOUNTING = 4,
  PROGRESS = 5,
  WARNING = 6,
}

interface OracleInfo<N extends string> {
  readonly name: N;
  /** What holds as long as it is not violated. */
  readonly about: string;
  /** Why a finding of it is no matter for a program that compares bytes on a real kernel. */
  readonly declined: string | undefined;
}

function oracle<const N extends string>(name: N, about: string, declined?: string): OracleInfo<N> {
  return { name, about, declined };
}

/** In the order of Oracle. */
export const ORACLES = [
  oracle("content", "cache and disk hold what was written last"),
  oracle(
    "exposure",
    "nobody reads what a block or a page held before",
    "it shows memory or disk blocks that nobody has initialised, and a ready-made program that reads other people's data is not exported",
  ),
  oracle("backing", "writeback finds an extent under every dirty block below EOF"),
  oracle(
    "results",
    "calls return what was asked unless a fault explains less; fsync is durable",
    "it is about what a call returned, and the program compares bytes",
  ),
  oracle(
    "accounting",
    "reservations equal delalloc blocks; none is left behind",
    "it is about reservations, which user space cannot see",
  ),
  oracle(
    "progress",
    "no deadlock, no livelock, one lock order",
    "it is about a hang, and the program compares bytes",
  ),
  oracle(
    "warning",
    "the kernel warns of nothing that it takes for impossible",
    "it is about a line in the kernel's log, and the program compares bytes",
  ),
] as const;

export type OracleName = (typeof ORACLES)[number]["name"];
export const ORACLE_NAMES: readonly OracleName[] = ORACLES.map((o) => o.name);

/** Names of the oracles whose bits a mask has. */
export function oraclesIn(mask: number): OracleName[] {
  return ORACLE_NAMES.filter((_, o) => (mask & (1 << o)) !== 0);
}
