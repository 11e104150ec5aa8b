import { defineConfig } from "vitest/config";
import { checksOn } from "./test/checks-on.js";
import { pageAssets } from "./test/page-assets.js";
import { SLOW } from "./vitest.slow.js";

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
