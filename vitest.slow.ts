/** What takes long, or minds what its process did before: the built program, compilers and kernels, whatever looks at very many runs. */
export const SLOW = [
  "test/e2e/**/*.test.ts",
  "test/bisect/{necessity,witnesses}.test.ts",
  "test/explore/{exhaustive,grid,limits,cached-runs,estimate}.test.ts",
  "test/fuzz/case.test.ts",
  "test/mutated/*.test.ts",
  "test/real/{conform,export-c,native,recording-session,trace-format}.test.ts",
  "test/shrink/**/*.test.ts",
  "test/workers/**/*.test.ts",
];
