import { describe, expect, it } from "vitest";
import { ORACLE_NAMES, Oracle, oraclesIn } from "../../src/kernel/oracle-table.js";

describe("the table of oracles", () => {
  it("is in the order of Oracle, by which masks and tokens count", () => {
    expect(ORACLE_NAMES.map((name) => oraclesIn(1 << ORACLE_NAMES.indexOf(name)))).toEqual(
      ORACLE_NAMES.map((name) => [name]),
    );
    const order = {
      [Oracle.CONTENT]: "content",
      [Oracle.EXPOSURE]: "exposure",
      [Oracle.BACKING]: "backing",
      [Oracle.RESULTS]: "results",
      [Oracle.ACCOUNTING]: "accounting",
      [Oracle.PROGRESS]: "progress",
      [Oracle.WARNING]: "warning",
    };
    expect(ORACLE_NAMES).toEqual(Object.values(order));
  });
});
