import { expect, it } from "vitest";
import { fuzzStatus } from "../../src/report/fuzz-status.js";

it("tells kinds by how often they were met, and how likely another one is", () => {
  const kind = (name: string, count: number, first: number) => ({
    ...{ kind: name, count, first, isKnown: count === 3, cure: count === 3 ? ["eof-punch-cure"] : undefined },
  });
  const text = fuzzStatus({
    ...{ kernel: "6.18", seconds: 18.4, limit: 30, programs: 48_500, steps: 18_400_000 },
    kinds: [kind("a: b", 1, 14), kind("content: store -> zero", 3, 0), kind("exposure: x", 1436, 2)],
  });
  expect(text).toMatchInlineSnapshot(`
    "6.18  00:18 of 00:30  48,500 programs  1,000,000 steps/s
      3 kinds, last new 00:04 ago; another in the next case: p = 2.1e-5
        1,436  00:02  new    exposure: x
            3  00:00  known  content: store -> zero  (eof-punch-cure)
            1  00:14  new    a: b"
  `);
  expect(fuzzStatus({ kernel: "6.2", seconds: 0, limit: undefined, programs: 0, steps: 0, kinds: [] })).toBe(
    "6.2  00:00  0 programs  0 steps/s\n  no finding yet",
  );
});
