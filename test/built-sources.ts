/**
 * Tests load src as esbuild bundles it, as the program is made, with its packages beside it: in half the time that it
 * takes module by module, where each constant of another file is looked up in an object. Built once per run of the
 * tests. Watching and line coverage need the files themselves, and load those.
 */
import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Plugin as BuildPlugin, build } from "esbuild";
import type { Plugin } from "vitest/config";
import { checked } from "./checks-on.js";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SRC = join(ROOT, "src/");
const FOLDER = "built-sources";

/** Modules of src that tests name, without their endings. */
function named(): Set<string> {
  const files = readdirSync(join(ROOT, "test"), { recursive: true, encoding: "utf8" });
  const texts = files
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(ROOT, "test", file), "utf8"));
  const names = texts.flatMap((text) => [...text.matchAll(/"(?:\.\.\/)+src\/([^"]+)\.js"/g)]);
  return new Set(names.map(([, name]) => name!));
}

const checksOn: BuildPlugin = {
  name: "checks-on",
  setup: (builder) =>
    builder.onLoad({ filter: /\/src\/kernel\/machine\/checks\.ts$/ }, ({ path }) => ({
      loader: "ts",
      contents: checked(readFileSync(path, "utf8")),
    })),
};

/** Builds what tests name into the folder of this run's temporary files; where that is. */
async function built(): Promise<string> {
  const outdir = join(tmpdir(), FOLDER);
  const names = named();
  const sources = readdirSync(SRC, { recursive: true, encoding: "utf8" });
  // As if from dist, for what looks for files of the package.
  const url = pathToFileURL(join(ROOT, "dist/main.js"));
  const { pageAssets } = (await import(new URL("tools/build-page.mjs", pathToFileURL(ROOT)).href)) as {
    pageAssets: BuildPlugin;
  };
  await build({
    absWorkingDir: ROOT,
    entryPoints: sources.filter((file) => names.has(file.replace(/\.tsx?$/, ""))).map((file) => SRC + file),
    outbase: SRC,
    outdir,
    bundle: true,
    splitting: true,
    packages: "external",
    plugins: [checksOn, pageAssets],
    define: {
      "import.meta.url": JSON.stringify(url.href),
      "import.meta.dirname": JSON.stringify(join(ROOT, "dist")),
    },
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "linked",
    logLevel: "warning",
  });
  symlinkSync(join(ROOT, "node_modules"), join(outdir, "node_modules"));
  return outdir;
}

let isOff = false;
/** The projects of one run load this module each, and build once. */
const shared = globalThis as { builtSources?: Promise<string> };

export const builtSources: Plugin = {
  name: "built-sources",
  enforce: "pre",
  config: () => ({
    test: {
      server: { deps: { external: [new RegExp(`/${FOLDER}/`)] } },
      // As bin/stalemap.js sets it.
      execArgv: ["--max-inlined-bytecode-size-cumulative=3000"],
    },
  }),
  configureVitest: ({ vitest: { config } }) => {
    isOff = config.watch || config.coverage.enabled;
  },
  resolveId: async (id, importer) => {
    if (isOff || importer === undefined || !id.startsWith(".")) return undefined;
    const path = resolve(dirname(importer), id);
    if (!path.startsWith(SRC)) return undefined;
    shared.builtSources ??= built();
    return join(await shared.builtSources, path.slice(SRC.length));
  },
};
