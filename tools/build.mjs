/**
 * Builds the program into dist: one entry file, one per worker, and the chunks that commands load when they are used,
 * with all packages inside but those under `dependencies`, and the folder of a new store. `dev` builds the benchmarks and long checks into dist/dev instead. Types are not looked at
 * here: `npm run lint` does.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { pageAssets } from "./build-page.mjs";
import { mergeChunks } from "./merge-chunks.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const { version, dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const isDev = process.argv[2] === "dev";

const workers = readdirSync(join(ROOT, "src/workers")).filter((name) => name.endsWith("worker.ts"));
const ENTRIES = isDev
  ? { bench: "src/dev/bench/main.ts", accept: "src/dev/accept/main.ts" }
  : {
      main: "src/cli/main.ts",
      ...Object.fromEntries(workers.map((name) => [name.slice(0, -3), `src/workers/${name}`])),
    };

/** The commit that is built, with a mark when something is changed since. */
function commit() {
  try {
    const git = (...args) => execFileSync("git", args, { cwd: ROOT, encoding: "utf8", stdio: "pipe" }).trim();
    return git("describe", "--always", "--dirty=+", "--abbrev=12", "--exclude=*");
  } catch {
    return "unknown";
  }
}

/** The licences of the packages inside. */
function licences(inputs) {
  const folders = Object.keys(inputs).flatMap((file) => /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []);
  return [...new Set(folders)].sort().map((folder) => {
    const path = join(ROOT, folder);
    const { name, version, license } = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
    const file = readdirSync(path).find((one) => /^licen[cs]e/i.test(one));
    const text = file === undefined ? "" : readFileSync(join(path, file), "utf8").trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
}

/** The folder of a new store, made once per version of what makes it. */
function newStore() {
  const { version } = JSON.parse(
    readFileSync(join(ROOT, "node_modules/@electric-sql/pglite/package.json"), "utf8"),
  );
  const script = join(ROOT, "tools/build-store.mjs");
  const digest = createHash("sha256").update(readFileSync(script)).digest("hex").slice(0, 12);
  const cache = join(ROOT, "node_modules/.cache/stalemap");
  const made = join(cache, `store-${version}-${digest}.br`);
  mkdirSync(cache, { recursive: true });
  if (!existsSync(made)) execFileSync(process.execPath, [script, made], { cwd: ROOT, stdio: "pipe" });
  return readFileSync(made);
}

const folder = join(ROOT, isDev ? "dist/dev" : "dist");
const options = {
  absWorkingDir: ROOT,
  entryPoints: ENTRIES,
  outdir: folder,
  bundle: true,
  plugins: [pageAssets],
  external: Object.keys(dependencies),
  splitting: true,
  write: false,
  metafile: true,
  platform: "node",
  format: "esm",
  target: "node20",
  chunkNames: "[name]-[hash]",
  minifyWhitespace: true,
  lineLimit: 120,
  legalComments: "none",
  // Packages of the older kind ask for Node's own modules.
  banner: { js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);` },
  logLevel: "warning",
  define: {
    STALEMAP_VERSION: JSON.stringify(version),
    STALEMAP_COMMIT: JSON.stringify(commit()),
  },
};
const { outputFiles, metafile } = await build(options);
mkdirSync(folder, { recursive: true });
const files = new Map(outputFiles.map(({ path, contents }) => [path, Buffer.from(contents)]));
if (!isDev) {
  await mergeChunks(files, metafile.outputs, options);
  files.set(join(folder, "store.br"), newStore());
}
files.set(join(folder, "LICENCES.txt"), licences(metafile.inputs).join(`\n${"-".repeat(72)}\n\n`));
// What runs from here meanwhile finds its chunks: those that are the same are left alone.
for (const [path, contents] of files) {
  if (existsSync(path) && readFileSync(path).equals(Buffer.from(contents))) continue;
  writeFileSync(path, contents);
}
for (const name of readdirSync(folder)) {
  const path = join(folder, name);
  if (!files.has(path) && path !== `${ROOT}dist${sep}dev`) rmSync(path, { recursive: true });
}
