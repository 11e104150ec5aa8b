import { defineConfig } from "vitest/config";
import { checksOn } from "./test/checks-on.js";

export default defineConfig({
  plugins: [checksOn],
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/scratch.ts", "test/setup.ts"],
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
