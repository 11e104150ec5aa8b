#!/usr/bin/env node
/*
 * Starts the program, and is the last to hear of whatever nobody else caught: it ends in a sentence and a status that is
 * no verdict. Says first what is missing; so that old versions of Node can read it, nothing is imported but on the way,
 * and nothing is written here that Node 10 does not know.
 */

/** As `engines` in package.json says. */
const NEEDED = [20, 19];
/** Exit status: a bad installation, for which `git bisect run` stops; an internal error. */
const INVALID = 128;
const INTERNAL = 134;
const LONGEST = 300;

/** stderr may be closed or full. */
function say(text) {
  try {
    process.stderr.write(`${text.replace(/[^ -~\n]/g, "·").slice(0, LONGEST)}\n`);
  } catch (_) {
    // Nobody is there to read it.
  }
}

function lastResort(error) {
  const message = error instanceof Error ? error.message : String(error);
  say(`internal error: ${message.split("\n")[0]}`);
  say(process.env.STALEMAP_DEBUG === "1" ? String(error instanceof Error ? error.stack : error) : HINT);
  // What is registered for the end of the process is still done.
  process.exit(INTERNAL);
}
const HINT = "  set STALEMAP_DEBUG=1 to see where, and please report it";

/** The program, a file of it or one of its modules may be missing. */
function cannotLoad(error) {
  if (error.code !== "ERR_MODULE_NOT_FOUND") return lastResort(error);
  const name = (/'([^']*)'/.exec(error.message) || ["", "a module"])[1];
  const isBuilt = !name.endsWith("/dist/main.js");
  say(
    isBuilt
      ? `error: stalemap is not whole, ${name} is missing: run npm ci`
      : "error: stalemap is not built: run npm ci, or npm run build",
  );
  process.exitCode = INVALID;
}

function start() {
  // An address of a database may hold a password, and everybody can read how a process was called.
  if (process.argv[2] === "campaign") process.title = "stalemap campaign";
  process.on("uncaughtException", lastResort);
  // The paths read and write the state through small accessors: let the compiler inline more of them.
  const inline = (v8) => v8.setFlagsFromString("--max-inlined-bytecode-size-cumulative=3000");
  // Where Node can, what it has compiled is kept for the next start: 22.8 and newer.
  const cache = ({ enableCompileCache }) => {
    if (enableCompileCache) enableCompileCache();
  };
  import("node:v8")
    .then(inline)
    .then(() => import("node:module"))
    .then(cache)
    .then(() => import("../dist/main.js"))
    .then((program) => program.main(process.argv))
    .catch(cannotLoad);
}

process.stderr.on("error", () => {});
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  say(`error: stalemap needs Node ${NEEDED.join(".")} or newer, this is ${process.versions.node}`);
  process.exitCode = INVALID;
} else start();
