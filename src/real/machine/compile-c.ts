/** C texts to static binaries, which also run in an initramfs. */
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { RealProgram } from "../../force/real-program.js";
import { exportC } from "../export/export-c.js";
import type { Workplace } from "./image.js";
import { mustRun } from "./run-command.js";

/** Compiles sources by name, many at a time; each binary is NAME in the workplace. */
export async function compileAll(
  sources: Iterable<readonly [name: string, source: string]>,
  place: Workplace,
): Promise<void> {
  const waiting = new Map(sources).entries();
  const worker = async (): Promise<void> => {
    for (const [name, source] of waiting) {
      const binary = join(place.dir, name);
      writeFileSync(`${binary}.c`, source);
      await mustRun("gcc", ["-O1", "-Wall", "-static", "-o", binary, `${binary}.c`], place);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

/** A program whose binary is NAME in the workplace. */
export interface Compiled {
  readonly program: RealProgram;
  /** Safe as a file name, and in the list that a shell in the initramfs reads. */
  readonly name: string;
}

export async function compilePrograms(
  programs: readonly RealProgram[],
  place: Workplace,
): Promise<Compiled[]> {
  const compiled = programs.map((program, i) => ({ program, name: `${i}-${fileNameOf(program.name)}` }));
  const sources = compiled.map(({ program, name }) => [name, exportC(program)] as const);
  await compileAll(sources, place);
  return compiled;
}

function fileNameOf(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]/g, "-").slice(0, 60) || "program";
}
