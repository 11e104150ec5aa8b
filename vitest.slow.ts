/** What takes long, or minds what its process did before: the built program, compilers and kernels, whatever looks at very many runs. */
export const SLOW = [
  "test/e2e/**/*.test.ts",
  "test/bisect/{necessity,witnesses}.test.ts",
  "test/explore/{exhaustive,grid,limits,cached-runs,estimate}.test.ts",
  "test/fuzz/case.test.ts",
  // A shell cannot be forked from a process that has tried how much memory there is.
  "test/{cli/output-files,report/shell-words}.test.ts",
  "test/mutated/*.test.ts",
  "test/real/{conform,export-c,native,recording-session,trace-format}.test.ts",
  "test/shrink/**/*.test.ts",
  "test/workers/**/*.test.ts",
];

/** Of these the longest, which start first: the last minute has work for every core. */
export const LONGEST = [
  // Waits for workers that are silent.
  "test/e2e/campaign.test.ts",
  "test/e2e/faults.test.ts",
  "test/explore/exhaustive.test.ts",
  "test/e2e/real.test.ts",
  "test/shrink/same-kind.test.ts",
  "test/e2e/run.test.ts",
  "test/real/conform.test.ts",
  "test/e2e/determinism.test.ts",
  "test/e2e/pages.test.ts",
  "test/real/native.test.ts",
];
