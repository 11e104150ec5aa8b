import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/setup.ts"],
    testTimeout: 300_000,
    pool: "forks",
    maxWorkers: "100%",
    coverage: {
      include: ["src/{kernel,check,explore,shrink}/**/*.ts"],
      reporter: ["text", "json-summary"],
      thresholds: { lines: 95 },
    },
  },
});
