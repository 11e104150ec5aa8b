import { defineConfig } from "vitest/config";
import { checksOn } from "./test/checks-on.js";
import { pageAssets } from "./test/page-assets.js";

/** What takes long: the built program, compilers and kernels, and whatever looks at very many runs. */
const SLOW = [
  "test/e2e/**",
  "test/bisect/{necessity,witnesses}.test.ts",
  "test/explore/{exhaustive,grid,limits,cached-runs,estimate}.test.ts",
  "test/fuzz/case.test.ts",
  "test/real/{conform,export-c,native,recording-session,trace-format}.test.ts",
  "test/shrink/**",
  "test/workers/**",
];

/** `npm run test:quick`: the tests to run after every change, in one process without a build. */
export default defineConfig({
  plugins: [checksOn, pageAssets],
  test: {
    include: ["test/**/*.test.ts"],
    exclude: SLOW,
    globalSetup: ["test/scratch.ts"],
    testTimeout: 300_000,
    pool: "threads",
    isolate: false,
    maxWorkers: "100%",
  },
});
