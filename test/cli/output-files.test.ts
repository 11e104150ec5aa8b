/** Outputs that cannot be written are refused before any work is done. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BisectLog } from "../../src/cli/input/bisect-log.js";
import { checkDirectory } from "../../src/cli/input/output-checks.js";
import { targetOf } from "../../src/cli/input/output-files.js";

const here = mkdtempSync(join(tmpdir(), "stalemap-test-"));
const at = (name: string) => join(here, name);

beforeAll(() => {
  mkdirSync(at("folder"));
  writeFileSync(at("file"), "");
  writeFileSync(at("kept"), "kept\n", { mode: 0o400 });
  symlinkSync(at("nowhere"), at("dangling"));
  symlinkSync(at("file"), at("link"));
  execFileSync("mkfifo", [at("pipe")]);
});
afterAll(() => rmSync(here, { recursive: true }));

const LONG = "x".repeat(300);
const QUESTION = {} as ConstructorParameters<typeof BisectLog>[1];

describe("a file to write", () => {
  test.each([
    ["folder", /it is a directory/],
    ["pipe", /it is a device, pipe or socket, not a file/],
    ["dangling", /it is a symbolic link to nothing/],
    ["kept", /it is read-only/],
    [LONG, /name .*is too long/],
    ["file/in", /not a directory/],
  ])("%s is refused", (name, why) => {
    expect(() => targetOf(at(name))).toThrow(why);
    for (const resumes of [false, true])
      expect(() => new BisectLog(at(name), QUESTION, resumes)).toThrow(why);
    expect(readFileSync(at("kept"), "utf8")).toBe("kept\n");
  });

  test.each([
    ["new", "new"],
    ["file", "file"],
    ["link", "file"],
  ])("%s is written as %s", (name, target) => expect(targetOf(at(name))).toBe(at(target)));
});

describe("a directory to write into", () => {
  test.each([
    ["file", /it is not a directory/],
    ["file/in", /is not a directory/],
    ["dangling", /is a symbolic link to nothing/],
    ["dangling/in", /is a symbolic link to nothing/],
    [LONG, /name .*is too long/],
    [`new/${LONG}/in`, /name .*is too long/],
  ])("%s is refused", (name, why) => expect(() => checkDirectory(at(name))).toThrow(why));

  test.each(["folder", "new", "new/in/it"])("%s will do", (name) =>
    expect(() => checkDirectory(at(name))).not.toThrow(),
  );
});
