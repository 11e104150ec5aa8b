/**
 * What fsx says when something is wrong: which bytes, with the table OFFSET GOOD BAD, and its own words.
 */
import type { BadBytes } from "./fsx-log.js";

/** Hears lines that are no calls, one after the other. */
export class Complaints {
  badBytes: BadBytes | undefined;
  complaint: string | undefined;
  #isTable = false;
  #read: { readonly from: number; readonly to: number } | undefined;

  hear(line: string): void {
    const read = /READ BAD DATA: offset = 0x([0-9a-f]{1,13}), size = 0x([0-9a-f]{1,13})/i.exec(line);
    if (read !== null) {
      const [from = 0, size = 0] = read.slice(1).map((n) => Number.parseInt(n, 16));
      this.#read = { from, to: from + Math.max(1, size) };
      this.#note(line);
      this.badBytes ??= this.#read;
    } else if (/OFFSET\s+GOOD\s+BAD/.test(line)) this.#isTable = true;
    else if (this.#isTable) this.#row(line);
    const past = /Mapped (?:Read|Write|check_contents): non-zero data past EOF \(0x([0-9a-f]{1,13})\)/i.exec(
      line,
    );
    if (past !== null) {
      const from = Number.parseInt(past[1] ?? "0", 16) + 1;
      this.badBytes ??= { from, to: from + 1 };
      this.#note(line);
    }
    if (/Size error: expected 0x|short (?:read|write): 0x|\bdo_?[a-z_]{3,20}: [a-z0-9]+: [A-Z]/.test(line))
      this.#note(line);
    const ltp = /File memory differs at offset=(\d{1,15})/.exec(line);
    if (ltp !== null) {
      this.badBytes ??= { from: Number(ltp[1]), to: Number(ltp[1]) + 1 };
      this.#note(line);
    }
  }

  #note(line: string): void {
    this.complaint ??= line
      .slice(Math.max(0, line.search(/READ BAD|Mapped|Size error|short|File memory|\bdo_?[a-z]/)))
      .trim();
  }

  #row(line: string): void {
    const row =
      /0x([0-9a-f]{1,13})\s+(0x[0-9a-f]{1,4}|0{3,8})\s+(0x[0-9a-f]{1,4}|0{3,8})(?:\s+0x\s*([0-9a-f]{1,13}))?/i.exec(
        line,
      );
    if (row === null) {
      if (!/operation# \(mod 256\)/.test(line)) this.#isTable = false;
      return;
    }
    const from = Number.parseInt(row[1] ?? "0", 16);
    const range = Number.parseInt(row[4] ?? "0", 16);
    const last = Math.min(from + Math.max(1, range), this.#read?.to ?? Number.POSITIVE_INFINITY);
    const isFirst = this.badBytes?.good === undefined;
    if (isFirst) this.badBytes = { from, to: Math.max(from + 1, last), good: row[2], bad: row[3] };
    else if (this.badBytes !== undefined)
      this.badBytes = { ...this.badBytes, to: Math.max(this.badBytes.to, from + 1) };
  }
}
