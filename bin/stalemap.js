#!/usr/bin/env node
import { existsSync } from "node:fs";
import { setFlagsFromString } from "node:v8";

// The paths read and write the state through small accessors: let the compiler inline more of them.
setFlagsFromString("--max-inlined-bytecode-size-cumulative=3000");

const program = new URL("../dist/cli/main.js", import.meta.url);
if (existsSync(program)) {
  try {
    await (await import(program.href)).main(process.argv);
  } catch (error) {
    process.stderr.write(`internal error: ${String(error?.message ?? error).split("\n")[0]}\n`);
    process.exitCode = 134;
  }
} else {
  process.stderr.write("stalemap is not built: run npm ci, or npm run build\n");
  process.exitCode = 128;
}
