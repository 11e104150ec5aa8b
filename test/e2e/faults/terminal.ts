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
exec env ${term === "" ? "-u TERM" : term} ${command}
END
: >screen
{ ${keys}; until [ -e done ]; do sleep 0.05; done; } |
  { script -qefc "bash child" screen >/dev/null; status=$?; touch done; exit $status; }
status=$?
wc -c <screen
cat screen >&2
rm screen child done
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

export const TERMINAL_FAULTS: readonly Fault[] = [
  interrupted("0 columns", 0, 24),
  interrupted("0 rows", 80, 0),
  interrupted("0 by 0", 0, 0),
  interrupted("1 column", 1, 24),
  interrupted("1 row", 80, 1),
  interrupted("no TERM", 80, 24, ""),
  interrupted("a serial console", 0, 0, "TERM=vt220"),
];
