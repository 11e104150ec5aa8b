/**
 * The bytes of input files. Nothing named on a command line can keep the program waiting unheard: files are opened
 * without blocking and read up to a limit, and pipes are read ahead, between turns of the event loop, in which signals
 * are heard.
 */
import { closeSync, fstatSync, type Stats, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { visible } from "../../scenario/yaml/diagnostic.js";
import { EXIT, invalid, Stop } from "../exit.js";
import type { Interrupt } from "../terminal/interrupt.js";
import { STDIN } from "./named.js";
import { open, readPiece, total } from "./read-pieces.js";
import { unreadable } from "./unreadable.js";

/** How long the two sides of a pipe may take to open it one after the other, ms. */
const PATIENCE = 1_000;
const POLL = 10;

/** What pipes gave, by path: they can be read only once. */
const ahead = new Map<string, Buffer>();

/** Reads the pipes among these paths to their ends, `limit` bytes of each at most; stops on a signal. */
export async function readPipesAhead(
  paths: readonly string[],
  limit: number,
  interrupt: Interrupt,
): Promise<void> {
  if (paths.includes(STDIN) && !ahead.has(STDIN)) ahead.set(STDIN, await readStdin(limit, interrupt));
  for (const path of paths)
    if (!ahead.has(path) && statOf(path)?.isFIFO() === true)
      ahead.set(path, await readPipe(path, limit, interrupt));
}

async function readStdin(limit: number, interrupt: Interrupt): Promise<Buffer> {
  if (process.stdin.isTTY) throw invalid("cannot read stdin: it is a terminal", "pipe something into it");
  const pieces: Buffer[] = [];
  const all = (async () => {
    for await (const piece of process.stdin) {
      pieces.push(Buffer.from(piece));
      if (total(pieces) > limit) break;
    }
    return true;
  })();
  const isRead = await interrupt.race(all);
  process.stdin.destroy();
  if (isRead !== true) throw interrupted("stdin", interrupt);
  return Buffer.concat(pieces);
}

function interrupted(what: string, interrupt: Interrupt): Stop {
  return new Stop(
    interrupt.status(EXIT.UNDECIDED),
    `interrupted by ${interrupt.signal} while ${what} was read`,
  );
}

async function readPipe(path: string, limit: number, interrupt: Interrupt): Promise<Buffer> {
  const file = open(path);
  try {
    const pieces: Buffer[] = [];
    for (let waited = 0; total(pieces) <= limit; ) {
      if (interrupt.signal !== undefined) throw interrupted(visible(path), interrupt);
      const piece = readPiece(path, file);
      if (piece?.length === 0) {
        // Nobody has it open for writing: not any more, or not yet.
        if (pieces.length > 0) break;
        waited += POLL;
        if (waited > PATIENCE) throw unreadable(path, "nobody writes into this pipe");
      } else if (piece !== undefined) pieces.push(piece);
      await sleep(piece === undefined || piece.length === 0 ? POLL : 0);
    }
    return Buffer.concat(pieces);
  } finally {
    closeSync(file);
  }
}

/** The bytes of a file; 128 when it cannot be read, is no file, or has more than `limit`. */
export function readBytes(path: string, limit: number): Buffer {
  const bytes = ahead.get(path) ?? readFile(path, limit);
  if (bytes.length > limit) throw unreadable(path, `it is larger than ${limit / 1024} kB`);
  return bytes;
}

function readFile(path: string, limit: number): Buffer {
  const file = open(path);
  try {
    const stat = fstatSync(file);
    if (stat.isDirectory()) throw unreadable(path, "it is a directory", "name the files in it");
    if (!stat.isFile()) throw unreadable(path, `it is a ${stat.isFIFO() ? "pipe" : "device"}`);
    const pieces: Buffer[] = [];
    while (total(pieces) <= limit) {
      const piece = readPiece(path, file);
      if (piece === undefined) throw unreadable(path, "it has no end");
      if (piece.length === 0) break;
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  } finally {
    closeSync(file);
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return path.includes("\0") ? undefined : statSync(path);
  } catch {
    return undefined;
  }
}
