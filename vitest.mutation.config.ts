import { defineConfig } from "vitest/config";

/**
 * `npm run mutants`: the tests that mutants of ghost, tokens, cost and search are run against, each a direct and quick
 * one, because a mutant is run against all that reach it. No built program.
 */
export default defineConfig({
  test: {
    include: [
      "test/shrink/cost.test.ts",
      "test/scenario/{byte-stream,token}.test.ts",
      "test/explore/search/*.test.ts",
      "test/explore/{estimate,order}.test.ts",
      "test/check/ghost.test.ts",
    ],
    testTimeout: 300_000,
  },
});
