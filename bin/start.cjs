// Starts the program, and is the last to hear of whatever nobody else caught: it ends in a sentence and a status that
// is no verdict.
const { writeSync } = require("node:fs");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");
const { setFlagsFromString } = require("node:v8");

// The paths read and write the state through small accessors: let the compiler inline more of them.
setFlagsFromString("--max-inlined-bytecode-size-cumulative=3000");

/** Exit codes: a bad installation, and an internal error. */
const INVALID = 128;
const INTERNAL = 134;
const LONGEST = 300;

/** Ends the process; what is registered for its exit is still done. */
function end(status, text) {
  try {
    writeSync(2, `${text.replace(/\p{C}/gu, "·").slice(0, LONGEST)}\n`);
    if (status === INTERNAL) writeSync(2, "  set STALEMAP_DEBUG=1 to see where, and please report it\n");
  } catch {
    // Nobody is there to read it.
  }
  process.exit(status);
}

function lastResort(error) {
  if (process.env.STALEMAP_DEBUG === "1") writeSync(2, `${error?.stack}\n`);
  end(INTERNAL, `internal error: ${String(error?.message ?? error).split("\n")[0]}`);
}

/** A file of the program or one of its modules may be missing, though main.js is there. */
function cannotLoad(error) {
  if (error?.code !== "ERR_MODULE_NOT_FOUND") return lastResort(error);
  const [, name = "a module"] = /'([^']*)'/.exec(error.message) ?? [];
  end(INVALID, `error: stalemap is not whole, ${name} is missing: run npm ci`);
}

process.on("uncaughtException", lastResort);
import(pathToFileURL(join(__dirname, "../dist/cli/main.js")).href).then(
  ({ main }) => main(process.argv),
  cannotLoad,
);
