/** check --show: what a program was read as is a scenario that run takes, with what was left out beside it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { stalemap } from "./program.js";

const folder = mkdtempSync(join(tmpdir(), "stalemap-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("prints a scenario, on stdout and in JSON", async () => {
  const script = join(folder, "a.sh");
  writeFileSync(
    script,
    'xfs_io -f -c "falloc -c 0 4k" -c "pwrite -R 0 1k" f\ntruncate -s 010 f &\nfallocate -po 0 -l 4k f\n',
  );
  const { status, stdout } = await stalemap(["check", "--show", script]);
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /^# .*a\.sh\n# note: left out, .*pwrite -R, at random offsets at 1:\d+, which is not read\nname: a\.sh\n/,
  );
  for (const op of ["collapse: 0..4k", "truncate: 10", "punch: 0..4k", "fsync: {}"])
    expect(stdout).toContain(`{ ${op} }`);
  const scenario = join(folder, "a.yaml");
  writeFileSync(scenario, stdout);
  expect((await stalemap(["check", scenario])).stdout).toMatch(
    /^ok .*a\.yaml: a\.sh, 2 threads, 4 operations\n$/,
  );
  const json = JSON.parse((await stalemap(["check", "--show", "--json", script])).stdout);
  expect(json.files[0]).toMatchObject({ name: "a.sh", shown: stdout });
});
