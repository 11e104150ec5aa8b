/** Terminals without a size, a type or a keyboard. Each is a pseudo terminal that script(1) makes. */
import type { Fault } from "../faults-table.js";

/**
 * Runs a command on a terminal of this size; what it shows goes to `screen`, `keys` is a shell script that types on
 * its standard output. The size of the screen is the last word on stdout.
 */
function onTerminal(
  columns: number,
  rows: number,
  command: string,
  keys: string,
  term = "TERM=xterm",
): string {
  return `
cat >child <<'END'
stty cols ${columns} rows ${rows}
echo $$ >pid
exec env ${term === "" ? "-u TERM" : term} ${command}
END
: >screen
{ ${keys}; until [ -e done ]; do sleep 0.05; done; } |
  { script -qefc "bash child" screen >/dev/null; status=$?; touch done; exit $status; }
status=$?
wc -c <screen
cat screen >&2
rm screen child pid done
exit $status`;
}
const STALEMAP = '"$node" "$bin"';
const FUZZ = `${STALEMAP} fuzz --kernel cured --seed 7 --oracle progress`;
const CTRL_C = "await screen 'seed 7'; sleep 1; printf '\\003'";

const interrupted = (name: string, columns: number, rows: number, term?: string): Fault => ({
  name: `${name}: Ctrl-C is heard`,
  kind: "terminal",
  run: onTerminal(columns, rows, FUZZ, CTRL_C, term),
  code: 130,
  stderr: /interrupted by SIGINT/,
  stdout: /^\d{1,4}$/m,
});

/** Until the screen shows the state after setup, and then keys or a signal. The run that is walked loses data: 1. */
const step = (name: string, keys: string, code: number): Fault => ({
  name: `step: ${name}: the screen is given back`,
  kind: "terminal",
  run: onTerminal(80, 24, `${STALEMAP} step "$witness" --kernel 6.0`, `await screen 'q quit'; ${keys}`),
  code,
  // Cursor and alternate screen come back once, after all else that stalemap shows: script's shell may say what killed it.
  stderr:
    /^(?![\s\S]*.\[\?25h[\s\S]*.\[\?25h)[\s\S]*.\[\?1049h[\s\S]*.\[\?25h.\[\?1049l\s*(Terminated\s*)?Script done.*\s*$/,
});

export const TERMINAL_FAULTS: readonly Fault[] = [
  interrupted("0 columns", 0, 24),
  interrupted("0 rows", 80, 0),
  interrupted("0 by 0", 0, 0),
  interrupted("1 column", 1, 24),
  interrupted("1 row", 80, 1),
  interrupted("no TERM", 80, 24, ""),
  interrupted("a serial console", 0, 0, "TERM=vt220"),
  step("SIGTERM", "kill -TERM $(cat pid)", 143),
  step("SIGINT", "kill -INT $(cat pid)", 130),
  step("two signals", "kill -TERM $(cat pid); kill -TERM $(cat pid)", 143),
  step("q", "printf q", 1),
  step("Ctrl-C", "printf '\\003'", 1),
  step("the end of the input", "printf '\\004'", 1),
  {
    name: "step on a terminal without a type prints",
    kind: "terminal",
    run: onTerminal(80, 24, `${STALEMAP} step "$witness" --kernel 6.0`, "true", ""),
    code: 1,
    stderr: /0 after setup[\s\S]*6 kworker/,
  },
];
