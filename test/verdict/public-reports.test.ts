/**
 * What people would put in from public reports, and the right answer: its verdict by kernel, or the words in which it is
 * refused. Kernels stand where the answer changes.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseFile } from "../../src/cli/input/files.js";
import type { KernelVariant } from "../../src/kernel/versions/variant.js";
import type { HowRead } from "../../src/scenario/reports/how-read.js";
import type { Scenario } from "../../src/scenario/types.js";
import { renderDiagnostics } from "../../src/scenario/yaml/diagnostic.js";
import { doJob } from "../../src/tasks/index.js";
import { judge } from "../../src/verdict/judge-scenario.js";
import { variantOf } from "../kernel/drive.js";

const FOLDER = "test/data/public-reports";

function read(file: string, how: HowRead = {}) {
  return parseFile(file, readFileSync(`${FOLDER}/${file}`, "utf8"), how);
}

function verdict(scenario: Scenario, variant: KernelVariant): string {
  const work = judge({ subject: { scenario, variant }, seed: "t", schedules: 2000, exhaustive: true });
  let next = work.next();
  while (next.done !== true) next = work.next(doJob(next.value));
  const { value } = next;
  return value.verdict === "mismatch" ? value.oracles.join("+") : value.verdict;
}

const OK = "5.10 ok, 6.12 ok";
const FIXED_IN_612 = "5.10 content, 6.1.192 content, 6.12 ok, 6.18 ok";
const POLLUTED: HowRead = { fsx: "-e 1", page: 65536, block: 4096 };
const OLD = "-truncate-sets-size-first -truncdown-flush-eof";

const VERDICTS: readonly (readonly [file: string, verdicts: string, how?: HowRead])[] = [
  ["generic-469-0.fsxops", `${OK}, 6.0 ${OLD} -zeroing-flushes-eof-page content`],
  ["generic-469-1.fsxops", OK],
  ["generic-469-3.fsxops", `${OK}, 6.0 ${OLD} -zeroing-flushes-eof-page content`],
  ["02-zero.fsxops", OK],
  ["03-collapse.fsxops", `${OK}, 6.0 ok, 6.18 ok`],
  ["04-collapse.fsxops", `${OK}, 6.0 ok, 6.18 ok`],
  ["05-clones.log", "6.0 undecided", { leaveOut: ["clone", "direct", "copy"] }],
  ["06-direct.log", "6.0 undecided", { leaveOut: ["direct"] }],
  ["07-polluted.log", FIXED_IN_612, POLLUTED],
  ["07-polluted.log", "5.10 ok"],
  ["10-mapped.log", OK],
  ["11-old.log", OK],
  ["12-live.log", "6.12 undecided"],
  ["46-punch-and-map.sh", `${OK}, 6.18 ok`],
  ["48-syz.txt", OK],
  ["handed/07-v8-64k-page.yaml", FIXED_IN_612],
  ["handed/08-v9-tail.yaml", FIXED_IN_612],
  ["handed/21-r17-discard-vs-convert.yaml", "6.1.192 results+warning, 6.12 results+warning"],
  ["handed/21-r17-pinned.yaml", "6.1.192 results+warning, 6.12 results+warning"],
  ["handed/22-g524-writeback-map.yaml", OK],
  ["handed/23-g032-unwritten-after-fsync.yaml", OK],
  ["handed/24-g438-mmap-fallocate.yaml", OK],
  ["handed/25-g567-punch-mmap-1k.yaml", OK],
  ["handed/25-g567-punch-mmap-2k.yaml", OK],
  ["handed/25-g567-punch-mmap-4k.yaml", OK],
  ["handed/26-g758-zero-mmap-1k.yaml", OK],
  ["handed/26-g758-zero-mmap-2k.yaml", OK],
  ["handed/26-g758-zero-mmap-4k.yaml", OK],
  ["handed/27-r40-writeback-past-eof.yaml", "5.10 progress, 6.12 ok"],
  ["handed/28-g420-punch-keeps-size.yaml", OK],
  ["handed/29-g749-mmap-past-eof.yaml", OK],
  ["handed/30-g749-sigbus.yaml", OK],
  ["handed/31-r22-eof-zero-vs-fault.yaml", "5.10 content, 6.2 content, 6.12 ok, 6.18 ok"],
  ["handed/32-r14-release-vs-invalidate.yaml", "6.2 warning, 6.12 ok"],
  ["handed/33-r16-5k-vector.yaml", "5.10 ok, 6.2 content+backing, 6.12 ok"],
  ["handed/34-pg-fallocate-enospc.yaml", "5.10 results, 6.2 results, 6.1.192 ok, 6.12 ok"],
  ["handed/34b-zero-convert-enospc.yaml", "6.12 ok"],
  ["handed/35-g464-close-trims-eof.yaml", `${OK}, 6.0 ok, 6.18 ok`],
  ["handed/40-2026-large-folio-eof.yaml", "6.12 ok, 6.18 ok"],
  ["handed/41-2024-eof-extension.yaml", FIXED_IN_612],
  ["handed/42-eof-tail-control.yaml", "6.2 ok, 6.2 -truncate-sets-size-first content"],
  ["handed/42-eof-tail-punch.yaml", "6.2 ok, 6.2 -truncate-sets-size-first content"],
  ["handed/43-fsyncgate.yaml", OK],
  ["handed/45-r28-punch-vs-read.yaml", OK],
];

describe("a public report", () => {
  const cases = VERDICTS.map(([file, verdicts, how]) => ({ file, verdicts, how }));
  it.each(cases)("$file gives $verdicts", ({ file, verdicts, how }) => {
    const result = read(file, how);
    if ("diagnostics" in result) throw new Error(renderDiagnostics(result.diagnostics));
    for (const one of verdicts.split(", ")) {
      const [, kernel = "", expected] = /^(.*) (\S+)$/.exec(one) ?? [];
      expect(verdict(result.scenario, variantOf(kernel)), one).toBe(expected);
    }
  });

  it.each<[string, RegExp[]]>([
    ["05-clones.log", [/no reflink/, /no copy_file_range/, /no direct I\/O/]],
    ["06-direct.log", [/no direct I\/O/]],
    ["47-events.txt", [/read are scenarios \(YAML\), operation files and logs of fsx/]],
    ["handed/36-direct-write.yaml", [/no direct I\/O/]],
    ["handed/37-refluxfs-cow.yaml", [/no reflink/, /no direct I\/O/]],
    ["handed/38-g536-crash.yaml", [/no crash/]],
    ["handed/39-r35-nowait-append.yaml", [/no non-blocking I\/O/]],
  ])("%s is refused with what the model does not have", (file, said) => {
    const result = read(file);
    const shown = "diagnostics" in result ? renderDiagnostics(result.diagnostics) : "";
    const text = shown.replace(/\s+/g, " ");
    for (const one of said) expect(text).toMatch(one);
    expect(text).not.toContain("did you mean");
  });

  it("is in one of the tables", () => {
    const known = new Set(VERDICTS.map(([file]) => file));
    const open = readdirSync(`${FOLDER}/handed`).filter((file) => !known.has(`handed/${file}`));
    const refused = ["36-", "37-", "38-", "39-"];
    expect(open.filter((file) => !refused.some((start) => file.startsWith(start)))).toEqual([]);
  });
});
