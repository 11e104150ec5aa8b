#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";

// The paths read and write the state through small accessors: let the compiler inline more of them.
setFlagsFromString("--max-inlined-bytecode-size-cumulative=3000");
const { main } = await import("../dist/cli/main.js");

await main(process.argv);
