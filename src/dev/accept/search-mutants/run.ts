/**
 * `accept -- search-mutants`: the search with each guard of its reductions changed (table.ts), bundled from the sources, on the
 * program that the guard is there for, or on all where none is known. A mutant lives when the search says the same as without
 * reductions, at no higher cost than with them.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire as requireFrom } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { GuardedProgram } from "./guarded-program.js";
import type * as Judge from "./judge.js";
import { type Judged, judged } from "./judge.js";
import type { SearchMutant } from "./mutant.js";
import { PROGRAMS } from "./programs.js";
import { MUTANTS } from "./table.js";

const FOLDER = "src/explore/search/";

/** The source with the mutant's change. */
export function mutatedSource({ name, file, is, becomes }: SearchMutant): string {
  const parts = readFileSync(`${FOLDER}${file}`, "utf8").split(is);
  if (parts.length !== 2) throw new Error(`${name}: ${file} has its text ${parts.length - 1} times`);
  return parts.join(becomes);
}

async function withMutant(mutant: SearchMutant, outfile: string): Promise<typeof Judge> {
  // Not bundled: it has a program of its own.
  const { build } = requireFrom(import.meta.url)("esbuild") as typeof import("esbuild");
  await build({
    entryPoints: ["src/dev/accept/search-mutants/judge.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
    banner: {
      js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`,
    },
    plugins: [
      {
        name: "mutant",
        setup: (builder) =>
          builder.onLoad({ filter: /\/src\/explore\/search\/[^/]*\.ts$/ }, ({ path }) =>
            path.endsWith(`${FOLDER}${mutant.file}`)
              ? { contents: mutatedSource(mutant), loader: "ts" }
              : undefined,
          ),
      },
    ],
  });
  return import(pathToFileURL(outfile).href);
}

/** How the mutant shows on the program; undefined: it does not. */
function shows(mutant: typeof Judge, name: string, program: GuardedProgram): string | undefined {
  const whole = judged(name, program, false);
  let found: Judged;
  try {
    found = mutant.judged(name, program, true);
  } catch (error) {
    return `fails: ${String(error).slice(0, 60)}`;
  }
  if (found.says !== whole.says) return "says something else";
  return found.work > judged(name, program, true).work ? "costs more" : undefined;
}

export async function searchMutants(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "search-mutants-"));
  let isMet = true;
  try {
    for (const [n, mutant] of MUTANTS.entries()) {
      const module = await withMutant(mutant, join(folder, `${n}.mjs`));
      const { program } = mutant;
      const programs =
        program === undefined ? Object.entries(PROGRAMS) : [[program, PROGRAMS[program]] as const];
      const shown = programs.flatMap(([name, one]) => {
        const how = shows(module, name, one);
        return how === undefined ? [] : [`${how} (${name})`];
      });
      const isAsSaid =
        shown.length > 0 === (program !== undefined) &&
        shown.some((how) => how.startsWith("costs")) === (mutant.costs === true);
      if (!isAsSaid) isMet = false;
      const known = program === undefined ? "lives, as is said in the source" : "LIVES";
      console.log(
        `${mutant.file}, ${mutant.name}: ${shown.join(", ") || known}${isAsSaid ? "" : " (the table says otherwise)"}`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return isMet;
}
