/**
 * The same table on other kernels under QEMU; not part of the usual run. tools/real-qemu.sh sets STALEMAP_QEMU to
 * package names or directories of unpacked packages.
 */
import { describe, expect, it } from "vitest";
import { qemuProblems } from "../../src/real/environment.js";
import { runQemu } from "../../src/real/qemu.js";
import { table } from "./programs.js";

const kernels = (process.env.STALEMAP_QEMU ?? "").split(/[\s,]+/).filter((name) => name !== "");
const repeat = Number(process.env.STALEMAP_REPEAT ?? 20);
const problems = qemuProblems();
if (kernels.length > 0 && problems.length > 0) console.log(`QEMU: skipped. ${problems.join(" ")}`);

describe.runIf(kernels.length > 0 && problems.length === 0)("other kernels", () => {
  it.each(kernels)("%s", { timeout: 300_000 }, async (kernel) => {
    const programs = [4096, 1024].flatMap((block) => table.map(({ make }) => make(block)));
    const results = await runQemu(programs, { kernel, repeat, limitMs: 280_000 });
    const series = results[0].kernel.split(".").slice(0, 2).join(".");
    const lost = new Map(table.map(({ make, lost }) => [make(4096).name, lost as readonly string[]]));
    const rows = results.map(
      ({ name, block, kernel, verdict, runs }) => `${kernel} ${block} ${name} ${verdict} ${runs.length}`,
    );
    console.log(rows.join("\n"));
    for (const { name, block, verdict, runs } of results)
      expect({ name, block, verdict, runs: runs.length }).toEqual({
        name,
        block,
        verdict: lost.get(name)?.includes(series) ? "lost" : "right",
        runs: repeat,
      });
  });
});
