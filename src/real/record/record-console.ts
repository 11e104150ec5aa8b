/**
 * What init does in a boot under QEMU to record traces, and the reader of what it prints: each trace compressed, as
 * base64, between two lines that name it. Nothing else need leave the guest.
 */
import { gunzipSync } from "node:zlib";
import { readMarks } from "../machine/console-marks.js";
import { MAX_TRACE_LENGTH } from "../traces/trace-text.js";

interface RecordTask {
  /** Of the trace. */
  readonly name: string;
  /** Of the recorder in /programs. */
  readonly program: string;
  /** Serial number of its disk. */
  readonly disk: string;
  readonly seed: number;
}

export function recordCommands(tasks: readonly RecordTask[], runLimitSeconds: number): string[] {
  return [
    "mkdir -p /xfs",
    "record() { # name program disk seed",
    "  device=",
    '  for disk in /sys/block/vd*; do [ "$(cat $disk/serial)" = "$3" ] && device=/dev/$(basename $disk); done',
    '  mount -t xfs "$device" /xfs || { echo "@@stalemap failed $1 no disk"; return; }',
    `  timeout -s KILL ${runLimitSeconds} /programs/$2 /xfs/$1 /tmp/trace $4 > /tmp/out 2>&1; code=$?`,
    "  umount /xfs",
    '  if [ "$code" = 0 ]; then',
    '    echo "@@stalemap trace $1"; gzip -c /tmp/trace | base64; echo "@@stalemap end $1"',
    "  else",
    '    echo "@@stalemap failed $1 exit $code: $(tr -s "\\n" " " < /tmp/out)"',
    "  fi",
    "  rm -f /tmp/trace",
    "}",
    ...tasks.map((task) => `record ${task.name} ${task.program} ${task.disk} ${task.seed}`),
  ];
}

interface RecordReport {
  /** Why there is no trace, by its name. */
  readonly failures: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
}

/** Hands over each trace that came whole, one after the other: many at once may be more than there is memory for. */
export function parseRecordConsole(
  text: string,
  onTrace: (name: string, json: string) => void,
): RecordReport {
  const failures = new Map<string, string>();
  const { problems } = readMarks(text, (what, rest, pending) => {
    const [name = "", ...why] = rest.split(" ");
    if (what === "failed") failures.set(name, why.join(" "));
    else if (what === "end") {
      const json = unpack(pending);
      if (json === undefined) failures.set(name, "it came damaged through the console, or is over 32 MiB");
      else onTrace(name, json);
    }
  });
  return { failures, problems };
}

/** Kernel messages between the lines, which start with their time, are left out; one inside a line breaks the checksum. */
function unpack(lines: readonly string[]): string | undefined {
  const base64 = lines.filter((line) => /^[A-Za-z0-9+/=]+$/.test(line)).join("");
  try {
    return gunzipSync(Buffer.from(base64, "base64"), { maxOutputLength: MAX_TRACE_LENGTH }).toString();
  } catch {
    return undefined;
  }
}
