/** `repro` of a printed token and of a printed case seed, 100 times each in other processes: byte for byte the same. */
import { FOUND, stalemap } from "./built-program.js";

const TIMES = 100;

export function reproductions(): boolean {
  const fuzz = stalemap(`fuzz --kernel 6.0 --seed 3 --json ${FOUND}`);
  const { findings } = JSON.parse(String(fuzz.stdout)) as { findings: { token: string; caseSeed: string }[] };
  let ok = true;
  for (const x of findings.slice(0, 1).flatMap(({ token, caseSeed }) => [token, caseSeed])) {
    const outputs = new Set<string>();
    for (let i = 0; i < TIMES; i++) outputs.add(String(stalemap(`repro ${x} -q`).stdout));
    console.log(`repro ${x}: ${TIMES} runs, ${outputs.size} different outputs`);
    if (outputs.size !== 1) ok = false;
  }
  return ok && findings.length > 0;
}
