/**
 * backport as users meet it: its exit status, its document, and the trace of what a prefix makes worse.
 */
import { describe, expect, it } from "vitest";
import { backportDocument } from "./documents.js";
import { directoryWith, ROOT, stalemap } from "./program.js";

describe("backport", () => {
  it("ends with 1 where merged commits make a race worse, and shows it", async () => {
    const { status, stdout } = await stalemap(["backport", "--kernel", "5.10", "--upstream", "--json"]);
    expect(status).toBe(1);
    const { holds, steps, finding } = backportDocument.parse(JSON.parse(stdout));
    expect(holds).toBe(false);
    expect(steps.find(({ worse }) => worse.length > 0)?.commits.map(({ name }) => name)).toContain(
      "304a68b9c63b",
    );
    expect(finding).toMatchObject({ kind: "content: store -> zero", curedBy: ["eof-punch-cure"] });
    const again = await stalemap(["repro", finding!.token!, "-q"]);
    expect(again.status).toBe(1);
  });

  it("judges a series for what is asked, in 80 columns", async () => {
    const cwd = directoryWith({
      "mine.txt": "198dd8a xfs: punching\nf43dc4d+7a9d43e iomap: buffered\n869ae85\n",
    });
    const asked = `${ROOT}/scenarios/witnesses/failed-write-drops-store.yaml`;
    const args = ["backport", "--kernel", "5.10", "--order", "mine.txt", "--scenario", asked];
    const { status, stdout, stderr } = await stalemap(args, { cwd });
    expect([status, stderr]).toEqual([0, expect.stringMatching(/^backport to 5\.10, \d+ scenarios\n$/)]);
    expect(stdout).toMatch(/^ok series for 5\.10: 4 commits in 3 steps\n/);
    expect(stdout).toMatch(/^ {6}closes {2}eof-punch-aligned, failed-write-drops-store/m);
    expect(stdout).toMatch(/^not in the series, though its patches build on it:\n {2}118e021b4b66 /m);
    expect(stdout).toMatch(
      /^of no effect, as 5\.10 has it already:\n {2}869ae85dae64 xfs: flush new eof page [^:]+\n\n/m,
    );
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });
});
