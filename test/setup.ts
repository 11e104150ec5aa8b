/**
 * Builds the program once for all tests: those in test/e2e drive what users drive.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

let isBuilt = false;

export function setup(): void {
  // Each project of the tests calls it.
  if (isBuilt) return;
  isBuilt = true;
  try {
    execFileSync(process.execPath, ["tools/build.mjs"], { cwd: root, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    throw new Error(`the build failed:\n${(error as { stderr?: string }).stderr ?? error}`);
  }
}
