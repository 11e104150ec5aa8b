/** `repro` of a printed token and of a printed case seed, 100 times each in other processes: byte for byte the same. */
import { spawnSync } from "node:child_process";

const TIMES = 100;

export function reproductions(): boolean {
  const fuzz = spawnSync(process.execPath, [
    "bin/stalemap.js",
    "fuzz",
    "--kernel",
    "6.0",
    "--seed",
    "3",
    "--json",
    "--out",
    "scenarios/found/accept",
  ]);
  const [finding] = JSON.parse(String(fuzz.stdout)).findings as { token: string; caseSeed: string }[];
  let ok = true;
  for (const x of [finding!.token, finding!.caseSeed]) {
    const outputs = new Set<string>();
    for (let i = 0; i < TIMES; i++) {
      outputs.add(String(spawnSync(process.execPath, ["bin/stalemap.js", "repro", x, "-q"]).stdout));
    }
    console.log(`repro ${x}: ${TIMES} runs, ${outputs.size} different outputs`);
    if (outputs.size !== 1) ok = false;
  }
  return ok;
}
