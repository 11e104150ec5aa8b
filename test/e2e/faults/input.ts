/** Inputs that are no files, never end or keep their reader waiting. */
import type { Fault } from "../faults-table.js";

const refused = (name: string, run: string, stderr: RegExp): Fault => ({
  name,
  kind: "input",
  run,
  code: 128,
  stderr,
});

const interrupted = (name: string, signal: string, code: number, command: string): Fault => ({
  name: `${name}: ${signal} is heard`,
  kind: "signal",
  run: `mkfifo p; exec 3<>p; "$node" "$bin" ${command} 2>err & pid=$!
    reading $pid p; kill -${signal} $pid; wait $pid; status=$?; cat err >&2; rm p err; exit $status`,
  code,
  stderr: new RegExp(`^error: interrupted by SIG${signal} while p was read$`, "m"),
});

export const INPUT_FAULTS: readonly Fault[] = [
  refused(
    "a pipe without a writer",
    "mkfifo p; stalemap check p; status=$?; rm p; exit $status",
    /^error: cannot read p: nobody writes into this pipe$/m,
  ),
  refused(
    "a pipe as a variant file",
    `mkfifo p.yaml; stalemap run "$witness" --kernel p.yaml; status=$?; rm p.yaml; exit $status`,
    /cannot read p\.yaml: nobody writes into this pipe/,
  ),
  refused(
    "a device that never ends",
    "stalemap check /dev/zero",
    /^error: cannot read \/dev\/zero: it is a device$/m,
  ),
  refused(
    "a device that ends at once",
    "stalemap check /dev/null",
    /^error: cannot read \/dev\/null: it is a device$/m,
  ),
  refused(
    "a file that never ends",
    "stalemap check /proc/self/pagemap",
    /^error: cannot read \/proc\/self\/pagemap: it is larger than 16384 kB$/m,
  ),
  refused(
    "a file that cannot be read",
    "stalemap check /proc/self/mem",
    /^error: cannot read \/proc\/self\/mem: the device reports an error$/m,
  ),
  refused(
    "a pipe that never ends",
    "stalemap check <(while :; do printf %01000d 0; done)",
    /it is larger than 16384 kB/,
  ),
  refused(
    "a pipe beside the traces that were named",
    `gzip -dc "$root/test/data/kernel-traces/6.18.44/1k-any-s11.json.gz" | head -c 100 >4k-any-s2.json; mkfifo 4k-any-s1.json; stalemap conform 4k-any-s2.json; status=$?; rm 4k-any-s*; exit $status`,
    /4k-any-s2\.json:1:/,
  ),
  {
    name: "a pipe with a writer that is slow",
    kind: "input",
    run: `mkfifo p; { sleep 0.3; cat "$witness"; } >p & stalemap check p; status=$?; rm p; exit $status`,
    code: 0,
    stdout: /^ok p: unwritten-tail/,
  },
  {
    name: "a pipe with a process behind it",
    kind: "input",
    run: `stalemap check <(head -n 5 "$witness"; sleep 0.5; tail -n +6 "$witness")`,
    code: 0,
    stdout: /^ok \/dev\/fd\/\d+: unwritten-tail/,
  },
  interrupted("a pipe that stays silent", "INT", 130, "check p"),
  interrupted("a pipe that stays silent", "TERM", 143, "check p"),
  interrupted("a pipe that stays silent, explored", "TERM", 143, "explore p"),
];
