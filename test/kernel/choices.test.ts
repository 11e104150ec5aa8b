import { describe, expect, it } from "vitest";
import { CHOICE_NAMES, Choice, FAULTS } from "../../src/kernel/machine/choices.js";
import { emptyBudget } from "../../src/scenario/budget.js";

describe("the table of faults", () => {
  it("is in the order of Choice, by which budgets, schedules and tokens count", () => {
    expect(FAULTS.map((f) => f.choice)).toEqual(FAULTS.map((_, i) => i + 1));
    expect(CHOICE_NAMES[Choice.THREAD]).toBe("thread");
    expect(CHOICE_NAMES[Choice.EVICT]).toBe("evict");
    expect(CHOICE_NAMES).toHaveLength(FAULTS.length + 1);
  });

  it("names the fields of a budget", () => {
    expect(emptyBudget()).toEqual({
      shortAllocation: 0,
      allocationFailure: 0,
      reservationFailure: 0,
      deviceError: 0,
      shortCopy: 0,
      fatalSignal: 0,
      evictions: 0,
    });
  });
});
