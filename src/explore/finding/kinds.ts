/**
 * What kinds of findings can be called, per oracle: what a scenario may expect. finding.ts makes the names.
 */
import { ERROR_NAMES } from "../../kernel/machine/errors.js";
import { EXTENT_NAMES } from "../../kernel/objects/extent-types.js";
import { OP_NAMES, OPS } from "../../kernel/ops.js";
import { ORACLE_NAMES, type OracleName } from "../../kernel/oracle-table.js";

/** What a call returned is not what the scenario states. */
export const ANOTHER_RESULT = "another result";

const anyOf = (words: readonly string[]): string => `(?:${words.join("|")})`;
const extent = anyOf(EXTENT_NAMES);
/** Which stale map it went through. */
const under = `(?:, ${extent} map over ${extent})?`;
const writers = OP_NAMES.filter((name) => OPS[name].data !== "none");
const values = ["zero", "uninitialised", "garbage"];
/** Nothing is lost where what is found is what was expected. */
const same = values.map((value) => `${value} -> ${value}`);
const loss = `(?!${anyOf(same)})${anyOf([...values, "data", ...writers])} -> ${anyOf([...values, "older data"])}${under}`;

const WHAT: Readonly<Record<OracleName, string>> = {
  content: loss,
  exposure: loss,
  backing: `hole under dirty block${under}`,
  results: anyOf(["short write", "wrong size", ANOTHER_RESULT, ...ERROR_NAMES.slice(1), loss]),
  accounting: "leaked delalloc",
  progress: anyOf(["deadlock", "livelock", "lock order"]),
  warning: "WARN",
};

/** What every kind looks like. */
export const KIND = new RegExp(`^${anyOf(ORACLE_NAMES.map((oracle) => `${oracle}: ${WHAT[oracle]}`))}$`);
