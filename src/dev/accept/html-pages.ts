/**
 * Every witness, on a kernel on which it fails, as an HTML report that a browser walks through: the test of
 * test/e2e/pages.test.ts over all of them. A machine without Chromium does not meet it.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

export function htmlPages(): boolean {
  if (!existsSync("/usr/bin/chromium")) {
    console.log("no /usr/bin/chromium: Debian's package chromium has it");
    return false;
  }
  const env = { ...process.env, STALEMAP_PAGES: "1" };
  const args = ["node_modules/vitest/vitest.mjs", "run", "test/e2e/pages.test.ts"];
  return spawnSync(process.execPath, args, { env, stdio: "inherit" }).status === 0;
}
