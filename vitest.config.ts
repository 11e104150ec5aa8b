import { defineConfig } from "vitest/config";
import { checksOn } from "./test/checks-on.js";
import { pageAssets } from "./test/page-assets.js";

export default defineConfig({
  plugins: [checksOn, pageAssets],
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
