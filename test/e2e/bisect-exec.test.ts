import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bisectDocument } from "./documents.js";
import { BIN, directoryWith, ROOT, stalemap, WITNESS } from "./program.js";

const ENDS = ["--good", "6.2", "--bad", "6.0"];
/** Good since f43dc4dc3eff, the second of five patches. */
const SINCE_SECOND = 'case ",$STALEMAP_WITH," in *,punch-skips-dirty,*) exit 0;; *) exit 1;; esac';

describe.concurrent("bisect --exec", () => {
  const judgedBy = (command: string, ...more: string[]) =>
    stalemap(["bisect", WITNESS, ...ENDS, "--exec", command, ...more]);

  it("lets the command judge each variant by its environment", async () => {
    const { status, stdout } = await judgedBy(SINCE_SECOND);
    expect(status).toBe(0);
    expect(stdout).toMatch(/first good patch:\n {2}f43dc4dc3eff /);
  });

  it("names commit and scenario", async () => {
    const script =
      'test -f "$STALEMAP_SCENARIO" || exit 128; echo "[$STALEMAP_KERNEL $STALEMAP_COMMIT]"; exit 125';
    const { status, stderr } = await judgedBy(script);
    expect(status).toBe(125);
    expect(stderr).toContain("[6.0 ]");
    expect(stderr).toContain("[6.0 304a68b9c63b]");
  });

  it("is aborted by a status of 128 and above", async () => {
    const { status, stderr } = await judgedBy("exit 130");
    expect(status).toBe(125);
    expect(stderr).toContain("error: --exec ended with status 130, which aborts the bisection");
  });

  it("says that a series is not monotone", async () => {
    const { stdout } = await judgedBy('case "$STALEMAP_COMMIT" in 198d*|304a*) exit 0;; *) exit 1;; esac');
    expect(stdout).toContain("not monotone");
    expect(stdout).toMatch(/first good patch:\n {2}304a68b9c63b /);
  });
});
