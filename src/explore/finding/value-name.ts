/** Values of cells by name, for people. */
import { Value } from "../../kernel/objects/values.js";

/** `zero`, `garbage from disk`, `uninitialised memory` or the operation that wrote it, by the program's `dataNames`. */
export function valueName(dataNames: readonly string[], value: number): string {
  if (value === Value.ZERO) return "zero";
  if (value === Value.UNINITIALISED) return "uninitialised memory";
  if (value === Value.GARBAGE) return "garbage from disk";
  return dataNames[value - Value.FIRST_DATA] ?? `value ${value}`;
}
