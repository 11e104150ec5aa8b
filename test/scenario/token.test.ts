import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ORACLE_NAMES } from "../../src/kernel/oracle-table.js";
import { FIX_NAMES } from "../../src/kernel/versions/fixes.js";
import { MODEL } from "../../src/kernel/versions/model-version.js";
import { RELEASES } from "../../src/kernel/versions/releases.js";
import { decodeToken, encodeToken, type RunSpec } from "../../src/scenario/token.js";
import { type Op, type Scenario, WHOLE } from "../../src/scenario/types.js";
import { anyScenario } from "./arbitrary.js";

/** What a token keeps of a scenario: what decides the run. */
function essence(s: Scenario): Scenario {
  const { name, file, setup, threads, budget, oracles } = s;
  return {
    name,
    file,
    setup,
    threads,
    budget,
    ...(oracles === undefined ? {} : { oracles: ORACLE_NAMES.filter((o) => oracles.includes(o)) }),
    expect: [],
    variants: [],
    reached: [],
  };
}

const fixes = fc.uniqueArray(fc.constantFrom(...FIX_NAMES), { maxLength: 6 });
const choice = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 20 }) },
  { weight: 1, arbitrary: fc.maxSafeNat() },
);
/** Offsets up to 2^52, which a token can hold whatever they divide by. */
const run: fc.Arbitrary<RunSpec> = fc.record({
  scenario: anyScenario.map((s) => essence({ ...s, file: { ...s.file, size: s.file.size % 2 ** 52 } })),
  variant: fc
    .record({ base: fc.constantFrom(...RELEASES.map((r) => r.name)), with: fixes, without: fixes })
    .map((v) => ({ ...v, without: v.without.filter((fix) => !v.with.includes(fix)) })),
  choices: fc.array(choice, { maxLength: 60 }),
});

const EXAMPLE: RunSpec = {
  scenario: {
    name: "unwritten-tail",
    file: { size: 12288, block: 4096, page: 4096 },
    setup: [
      { kind: "fallocate", from: 0, to: 12288 },
      { kind: "write", from: 10240, to: 12288 },
    ],
    threads: [
      { name: "writer", ops: [{ kind: "write", from: 0, to: 10240, faultAt: 512, shortCopy: 100 }] },
      {
        name: "odd-one",
        ops: [
          { kind: "fsync", ...WHOLE },
          { kind: "truncate", from: 5, to: 5 },
        ],
      },
    ],
    budget: {
      shortAllocation: 1,
      allocationFailure: 0,
      reservationFailure: 0,
      deviceError: 2,
      shortCopy: 0,
      fatalSignal: 0,
      evictions: 3,
      faults: 0,
    },
    oracles: ["content", "progress"],
    expect: [],
    variants: [],
    reached: [],
  },
  variant: { base: "6.0", with: ["validate"], without: ["discard-end"] },
  choices: [0, 0, 1, 0, 2, 0, 0],
};
const TOKEN = encodeToken(EXAMPLE);

describe("a token", () => {
  it("gives back any run", () => {
    fc.assert(
      fc.property(run, (pinned) => {
        fc.pre(encodeToken(pinned).length <= 20_000);
        expect(decodeToken(encodeToken(pinned))).toEqual({ run: pinned });
      }),
      { numRuns: 500 },
    );
  });

  it("gives back the example, and says its model", () => {
    expect(decodeToken(TOKEN)).toEqual({ run: EXAMPLE });
    expect(TOKEN).toMatch(new RegExp(`^sm${MODEL}\\.[A-Za-z0-9_-]+$`));
  });

  it("of this model never changes its meaning", () => {
    expect(encodeToken(EXAMPLE)).toMatchInlineSnapshot(
      `"sm10.AzYuMAEBAQ0OdW53cml0dGVuLXRhaWwwDAwCCAAwAAAoCAACAQEAACgDAskBAAdvZGQtb25lAgUABwsBAAACAAADASEHAgEBArflOzk"`,
    );
  });

  it("of this model never renumbers thread names or operations", () => {
    const range = { from: 0, to: 512 };
    const names = "writer mapper flusher reader evicter syncer truncater allocator a b c d e".split(" ");
    const ops: Op[] = [
      { kind: "write", ...range },
      { kind: "store", ...range },
      { kind: "load", ...range },
      { kind: "read", ...range },
      { kind: "writeback", ...range },
      { kind: "fsync", ...WHOLE },
      { kind: "evict", ...range },
      { kind: "truncate", from: 512, to: 512 },
      { kind: "fallocate", ...range, keepSize: true },
      { kind: "punch", ...range },
      { kind: "zero", ...range },
      { kind: "sync_file_range", ...range },
      { kind: "fadvise", ...range },
      { kind: "collapse", ...range },
      { kind: "insert", ...range },
      { kind: "append", ...range },
      { kind: "msync", ...range },
      { kind: "madvise", ...range },
      { kind: "unshare", ...range },
      { kind: "close", ...WHOLE },
      { kind: "copy_range", ...range, target: 512 },
      { kind: "write_zeroes", ...range },
    ];
    const threads = names.map((name, i) => ({ name, ops: name === "e" ? ops.slice(i) : [ops[i]!] }));
    const token = encodeToken({ ...EXAMPLE, scenario: { ...EXAMPLE.scenario, threads } });
    expect(token).toMatchInlineSnapshot(
      `"sm10.AzYuMAEBAQ0OdW53cml0dGVuLXRhaWwwDAwCCAAwAAAoCAANAQEAAAIAAgEBAAIDAQIAAgQBAwACAAUBBAACBgEFAAcBBgACCAEHAgkBCAACAQoBCQACCwEKAAIADAELAAIAAWUKDAACDQACDgACDwIQAAIRAAISAAIAExQAAgECFQACAQAAAgAAAwEhBwIBAQIOVXym"`,
    );
    expect(decodeToken(token)).toHaveProperty("run.scenario.threads", threads);
  });

  it("differs where runs differ", () => {
    fc.assert(
      fc.property(run, run, (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        expect(encodeToken(a)).not.toBe(encodeToken(b));
      }),
    );
  });

  it("stays short for a witness", () => {
    const { budget, oracles, ...rest } = EXAMPLE.scenario;
    const zero = Object.fromEntries(Object.keys(budget).map((k) => [k, 0])) as unknown as typeof budget;
    expect(oracles).toBeDefined();
    const scenario: Scenario = { ...rest, budget: zero };
    const { variant } = EXAMPLE;
    expect(encodeToken({ scenario, variant, choices: [0, 1, 0, 0, 2] }).length).toBeLessThan(120);
  });
});

/** The problem of a token that cannot be read: a sentence about it. */
function problem(text: string): string {
  const decoded = decodeToken(text);
  if (!("problem" in decoded)) throw new Error(`${text} was read`);
  expect(decoded.problem).toMatch(/^its? .{10}/);
  return decoded.problem;
}

function checksum(bytes: Uint8Array): number {
  let h = 0x811c9dc5;
  for (const byte of bytes) h = Math.imul(h ^ byte, 0x01000193);
  return h >>> 0;
}
/** A token with these bytes and a checksum that fits them. */
function sealed(bytes: ArrayLike<number>): string {
  const body = Buffer.from(Uint8Array.from(bytes));
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(checksum(body));
  return `sm${MODEL}.${Buffer.concat([body, sum]).toString("base64url")}`;
}
const BODY = [...Buffer.from(TOKEN.slice(TOKEN.indexOf(".") + 1), "base64url")].slice(0, -4);

/** A run if the bytes happen to be one, else a sentence; and nothing in a run that is not a number. */
function readsOrRefuses(token: string): void {
  const decoded = decodeToken(token);
  if ("problem" in decoded) {
    expect(decoded.problem).toMatch(/^its? .{10}/);
    return;
  }
  const { run } = decoded;
  for (const n of [...run.choices, ...Object.values(run.scenario.budget), run.scenario.file.size])
    expect(Number.isSafeInteger(n) && n >= 0).toBe(true);
  expect(decodeToken(encodeToken(run))).toEqual({ run });
}

describe("a hostile token", () => {
  it("cut at any length is refused", () => {
    for (let n = 0; n < TOKEN.length; n++) problem(TOKEN.slice(0, n));
  });

  it("with any character changed is refused, though it may still spell the same bytes", () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const start = TOKEN.indexOf(".") + 1;
    for (let i = start; i < TOKEN.length; i++) {
      for (const c of alphabet) {
        const changed = TOKEN.slice(0, i) + c + TOKEN.slice(i + 1);
        if (changed !== TOKEN) problem(changed);
      }
    }
  });

  it.each([
    "",
    "sm",
    "sm2",
    `sm${MODEL}`,
    `sm${MODEL}.`,
    `sm${MODEL}.AAAA`,
    `sm${MODEL}.AAAAAAAA`,
    ` ${TOKEN}`,
    `${TOKEN}\n`,
    `${TOKEN}=`,
    `${TOKEN}.`,
    TOKEN.toUpperCase(),
    TOKEN.replace(".", ":"),
    `sm${MODEL + 1}.${TOKEN.slice(TOKEN.indexOf(".") + 1)}`,
    "sm0.AAAAAAAA",
    "sm999999999999999999999.AAAA",
    "\u0000",
    "../../etc/passwd",
  ])("spelt %j is refused", (text) => {
    problem(text);
  });

  it("of no more bytes than its checksum has is cut short", () => {
    expect(problem(`sm${MODEL}.`)).toBe("it is cut short");
    expect(problem(sealed([]))).toBe("it is cut short");
  });

  it("with numbers longer than they need be is refused", () => {
    expect(decodeToken(sealed(BODY))).toHaveProperty("run");
    expect(problem(sealed([BODY[0]! + 128, 0, ...BODY.slice(1)]))).toBe("it is not written as tokens are");
  });

  it("of another model names both", () => {
    expect(problem(TOKEN.replace(`sm${MODEL}`, "sm77"))).toContain(`model 77 and this is model ${MODEL}`);
  });

  it("with a checksum that fits is read or refused, whichever byte changed", () => {
    for (let i = 0; i < BODY.length; i++) {
      for (const value of [0, 1, 2, 127, 128, 200, 255, BODY[i]! ^ 1, BODY[i]! ^ 64]) {
        readsOrRefuses(sealed([...BODY.slice(0, i), value, ...BODY.slice(i + 1)]));
      }
      readsOrRefuses(sealed([...BODY.slice(0, i), ...BODY.slice(i + 1)]));
      readsOrRefuses(sealed([...BODY.slice(0, i), 7, ...BODY.slice(i)]));
      readsOrRefuses(sealed(BODY.slice(0, i)));
    }
  });

  it("with a checksum that fits any bytes is read or refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => readsOrRefuses(sealed(bytes))),
      { numRuns: 3000 },
    );
    fc.assert(
      fc.property(fc.nat(BODY.length), fc.uint8Array({ maxLength: 60 }), (n, bytes) =>
        readsOrRefuses(sealed([...BODY.slice(0, n), ...bytes])),
      ),
      { numRuns: 3000 },
    );
  });

  const HUGE = [255, 255, 255, 255, 255, 255, 255, 15];
  const OVER = [...HUGE.slice(0, -1), 255, 255, 1];
  /** 0 in so many bytes that the place value of the last is no number any more. */
  const ENDLESS = [...new Array<number>(200).fill(128), 0];

  it.each<[string, number[]]>([
    ["a number of 2^53 - 1", HUGE],
    ["a number over 2^53", OVER],
    ["a number that never ends", new Array<number>(500).fill(255)],
  ])("with %s in place of any byte is read or refused", (_, number) => {
    for (let i = 0; i < BODY.length; i++)
      readsOrRefuses(sealed([...BODY.slice(0, i), ...number, ...BODY.slice(i + 1)]));
  });

  it("with zero spelt in 200 bytes is read or refused", () => {
    for (let i = 0; i < BODY.length; i++)
      readsOrRefuses(sealed([...BODY.slice(0, i), ...ENDLESS, ...BODY.slice(i + 1)]));
  });

  it("with a program that a file could not hold is refused", () => {
    const refused = (change: Partial<Scenario>): string =>
      problem(encodeToken({ ...EXAMPLE, scenario: { ...EXAMPLE.scenario, ...change } }));
    const write = { kind: "write" as const, from: 512, to: 1024 };
    const bad: Partial<Scenario>[] = [
      { name: "../x" },
      { name: "" },
      { file: { size: 0, block: 4096, page: 2048 } },
      { file: { size: 0, block: 256, page: 4096 } },
      { setup: [{ ...write, to: 512 }] },
      { setup: [{ ...write, faultAt: 0 }] },
      { setup: [{ ...write, shortCopy: 512 }] },
      { setup: [{ ...write, to: 512 + 65 * 4096 }] },
      { threads: [{ name: "setup", ops: [write] }] },
      {
        threads: [
          { name: "a", ops: [write] },
          { name: "a", ops: [write] },
        ],
      },
    ];
    for (const change of bad)
      expect(refused(change), JSON.stringify(change)).toMatch(/^its program is not valid/);
  });

  it("cannot ask for more than the language allows, and is refused at once", () => {
    const text = (s: string): number[] => [s.length, ...Buffer.from(s)];
    const head = [...text("6.0"), 0, 0, ...text("t"), 24, 12, 12];
    const before = performance.now();
    expect(problem(sealed([...text("6.0"), 250, 1]))).toContain("where less than");
    expect(problem(sealed([...head, 65]))).toContain("where less than 65");
    expect(problem(sealed([...head, 0, 17]))).toContain("where less than 17");
    expect(problem(sealed([...head, 0, 1, 1, 65]))).toContain("where less than 65");
    expect(problem(sealed([200, 1]))).toContain("where less than 200");
    expect(problem(sealed([199, 1, 65]))).toContain("cut short");
    const threads = [1, 1, 1, 2, 0, 16];
    const rest = new Array<number>(9).fill(0);
    const good = [...head, 0, ...threads, ...rest];
    expect(decodeToken(sealed([...good, 0]))).toHaveProperty("run");
    expect(problem(sealed([...good, ...OVER]))).toContain("over 2^53");
    expect(problem(sealed([...good, 0xa0, 0x8d, 6]))).toContain("100000");
    expect(problem(sealed([...good, 3, 3, 1]))).toContain("past their end");
    expect(problem(sealed([...good, 3, ...HUGE, 1]))).toContain("past their end");
    expect(problem(`sm${MODEL}.${"A".repeat(1_000_000)}`)).toContain("longer than");
    const start = `sm${MODEL}.`;
    expect(problem(start.padEnd(20_000, "A"))).toContain("checksum");
    expect(problem(start.padEnd(20_001, "A"))).toContain("longer than 20000");
    expect(performance.now() - before).toBeLessThan(5000);
  });

  it("as large as it may be is dealt with in a moment", () => {
    const text = (s: string): number[] => [s.length, ...Buffer.from(s)];
    const op = [0, 2, 2, 0];
    const ops = (n: number): number[] => [n, ...Array.from({ length: n }, () => op).flat()];
    const names = Array.from({ length: 16 }, (_, i) => `t${i}`);
    const threads = names.flatMap((n) => [0, ...text(n), ...ops(64)]);
    const rest = new Array<number>(9).fill(0);
    const token = sealed([
      ...text("6.0"),
      0,
      0,
      ...text("t"),
      24,
      12,
      12,
      ...ops(64),
      16,
      ...threads,
      ...rest,
      0x9f,
      0x8d,
      6,
    ]);
    const before = performance.now();
    const decoded = decodeToken(token);
    expect(performance.now() - before).toBeLessThan(5000);
    expect("run" in decoded && decoded.run.choices.length).toBe(99_999);
    expect("run" in decoded && decoded.run.scenario.threads.length).toBe(16);
  });
});

describe("the largest offsets", () => {
  const sized = (size: number): RunSpec => ({
    ...EXAMPLE,
    scenario: { ...EXAMPLE.scenario, file: { ...EXAMPLE.scenario.file, size } },
  });

  it.each([2 ** 52 - 1, 2 ** 52, 2 ** 53 - 512])("%d goes into a token", (size) => {
    expect(decodeToken(encodeToken(sized(size)))).toEqual({ run: sized(size) });
  });

  it.each([2 ** 52 + 1, 2 ** 53 - 1])("%d goes into a token", (size) => {
    expect(decodeToken(encodeToken(sized(size)))).toEqual({ run: sized(size) });
  });
});
