/** What was found is kept, whatever ends the program; and nothing that was there before is overwritten. */
import type { Fault } from "../faults-table.js";

/** Its first program fails, and is soon made small. */
const SEED = 14;
const FUZZ = `fuzz --kernel 6.0 --seed ${SEED} --keep-going --out f`;
/** Starts it in the background as `$pid`, and waits for the first file. */
const STARTED = `"$node" "$bin" ${FUZZ} --jobs 2 >o 2>e & pid=$!
for _ in $(seq 1 3000); do ls f/*.yaml >/dev/null 2>&1 && break; sleep 0.02; done`;
/** Ends with the status of replaying one of the files that were kept. */
const REPLAYED = `for one in f/*.yaml; do stalemap repro "$one" -q >r; status=$?; done
grep -q "^x case" r || status=99; rm -r f o e r; exit $status`;

/** A script that node loads first, in every thread. */
const preloaded = (name: string, body: string): string => `cat >${name}.cjs <<'END'
const { isMainThread } = require("node:worker_threads");
const fs = require("node:fs");
const changed = () => require("node:module").syncBuiltinESMExports();
${body}
END
`;
/** Once something was found. */
const inWorker = (body: string): string =>
  preloaded(
    "die",
    `const found = () => fs.existsSync("f") && fs.readdirSync("f").some((name) => name.endsWith(".yaml"));
if (!isMainThread) setInterval(() => { if (found()) { ${body} } }, 20);`,
  );

const MAIN_ENDS = `while read -r line; do case "$line" in *" keep "*) ls $(echo $line | cut -d' ' -f2) >/dev/null || exit 98;; esac; done <o
grep -q "^6.0, seed ${SEED}: [0-9]* kind" o || status=97
ls f/*.yaml >/dev/null || status=96
rm -r f o die.cjs; exit $status`;

const dying = (name: string, body: string, code: number, stderr: RegExp): Fault => ({
  name: `a worker that ${name}: what was found is printed and kept`,
  kind: code === 125 ? "memory" : "module",
  run: `${inWorker(body)}
"$node" --max-old-space-size=300 --require ./die.cjs "$bin" ${FUZZ} --runs 100000 --jobs 2 >o; status=$?
${MAIN_ENDS}`,
  code,
  stderr,
});

/** Signals that end it at once, so that only what is on disk is left. */
const killed = (signal: string): Fault => ({
  name: `fuzz killed by ${signal} has its findings on disk`,
  kind: "signal",
  run: `${STARTED}\nkill -${signal} $pid; wait $pid 2>/dev/null\n${REPLAYED}`,
  code: 1,
});

/** Signals after which it says what it has. */
const ended = (signals: string, status: number): Fault => ({
  name: `fuzz ended by ${signals} prints its findings`,
  kind: "signal",
  run: `${STARTED}
for one in ${signals}; do kill -$one $pid; sleep 0.2; done; wait $pid; status=$?
grep -q "interrupted by SIG${signals.split(" ")[0]}; partial result" e || status=99
grep -q "try  npx stalemap fuzz --kernel 6.0 --seed ${SEED} --from [0-9]* --keep-going --out f" e || status=98
grep -q "^6.0, seed ${SEED}: [0-9]* kind" o || status=97
[ "$(grep -c "^  keep " o)" = "$(ls f | wc -l)" ] || status=96
rm -r f o e; exit $status`,
  code: status,
});

/** The device gets full after so many of our files. */
const full = (files: number) =>
  preloaded(
    "full",
    `const write = fs.writeFileSync; let left = ${files};
fs.writeFileSync = (path, ...more) => {
  if (!String(path).includes("/.stalemap-") && !String(path).startsWith(".stalemap-")) return write(path, ...more);
  if (left-- <= 0) throw Object.assign(new Error("full"), { code: "ENOSPC" });
  return write(path, ...more);
};
changed();`,
  );

export const KEPT_FAULTS: readonly Fault[] = [
  killed("KILL"),
  killed("QUIT"),
  ended("INT", 130),
  ended("TERM", 143),
  ended("HUP", 143),
  ended("INT INT", 130),
  dying("throws", 'throw new Error("injected")', 134, /^internal error: a worker thread ended: injected$/m),
  dying("exits", "process.exit(7)", 134, /^internal error: a worker thread ended: status 7$/m),
  dying(
    "runs out of memory",
    "const all = []; for (;;) all.push(new Array(100_000).fill({}));",
    125,
    /^error: a worker thread ran out of memory\n {2}fewer --jobs/m,
  ),
  {
    name: "run with a worker that throws",
    kind: "module",
    run: `${preloaded("die", 'if (!isMainThread) throw new Error("injected");')}
"$node" --require ./die.cjs "$bin" run "$witness" --jobs 2 --json; status=$?; rm die.cjs; exit $status`,
    code: 134,
    stdout: /"results": \[\]/,
    stderr: /^internal error: a worker thread ended: injected$/m,
  },
  {
    name: "explore with a worker that exits",
    kind: "module",
    run: `${preloaded("die", "if (!isMainThread) process.exit(0);")}
"$node" --require ./die.cjs "$bin" explore "$witness" --kernel 6.0; status=$?; rm die.cjs; exit $status`,
    code: 134,
    stderr: /^internal error: a worker thread ended: status 0$/m,
  },
  {
    name: "a disk that is full when the first finding comes: it is printed",
    kind: "disk",
    run: `${full(1)}
"$node" --require ./full.cjs "$bin" fuzz --seed ${SEED} --out f; status=$?; rm full.cjs; rmdir f; exit $status`,
    code: 1,
    stdout: /^x case-\d+ on 6\.0: [\s\S]*again +npx stalemap repro sm/m,
    stderr: /^error: cannot write f\/6\.0-[a-z]+-14-\d+\.yaml: no space left on the device$/m,
  },
  {
    name: "a disk that is full when the finding is shrunk: the file as found stays",
    kind: "disk",
    run: `${full(2)}
"$node" --require ./full.cjs "$bin" fuzz --seed ${SEED} --out f >o 2>e; status=$?
grep -q "As it was found, not shrunk" f/*.yaml && grep -q "^  keep  *$(ls f/*.yaml)$" o || status=99
cat e >&2; rm -r full.cjs f o e; exit $status`,
    code: 1,
    stderr: /no space left on the device/,
  },
  {
    name: "an --out in which nothing can be written is refused before the work",
    kind: "disk",
    run: "stalemap fuzz --kernel cured --out /proc/found",
    code: 128,
    stderr: /^error: cannot write into \/proc\/found: /,
  },
  {
    name: "temporary files of killed runs go, those of others stay",
    kind: "disk",
    run: `mkdir f; touch f/.stalemap-999999999-a1.tmp f/.stalemap-1-a1.tmp f/.stalemap-x.tmp f/other.tmp
stalemap fuzz --seed ${SEED} --out f -q >o; status=$?; rm o f/*.yaml; exit $status`,
    code: 1,
    leaves: ["f", "f/.stalemap-1-a1.tmp", "f/.stalemap-x.tmp", "f/other.tmp"],
  },
  {
    name: "a file of the same name is left alone",
    kind: "disk",
    run: `stalemap fuzz --seed ${SEED} --out f -q >o; one=$(ls f/*); echo mine >$one
for _ in 1 2; do stalemap fuzz --seed ${SEED} --out f -q >o; status=$?; done
grep -q "^  keep  *\${one%.yaml}-2.yaml$" o && [ "$(cat $one)" = mine ] && [ "$(ls f | wc -l)" = 2 ] || status=99
rm -r f o; exit $status`,
    code: 1,
  },
  {
    name: "two kernels that differ by a toggle have two files",
    kind: "disk",
    run: `for flag in with without; do stalemap fuzz --\${flag} scan-limit-eof --seed ${SEED} --out f -q >o; done; rm o; ls f | wc -l; rm -r f`,
    code: 0,
    stdout: /^2$/m,
  },
  {
    name: "a resumed run knows the kinds that its folder has",
    kind: "disk",
    run: `stalemap fuzz --seed ${SEED} --out f -q >o; n=$(ls f | sed 's/.*-\\([0-9]*\\)\\.yaml/\\1/')
stalemap fuzz --seed ${SEED} --from 0 --runs $((n + 1)) --out f -q; status=$?; ls f | wc -l; rm -r f o; exit $status`,
    code: 1,
    stdout:
      /^ +1 {2}[\s\S]*\(known: f\/6\.0-[a-z]+-14-\d+\.yaml\)\n\n6\.0, seed 14: 0 kinds, 1 known before\n[\s\S]*^1$/m,
  },
  {
    name: "a signal while a file is read is not lost",
    kind: "signal",
    run: `${preloaded(
      "signal",
      `const read = fs.readSync; let sent = isMainThread ? 0 : 1;
fs.readSync = (...all) => { if (typeof all[0] === "number" && sent++ === 0) process.kill(process.pid, "SIGINT"); return read(...all); };
changed();`,
    )}
echo "{" >bad.yaml; for command in check conform run; do
"$node" --require ./signal.cjs "$bin" $command bad.yaml 2>/dev/null >/dev/null; echo $?; done; rm bad.yaml signal.cjs`,
    code: 0,
    stdout: /^130\n130\n130\n$/,
  },
  {
    name: "a signal while the last verdict is printed is not lost",
    kind: "signal",
    run: `${preloaded(
      "signal",
      `const write = process.stdout.write.bind(process.stdout);
if (isMainThread) process.stdout.write = (...all) => { process.kill(process.pid, "SIGTERM"); return write(...all); };`,
    )}
"$node" --require ./signal.cjs "$bin" run "$witness" --kernel 6.2 -q >o; status=$?; rm o signal.cjs; exit $status`,
    code: 143,
  },
];

/** Every thread writes the whole file again and again: one schedule is tens of thousands of steps. */
const LONG = `ops=$(for i in $(seq 64); do printf '{ write: 0..256k }, '; done)
{ printf 'name: long\\nfile: { size: 0, block: 4k }\\nthreads:\\n'; for t in a b c d; do echo "  $t: [$ops]"; done
echo 'expect: { cured: ok }'; } >long.yaml`;

/**
 * Commands end soon after a signal, whatever they are at, here when they have worked for 1.5 s: the limit is there so
 * that a hang ends.
 */
const long = (command: string): Fault => ({
  name: `a signal in the middle of ${command}`,
  kind: "signal",
  run: `${LONG}
"$node" "$bin" ${command} long.yaml --kernel cured >o 2>e & pid=$!
while kill -0 $pid && [ $(cut -d' ' -f14 /proc/$pid/stat) -lt 150 ]; do sleep 0.1; done 2>/dev/null
kill -INT $pid; for _ in $(seq 200); do kill -0 $pid 2>/dev/null || break; sleep 0.1; done
kill -KILL $pid 2>/dev/null; wait $pid; status=$?; rm long.yaml o e; exit $status`,
  code: 130,
});

export const LONG_FAULTS: readonly Fault[] = [
  long("run"),
  long("explore"),
  long("matrix"),
  long("export"),
  {
    name: "a time limit in the middle of a schedule",
    kind: "signal",
    run: `${LONG}
for command in "explore" "run" "explore --realizable"; do
timeout 60 "$node" "$bin" $command long.yaml --kernel cured --time 1s -q >o; echo $?; done; rm long.yaml o`,
    code: 0,
    stdout: /^125\n(0|125)\n125\n$/,
  },
];
