/** What init does in a boot under QEMU to run programs. */

export interface InitRun {
  readonly name: string;
  /** The mount point: /4k or /1k. */
  readonly mount: string;
  readonly repeat: number;
}

/** Mounts the disks in turn and runs the programs; a program's own output on its first run and on new verdicts. */
export function runCommands(
  mounts: readonly string[],
  runs: readonly InitRun[],
  runLimitSeconds: number,
): string[] {
  return [
    "disk() { # device mount",
    '  mkdir -p $2; mount -t xfs $1 $2 || echo "@@stalemap problem mount $2"',
    "}",
    "run() { # name mount repeat",
    "  i=0; seen=",
    '  while [ "$i" -lt "$3" ]; do',
    `    timeout -s KILL ${runLimitSeconds} /programs/$1 $2/file-$i > /tmp/out 2>&1; code=$?`,
    '    case "$seen" in *" $code "*) ;; *) seen="$seen $code "; cat /tmp/out;; esac',
    '    echo "@@stalemap run $1 $i $code"; i=$((i + 1))',
    "  done",
    "}",
    ...mounts.map((mount, i) => `disk /dev/vd${"abcd".charAt(i)} ${mount}`),
    ...runs.map((run) => `run ${run.name} ${run.mount} ${run.repeat}`),
    ...mounts.map((mount) => `umount ${mount}`),
  ];
}
