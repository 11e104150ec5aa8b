/** The order of locks in two words: per mode the modes that were held when it was taken, LOCK_MODES bits each. */
import { NOT_BEFORE } from "../../check/progress.js";
import { LOCK_MODES } from "../../kernel/objects/locks.js";

const MODES_PER_WORD = 4;

/** Order of locks as the machine has it (`edges` of LockOrder), of the modes that stand in word 0 or 1. */
export function packedLocks(edges: Uint8Array, word: number): number {
  let packed = 0;
  for (let i = 0, m = word * MODES_PER_WORD; i < MODES_PER_WORD && m < LOCK_MODES; i++, m++)
    packed |= edges[1 << m]! << (i * LOCK_MODES);
  return packed;
}

/** Whether all of an order that two words hold is the documented one, which has no cycle. */
export function followsNesting(words: Int32Array): boolean {
  return ((words[0]! & AGAINST[0]!) | (words[1]! & AGAINST[1]!)) === 0;
}

/** NOT_BEFORE in two words. */
const AGAINST = (() => {
  const edges = new Uint8Array(1 << LOCK_MODES);
  for (const [mode, modes] of NOT_BEFORE.entries()) edges[1 << mode] = modes;
  return Int32Array.of(packedLocks(edges, 0), packedLocks(edges, 1));
})();

/** Adds the order that two words hold to what the machine has. */
export function addLocks(words: Int32Array, edges: Uint8Array): void {
  for (let m = 0; m < LOCK_MODES; m++) {
    const word = words[(m / MODES_PER_WORD) | 0]!;
    edges[1 << m]! |= (word >>> ((m % MODES_PER_WORD) * LOCK_MODES)) & ((1 << LOCK_MODES) - 1);
  }
}
