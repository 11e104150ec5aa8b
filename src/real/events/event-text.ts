/**
 * A trace as it is kept: under a line that says where it comes from, without the system calls of processes that have not
 * touched the file system.
 */
const THREAD = /^\s*\S[^\n]{0,40}?-(\d{1,8})\s+(?:\([^)]*\)\s+)?\[/;
const WRITTEN = /entries-in-buffer\/entries-written: (\d+)\/(\d+)/;

export interface KeptEvents {
  readonly text: string;
  /** Lines that are events. */
  readonly events: number;
  /** Events that the buffer had no room for, the oldest. */
  readonly overwritten: number;
}

export function keptEvents(trace: string, kernel: string, block: number): KeptEvents {
  const lines = trace.replaceAll("\r", "").split("\n");
  const pidOf = (line: string): string | undefined => THREAD.exec(line)?.[1];
  const isCall = (line: string): boolean => /: sys_\w+(\(| -> )/.test(line);
  const ours = new Set(lines.flatMap((line) => (isCall(line) ? [] : (pidOf(line) ?? []))));
  const kept = lines.filter((line) => !isCall(line) || ours.has(pidOf(line) ?? ""));
  const [, held = "0", written = "0"] = WRITTEN.exec(trace) ?? [];
  return {
    text: [`# stalemap real trace: kernel ${kernel}, blocks of ${block} bytes`, ...kept].join("\n"),
    events: kept.filter((line) => pidOf(line) !== undefined).length,
    overwritten: Number(written) - Number(held),
  };
}
