/**
 * Pieces of C source: the files in the c/ folders, which lie in src also when the program runs from dist, and small
 * generated ones.
 */
import { readFileSync } from "node:fs";
import type { RealPromise } from "../../force/real-program.js";
import { packageFile } from "../package-file.js";

/** A part of exported programs, some of which the recorder and the player of plans use too: src/real/export/c/NAME.c. */
export const exportedC = (name: string): string => cFile("export/c", name);
/** A part of the recorder: src/real/record/c/NAME.c. */
export const recorderPart = (name: string): string => cFile("record/c", name);
/** A part of the player of plans: src/real/force/c/player/NAME.c. */
export const playerPart = (name: string): string => cFile("force/c/player", name);

function cFile(folder: string, name: string): string {
  return readFileSync(packageFile(`src/real/${folder}/${name}.c`), "utf8");
}

/** A C string literal; anything outside printable ASCII as octal. */
export function cString(text: string): string {
  const escaped = [...Buffer.from(text, "utf8")].map((byte) => {
    const char = String.fromCharCode(byte);
    if (char === '"' || char === "\\") return `\\${char}`;
    return byte >= 32 && byte < 127 && char !== "?" ? char : `\\${byte.toString(8).padStart(3, "0")}`;
  });
  return `"${escaped.join("")}"`;
}

/** A block comment; a comment end inside the text is broken up. */
export function cComment(lines: readonly string[]): string {
  const body = lines.map((line) => ` * ${line}`.trimEnd().replaceAll("*/", "* /"));
  return ["/*", ...body, " */", ""].join("\n");
}

export function hex(value: number): string {
  return value < 10 ? String(value) : `0x${value.toString(16)}`;
}

/** `writer.0` as a C constant: WRITER_0. No two ids have the same: the case is turned, other characters are named. */
export function constantOf(id: string): string {
  return turned(id.replaceAll("_", "_U").replaceAll("-", "_H").replace(/[./]/g, "_"));
}

/** The same as part of the name of a variable: writer_0. */
export function variableOf(id: string): string {
  return turned(constantOf(id));
}

function turned(text: string): string {
  return text.replace(/[a-zA-Z]/g, (c) => (c < "a" ? c.toLowerCase() : c.toUpperCase()));
}

export function promiseTable(name: string, promises: readonly RealPromise[]): string[] {
  return [
    `static const struct promise ${name}[] = {`,
    ...promises.map(({ from, to, allowed }) => {
      const list = allowed.map(constantOf).join(", ");
      return `\t{ ${hex(from)}, ${hex(to)}, ${allowed.length}, { ${list} } },`;
    }),
    "};",
  ];
}
