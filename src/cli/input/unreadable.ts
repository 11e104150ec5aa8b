/** What is said of a file that cannot be read. */
import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { commandLine } from "../../report/shell-words.js";
import { visible } from "../../scenario/yaml/diagnostic.js";
import { nearestWord } from "../../scenario/yaml/nearest.js";
import { invalid, type Stop } from "../exit.js";
import { orScenario } from "./named.js";

export function unreadable(path: string, why: string, remedy?: string | undefined): Stop {
  return invalid(`cannot read ${path === "" ? '""' : visible(path)}: ${why}`, remedy);
}

export function remedyFor(path: string, error: unknown): string | undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EACCES") return "let it be read: chmod a+r, or another user";
  if (code !== "ENOENT") return undefined;
  try {
    const near = nearestWord(basename(path), readdirSync(dirname(path)));
    if (near !== undefined)
      return `did you mean ${visible(path.includes("/") ? join(dirname(path), near) : near)}?`;
    return orScenario(path, `${commandLine(["list", "scenarios"])} shows those that come with it`);
  } catch {
    return `there is no directory ${visible(dirname(path))}`;
  }
}
