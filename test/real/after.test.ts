import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { after } from "../../src/real/machine/after.js";

const HOUR = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it.each([0, 1, HOUR, 2 ** 31 - 1, 2 ** 31, 600 * HOUR, 5_000 * HOUR])("acts once after %s ms", (ms) => {
  const act = vi.fn();
  after(ms, act);
  if (ms > 0) vi.advanceTimersByTime(ms - 1);
  expect(act).toHaveBeenCalledTimes(0);
  vi.advanceTimersByTime(2 ** 36);
  expect(act).toHaveBeenCalledTimes(1);
});

it("does not act when it was cancelled, however late", () => {
  const act = vi.fn();
  const cancel = after(600 * HOUR, act);
  vi.advanceTimersByTime(599 * HOUR);
  cancel();
  vi.advanceTimersByTime(600 * HOUR);
  expect(act).not.toHaveBeenCalled();
});
