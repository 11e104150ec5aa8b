/** What suggestions call the program: where it is installed, in a checkout, under npx, and anywhere else. */
import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { programName } from "../../src/cli/program-name.js";

const root = mkdtempSync(join(tmpdir(), "stalemap-name-"));
const bin = join(root, "pkg/bin/stalemap.js");
mkdirSync(join(root, "pkg/bin"), { recursive: true });
writeFileSync(bin, "");
chmodSync(bin, 0o755);
for (const folder of ["global", "project/node_modules/.bin"]) {
  mkdirSync(join(root, folder), { recursive: true });
  symlinkSync(bin, join(root, folder, "stalemap"));
}

it.each([
  ["npx", { npm_command: "exec", PATH: join(root, "project/node_modules/.bin") }, "", "npx stalemap"],
  ["installed", { PATH: `/nowhere:${join(root, "global")}` }, "", "stalemap"],
  ["a project that has it", { PATH: "" }, "project", "npx stalemap"],
  ["its checkout", { PATH: "" }, "pkg", "npx stalemap"],
  ["anywhere else", { PATH: "" }, "", `node ${bin}`],
])("%s", (_, env, directory, name) => {
  expect(programName(bin, env, join(root, directory))).toBe(name);
});
