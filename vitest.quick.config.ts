import { defineConfig } from "vitest/config";
import { builtSources } from "./test/built-sources.js";
import { checksOn } from "./test/checks-on.js";
import { pageAssets } from "./test/page-assets.js";
import { SLOW } from "./vitest.slow.js";

/** Of the short ones, those that take seconds; nearly all of their rooms have others. */
const SECONDS = [
  "test/backport/backport.test.ts",
  "test/campaign/store.test.ts",
  "test/check/slow-oracle.test.ts",
  "test/cli/run-input.test.ts",
  "test/explain/explain-run.test.ts",
  "test/explore/{engine,finding,fit,laps,merged,order,reduced,references,schedule,statistics,strategies,trace,trace-changes}.test.ts",
  "test/explore/search/canonical.test.ts",
  "test/force/{moves,program-of-moves}.test.ts",
  "test/kernel/registers.test.ts",
  "test/real/{events,sample-traces}.test.ts",
  "test/real/walk/{mutants,walk}.test.ts",
  "test/scenario/{fsx-log,parse,print,programs,schema,token}.test.ts",
  "test/tree/read-tree.test.ts",
  "test/verdict/{public-reports,real-verdicts,verdict-limits}.test.ts",
];

/** `npm run test:quick`: the tests to run after every change, without the built program. */
export default defineConfig({
  plugins: [builtSources, checksOn, pageAssets],
  test: {
    include: ["test/**/*.test.ts"],
    exclude: [...SLOW, ...SECONDS],
    globalSetup: ["test/scratch.ts"],
    testTimeout: 300_000,
    pool: "forks",
    isolate: false,
    maxWorkers: "100%",
  },
});
