/**
 * Issue-sized checks outside CI: `npm run accept -- fuzz|mutants|cured|repro|snapshot [minutes]`. Each prints its
 * figures and what they are to be held against; exit 1 when one is missed.
 */
import { cured } from "./cured.js";
import { firstFindings } from "./first-findings.js";
import { mutants } from "./mutants.js";
import { reproductions } from "./reproductions.js";
import { snapshot } from "./token-snapshot.js";

const CHECKS: { readonly [name: string]: (minutes: number) => boolean | Promise<boolean> } = {
  fuzz: firstFindings,
  mutants,
  cured,
  repro: reproductions,
  snapshot,
};

const [name = "", minutes = "10"] = process.argv.slice(2);
const check = CHECKS[name];
if (check === undefined || !(Number(minutes) > 0)) {
  console.error(`usage: npm run accept -- ${Object.keys(CHECKS).join("|")} [minutes]`);
  process.exitCode = 129;
} else {
  process.exitCode = (await check(Number(minutes))) ? 0 : 1;
}
