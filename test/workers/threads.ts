/** The threads of a search as the program has them, bundled from the sources. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type * as OffThread from "../../src/workers/explore-off-thread.js";

/** What src/workers/explore-off-thread.ts exports, beside its worker files. */
export async function bundledThreads(): Promise<typeof OffThread> {
  const outdir = mkdtempSync(join(tmpdir(), "threads-"));
  await build({
    entryPoints: ["explore-off-thread", "explore-worker", "search-worker"].map(
      (name) => `src/workers/${name}.ts`,
    ),
    outdir,
    outExtension: { ".js": ".js" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
    banner: {
      js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`,
    },
  });
  return import(pathToFileURL(join(outdir, "explore-off-thread.js")).href);
}
