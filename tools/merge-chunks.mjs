/**
 * Puts chunks that are loaded together into one: each file of its own costs a start more than what is in it. What most
 * commands load is one, and what --help loads too is another.
 */
import { basename, dirname } from "node:path";
import { build } from "esbuild";

/** What is loaded with nearly every command, beside its own. */
const ALWAYS = ["src/cli/command.ts", "src/cli/running.ts", "src/report/formats/text.ts"];
/** How esbuild writes an import of a chunk, with `minifyWhitespace`. */
const IMPORT = /import(?:\{([^}]*)\}from)?"\.\/(chunk-\w+\.js)";/g;

/** `files`: the texts of what was built, by path; `outputs`: esbuild's description of them; `options`: how they were built. */
export async function mergeChunks(files, outputs, options) {
  const folder = dirname([...files.keys()][0]);
  const byName = new Map(Object.entries(outputs).map(([path, about]) => [basename(path), about]));
  const start = chunksOf(byName, "main.js");
  const loads = (isWanted) =>
    [...byName].flatMap(([name, { entryPoint = "" }]) => (isWanted(entryPoint) ? [chunksOf(byName, name)] : []));
  const commands = loads((file) => file.startsWith("src/cli/commands/"));
  const always = loads((file) => ALWAYS.includes(file));
  const isCommon = (name) =>
    always.some((set) => set.has(name)) || commands.filter((set) => set.has(name)).length * 4 > commands.length;
  const common = [...byName.keys()].filter((name) => !start.has(name) && isCommon(name));
  const home = new Map([
    ...[...start].map((name) => [name, "start.js"]),
    ...common.map((name) => [name, "common.js"]),
  ]);
  const text = (name) => files.get(`${folder}/${name}`);
  for (const merged of new Set(home.values())) {
    const parts = [...home.keys()].filter((name) => home.get(name) === merged).sort();
    const code = await together(parts, byName, text, options);
    files.set(`${folder}/${merged}`, Buffer.from(moved(code, home)));
  }
  for (const name of home.keys()) files.delete(`${folder}/${name}`);
  for (const [path, contents] of files)
    if (path.endsWith(".js")) files.set(path, Buffer.from(moved(contents.toString(), home)));
}

/** The chunks that are loaded with a file, itself not counted. */
function chunksOf(byName, name, seen = new Set()) {
  for (const { path, kind } of byName.get(name).imports) {
    const next = basename(path);
    if (kind !== "import-statement" || !next.startsWith("chunk-") || seen.has(next)) continue;
    seen.add(next);
    chunksOf(byName, next, seen);
  }
  return seen;
}

/** One module of several chunks, each export with its chunk's name before its own. */
async function together(parts, byName, text, options) {
  const exports = parts.map((name) => {
    const names = byName.get(name).exports.map((one) => `${one} as ${inMerged(name, one)}`);
    return `export {${names}} from "./${name}";`;
  });
  const chunks = {
    name: "chunks",
    setup(using) {
      using.onResolve({ filter: /^\.\// }, ({ path, kind }) => {
        const isInside = kind === "import-statement" && parts.includes(path.slice(2));
        return isInside ? { path, namespace: "chunk" } : { path, external: true };
      });
      using.onLoad({ filter: /./, namespace: "chunk" }, ({ path }) => ({
        contents: text(path.slice(2)).toString().replace(options.banner.js, ""),
        loader: "js",
      }));
    },
  };
  const { outputFiles } = await build({
    ...options,
    stdin: { contents: exports.join("\n") },
    plugins: [chunks],
    splitting: false,
    metafile: false,
    entryPoints: undefined,
    outdir: undefined,
  });
  return outputFiles[0].text;
}

function inMerged(chunk, name) {
  return `${chunk.replace(/\W/g, "_")}_${name}`;
}

/** The code with its imports of chunks from where they are now. */
function moved(code, home) {
  const done = new Set();
  return code.replace(IMPORT, (whole, names = "", chunk) => {
    const merged = home.get(chunk);
    if (merged === undefined) return whole;
    const renamed = names
      .split(",")
      .filter((name) => name !== "")
      .map((name) => {
        const [, theirs, ours = theirs] = /^\s*([\w$]+)(?: as ([\w$]+))?\s*$/.exec(name);
        return `${inMerged(chunk, theirs)} as ${ours}`;
      });
    if (renamed.length > 0) return `import{${renamed}}from"./${merged}";`;
    if (done.has(merged)) return "";
    done.add(merged);
    return `import"./${merged}";`;
  });
}
