import { defineConfig } from "vitest/config";

/** `npm run mutants`: the tests that mutants of ghost, tokens, cost and search are run against. No built program. */
export default defineConfig({
  test: {
    include: [
      "test/check/*.test.ts",
      "test/scenario/token.test.ts",
      "test/fuzz/compatibility.test.ts",
      "test/shrink/{cost,shrink}.test.ts",
      "test/explore/{order,limits,frontier}.test.ts",
    ],
    testTimeout: 300_000,
  },
});
