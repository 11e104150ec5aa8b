/** Streams that take nothing more, are closed, or have no reader. */
import type { Fault } from "../faults-table.js";

const FULL = /^error: cannot write the result to stdout: no space left on the device$/m;
const UNREAD = /^error: cannot write the result to stdout: nobody reads it$/m;
const CLOSED = /^error: cannot write the result to stdout: it is closed$/m;

const full = (name: string, command: string): Fault => ({
  name: `stdout on a full device, ${name}`,
  kind: "stream",
  run: `${command} >/dev/full`,
  code: 125,
  stderr: FULL,
});

/** The reader is gone before anything is written. */
const unread = (name: string, command: string): Fault => ({
  name: `stdout that nobody reads, ${name}`,
  kind: "stream",
  run: `mkfifo p; exec 3<>p; exec 4>p 5<p; exec 3<&- 5<&-; rm p; ${command} >&4`,
  code: 125,
  stderr: UNREAD,
});

const closed = (name: string, command: string): Fault => ({
  name: `stdout that is closed, ${name}`,
  kind: "stream",
  run: `${command} >&-`,
  code: 125,
  stderr: CLOSED,
});

export const STREAM_FAULTS: readonly Fault[] = [
  full("a clean run", `stalemap run "$witness" --kernel 6.2 -q`),
  full("a violation", `stalemap run "$witness" --kernel 6.0 -q`),
  full("a document", "stalemap schema"),
  full("help", "stalemap --help"),
  {
    name: "stderr on a full device, a clean run",
    kind: "stream",
    run: `stalemap run "$witness" --kernel 6.2 2>/dev/full`,
    code: 0,
    stdout: /no violation, as expected/,
  },
  {
    name: "stderr on a full device, an error",
    kind: "stream",
    run: "stalemap run missing.yaml 2>/dev/full",
    code: 128,
  },
  {
    name: "both on a full device",
    kind: "stream",
    run: `stalemap run "$witness" --kernel 6.2 >/dev/full 2>/dev/full`,
    code: 125,
  },
  unread("a document", "stalemap schema"),
  unread("a list", "stalemap list"),
  unread("a program", `stalemap export "$witness" -q`),
  unread("a clean run", `stalemap run "$witness" --kernel 6.2 -q`),
  {
    name: "a reader that has enough, a document",
    kind: "stream",
    run: `stalemap schema | head -c 20 >/dev/null; exit \${PIPESTATUS[0]}`,
    code: 0,
  },
  closed("a document", "stalemap schema"),
  closed("a program", `stalemap export "$witness" -q`),
  closed("JSON", `stalemap run "$witness" --kernel 6.2 --json -q`),
  {
    name: "stdout that is closed, a verdict in text",
    kind: "stream",
    run: `stalemap run "$witness" --kernel 6.2 -q >&-`,
    code: 0,
  },
  {
    name: "stdout that is thrown away, JSON",
    kind: "stream",
    run: `stalemap run "$witness" --kernel 6.2 --json -q >/dev/null`,
    code: 0,
  },
  {
    name: "stderr that is closed, an error",
    kind: "stream",
    run: "stalemap run missing.yaml 2>&-",
    code: 128,
  },
];
