import { defineConfig } from "vitest/config";
import { builtSources } from "./test/built-sources.js";
import { checksOn } from "./test/checks-on.js";
import { pageAssets } from "./test/page-assets.js";
import { SLOW } from "./vitest.slow.js";

/** `npm run test:quick`: the tests to run after every change, without the built program. */
export default defineConfig({
  plugins: [builtSources, checksOn, pageAssets],
  test: {
    include: ["test/**/*.test.ts"],
    exclude: SLOW,
    globalSetup: ["test/scratch.ts"],
    testTimeout: 300_000,
    pool: "forks",
    isolate: false,
    maxWorkers: "100%",
  },
});
