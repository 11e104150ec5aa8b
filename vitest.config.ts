import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { builtSources } from "./test/built-sources.js";
import { checksOn } from "./test/checks-on.js";
import { pageAssets } from "./test/page-assets.js";
import { LONGEST, SLOW } from "./vitest.slow.js";

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(name));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  plugins: [builtSources, checksOn, pageAssets],
  test: {
    // The many short ones share what they load; what takes long, or changes its process, has one of its own.
    projects: [
      {
        extends: true,
        test: { name: "short", include: ["test/**/*.test.ts"], exclude: SLOW, isolate: false },
      },
      { extends: true, test: { name: "long", include: SLOW } },
    ],
    sequence: { sequencer: LongestFirst },
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
