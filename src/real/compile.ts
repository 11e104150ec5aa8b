/** C text to a binary; static ones also run in an initramfs. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { mustRun } from "./command.js";

export async function compileC(
  source: string,
  where: { readonly dir: string; readonly name: string; readonly signal?: AbortSignal },
): Promise<string> {
  const input = join(where.dir, `${where.name}.c`);
  const output = join(where.dir, where.name);
  writeFileSync(input, source);
  await mustRun("gcc", ["-O2", "-Wall", "-static", "-o", output, input], { signal: where.signal });
  return output;
}

/** A name that is safe as a file name, and in the list that a shell in the initramfs reads. */
export function fileNameOf(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]/g, "-").slice(0, 60) || "program";
}
