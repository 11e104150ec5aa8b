/**
 * What the reader of shell scripts says that a script calls is what bash runs: random scripts, with xfs_io as a function
 * that notes its arguments. Where the reader says that it cannot tell, nothing is asked. STALEMAP_SHELL_SEED and
 * STALEMAP_SHELL_SCRIPTS try others and more.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sample } from "fast-check";
import { expect, it } from "vitest";
import { parseXfsIo } from "../../src/scenario/reports/xfs-io.js";
import { renderDiagnostics } from "../../src/scenario/yaml/diagnostic.js";
import { shellScript } from "./shell-arbitrary.js";

const SEED = Number(process.env.STALEMAP_SHELL_SEED ?? 20);
const SCRIPTS = Number(process.env.STALEMAP_SHELL_SCRIPTS ?? 60);

/** Notes the sizes that it is told, by -c or in its input. */
const DRIVER = `xfs_io() {
  local isTold=
  while [ $# -gt 0 ]; do
    case "$1" in
    -c) echo "$2" >&9; isTold=1; shift ;;
    -fc) echo "$2" >&9; isTold=1; shift ;;
    esac
    shift
  done
  if [ -z "$isTold" ]; then while read -r line; do echo "$line" >&9; done; fi
  return 0
}
grep() { return 1; }
export -f xfs_io grep
cd "$TMP"
for script in "$@"; do
  bash "$script" 9>"$script.log" >/dev/null 2>&1 </dev/null
done
`;

/** By script: what xfs_io was told. */
function byBash(scripts: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "stalemap-shell-"));
  try {
    const files = scripts.map((text, n) => {
      const file = join(folder, `${n}.sh`);
      writeFileSync(file, text);
      return file;
    });
    execFileSync("bash", ["-c", DRIVER, "bash", ...files], {
      env: { PATH: process.env.PATH, TMP: folder },
      timeout: 60_000,
    });
    return files.map((file) => readFileSync(`${file}.log`, "utf8").trim());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same as it is read; undefined where that says that it cannot tell. */
function asRead(text: string): string | undefined {
  const read = parseXfsIo(text, "a.sh");
  if ("diagnostics" in read) {
    const why = renderDiagnostics(read.diagnostics);
    return /expected at least one call/.test(why) ? "" : undefined;
  }
  const { setup, threads, isPart, notes } = read.scenario;
  if (isPart === true || notes !== undefined) return undefined;
  return [setup, ...threads.map(({ ops }) => ops)]
    .flat()
    .map(({ to }) => `truncate ${to}`)
    .join("\n");
}

it("is what bash runs", () => {
  const scripts = sample(shellScript, { numRuns: SCRIPTS, seed: SEED });
  const run = byBash(scripts);
  const cases = scripts.map((text, n) => ({ text, run: run[n], read: asRead(text) }));
  const told = cases.filter(({ read }) => read !== undefined);
  const wrong = told.filter(({ run, read }) => run !== read).sort((a, b) => a.text.length - b.text.length);
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(told.length).toBeGreaterThan(SCRIPTS * 0.3);
  expect(told.filter(({ run }) => run !== "").length).toBeGreaterThan(SCRIPTS * 0.2);
}, 120_000);
