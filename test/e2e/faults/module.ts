/** An installation that is too old, not built or not whole, and errors that nobody caught. */
import type { Fault } from "../faults-table.js";

/** A checkout of links into the true one, with its own `dist`, and `--require`d code that does the harm. */
const COPY = `mkdir c; cp -r "$root/bin" "$root/package.json" c; ln -s "$root/node_modules" c/node_modules; bin=$PWD/c/bin/stalemap.js`;
const CLEAN = "status=$?; rm -r c; exit $status";

/** Runs this code in the program's process before it starts. */
const injected = (code: string, command: string): string =>
  `cat >i.cjs <<'END'\n${code}\nEND\nNODE_OPTIONS="--require ./i.cjs" ${command}; status=$?; rm i.cjs; exit $status`;

const version = (node: string, code: number, stderr?: RegExp): Fault => ({
  name: `Node ${node}`,
  kind: "module",
  run: injected(
    `Object.defineProperty(process.versions, "node", { value: "${node}" });`,
    "stalemap list kernels",
  ),
  code,
  ...(stderr === undefined ? {} : { stderr }),
});

/** What an installed program does with an error in the middle of its work. */
const uncaught = (name: string, code: string): Fault => ({
  name,
  kind: "module",
  run: injected(
    `if (require("worker_threads").isMainThread) {
  const timer = setInterval(() => {
    if (process.listenerCount("uncaughtException") > 0) { clearInterval(timer); ${code} }
  }, 5);
}`,
    `stalemap run "$witness" --kernel 6.2 -q`,
  ),
  code: 134,
  stderr: /^internal error: injected$/m,
});

export const MODULE_FAULTS: readonly Fault[] = [
  version("18.20.4", 128, /^error: stalemap needs Node 20\.19 or newer, this is 18\.20\.4\n$/),
  version("20.18.9", 128, /needs Node 20\.19 or newer, this is 20\.18\.9/),
  version("0.12.1", 128, /needs Node 20\.19/),
  version("20.19.0", 0),
  version("24.0.0", 0),
  {
    name: "a checkout that was never built",
    kind: "module",
    run: `${COPY}; stalemap list; ${CLEAN}`,
    code: 128,
    stderr: /^error: stalemap is not built: run npm ci, or npm run build\n$/,
  },
  {
    name: "a file of the program is missing",
    kind: "module",
    run: `${COPY}; cp -r "$root/dist" c; rm c/dist/running-*.js; stalemap list; ${CLEAN}`,
    code: 128,
    stderr: /^error: stalemap is not whole, \S*\/running-\w+\.js is missing: run npm ci\n$/,
  },
  {
    name: "no package is there: all that is needed was built in",
    kind: "module",
    run: `${COPY}; cp -r "$root/dist" c; rm c/node_modules; stalemap list kernels; ${CLEAN}`,
    code: 0,
  },
  {
    name: "a file of the program is cut short",
    kind: "module",
    run: `${COPY}; cp -r "$root/dist" c; head -c 900 "$root/dist/main.js" >c/dist/main.js; stalemap list; ${CLEAN}`,
    code: 134,
    stderr: /^internal error: /,
  },
  uncaught("an exception outside of every promise", `throw new Error("injected");`),
  uncaught("a rejection that nobody handles", `Promise.reject(new Error("injected"));`),
  uncaught("something else is thrown", `throw "injected";`),
  uncaught(
    "an emitter without a listener",
    `new (require("events"))().emit("error", new Error("injected"));`,
  ),
  {
    name: "the heap is used up",
    kind: "memory",
    run: `NODE_OPTIONS=--max-old-space-size=4 stalemap list 2>trace; status=$?
      grep -o "heap out of memory" trace | head -n 1; rm trace; exit $status`,
    code: 134,
    stdout: /heap out of memory/,
  },
];
