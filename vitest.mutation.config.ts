import { defineConfig } from "vitest/config";

/** The tests that need no built program: what mutants are run against (`npm run mutants`). */
export default defineConfig({
  test: {
    include: ["test/{check,explore,shrink,scenario}/**/*.test.ts"],
    testTimeout: 300_000,
  },
});
