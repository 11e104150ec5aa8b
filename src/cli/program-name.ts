/** What to type to start this program from here, for the commands that it suggests. */
import { realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { shellWord } from "../report/shell-words.js";

/** `stalemap` where that is it, `npx stalemap` where npx finds it, else node and the file. */
export function programName(
  script: string,
  { PATH = "", npm_command: npm }: NodeJS.ProcessEnv,
  directory: string,
): string {
  const own = real(script);
  const isOwn = (folder: string): boolean => own !== undefined && real(join(folder, "stalemap")) === own;
  // npx puts its own folders before the others.
  if (npm === "exec") return "npx stalemap";
  const first = PATH.split(delimiter).find((folder) => folder !== "" && real(join(folder, "stalemap")));
  if (first !== undefined && isOwn(first)) return "stalemap";
  const isHere =
    isOwn(join(directory, "node_modules/.bin")) || real(join(directory, "bin/stalemap.js")) === own;
  return isHere || own === undefined ? "npx stalemap" : `node ${shellWord(own)}`;
}

function real(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
