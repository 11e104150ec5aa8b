/**
 * Issue-sized checks outside CI: `npm run accept -- fuzz|mutants|cured|repro|snapshot|queue|backports|logs|pages|search-mutants [minutes]` and `npm run accept -- traces
 * FOLDER...`. Each prints its figures and what they are to be held against; exit 1 when one is missed.
 */
import { backports } from "./backport-document.js";
import { campaignQueue } from "./campaign-queue.js";
import { cured } from "./cured.js";
import { firstFindings } from "./first-findings.js";
import { forcedMutants } from "./forced-mutants.js";
import { forcedWalks } from "./forced-walks.js";
import { forcedWitnesses, keepWitnesses } from "./forced-witnesses.js";
import { fsxLogs } from "./fsx-logs.js";
import { htmlPages } from "./html-pages.js";
import { mutants } from "./mutants.js";
import { reproductions } from "./reproductions.js";
import { searchMutants } from "./search-mutants/run.js";
import { snapshot } from "./token-snapshot.js";
import { traces } from "./traces.js";
import { walkFigures } from "./walk-figures.js";

/** By name, each with what it makes of the words behind its own; undefined when they mean nothing to it. */
const CHECKS: { readonly [name: string]: (words: readonly string[]) => Promise<boolean | undefined> } = {
  fuzz: forMinutes(firstFindings),
  mutants: forMinutes(mutants),
  cured: forMinutes(cured),
  repro: forMinutes(reproductions),
  snapshot: forMinutes(snapshot),
  queue: forMinutes(campaignQueue),
  backports: async () => backports(),
  logs: async () => fsxLogs(),
  pages: async () => htmlPages(),
  "search-mutants": async () => searchMutants(),
  forced: async (kernels) => (kernels.length === 0 ? undefined : forcedWitnesses(kernels)),
  "keep-witnesses": async ([folder, ...kernels]) =>
    folder === undefined || kernels.length === 0 ? undefined : keepWitnesses(folder, kernels),
  "forced-mutants": async (folders) =>
    folders.length === 0
      ? undefined
      : forcedMutants(
          folders.filter((one) => one !== "--choose"),
          folders.includes("--choose"),
        ),
  walks: async (words) => {
    const [folder, runs, ...kernels] = words.filter((word) => !word.startsWith("--seed="));
    const seed = words.find((word) => word.startsWith("--seed="))?.slice("--seed=".length);
    if (folder === undefined || kernels.length === 0) return undefined;
    return forcedWalks(folder, Number(runs), kernels, seed);
  },
  "walk-figures": async ([folder]) => (folder === undefined ? undefined : walkFigures(folder)),
  traces: async (folders) => (folders.length === 0 ? undefined : traces(folders)),
};

function forMinutes(check: (minutes: number) => boolean | Promise<boolean>) {
  return async ([minutes = "10"]: readonly string[]) =>
    Number(minutes) > 0 ? check(Number(minutes)) : undefined;
}

const [name = "", ...words] = process.argv.slice(2);
const isMet = await CHECKS[name]?.(words);
if (isMet === undefined) {
  const names = Object.keys(CHECKS).filter((one) => !/^(?:traces|forced|walk|keep)/.test(one));
  console.error(
    `usage: npm run accept -- ${names.join("|")} [minutes]\n       npm run accept -- traces FOLDER...\n       npm run accept -- forced KERNEL...\n       npm run accept -- keep-witnesses FOLDER KERNEL OTHER...\n       npm run accept -- walks FOLDER RUNS KERNEL... [--seed=SEED]\n       npm run accept -- walk-figures FOLDER\n       npm run accept -- forced-mutants FOLDER... [--choose]`,
  );
  process.exitCode = 129;
} else process.exitCode = isMet ? 0 : 1;
