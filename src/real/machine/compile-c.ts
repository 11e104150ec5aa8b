/** C text to a binary; static ones also run in an initramfs. */
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { mustRun } from "./run-command.js";

export async function compileC(
  source: string,
  where: { readonly dir: string; readonly name: string; readonly signal?: AbortSignal },
): Promise<string> {
  const input = join(where.dir, `${where.name}.c`);
  const output = join(where.dir, where.name);
  writeFileSync(input, source);
  await mustRun("gcc", ["-O1", "-Wall", "-static", "-o", output, input], { signal: where.signal });
  return output;
}

/** Many at a time; binaries in the order of the sources. */
export async function compileAll(
  sources: readonly { readonly name: string; readonly source: string }[],
  where: { readonly dir: string; readonly signal?: AbortSignal },
): Promise<string[]> {
  const binaries: string[] = [];
  const waiting = sources.entries();
  const worker = async (): Promise<void> => {
    for (const [i, { name, source }] of waiting) binaries[i] = await compileC(source, { ...where, name });
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return binaries;
}

/** A name that is safe as a file name, and in the list that a shell in the initramfs reads. */
export function fileNameOf(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]/g, "-").slice(0, 60) || "program";
}
