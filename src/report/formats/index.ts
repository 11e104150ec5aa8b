/**
 * The formats, by the names that --reporter takes: the one place to enter a new one.
 */
import type { Format, Kind } from "../reporter.js";
import { github } from "./github.js";
import { json } from "./json.js";
import { jsonl } from "./jsonl.js";
import { text } from "./text.js";

export const FORMATS = { text, json, jsonl, github } as const satisfies { readonly [name: string]: Format };
export type FormatName = keyof typeof FORMATS;

/** The formats that can write all of these kinds. */
export function formatsFor(kinds: readonly Kind[]): FormatName[] {
  const names = Object.keys(FORMATS) as FormatName[];
  return names.filter((name) => kinds.every((kind) => formatOf(name).pages[kind] !== undefined));
}

export function formatOf(name: FormatName): Format {
  return FORMATS[name];
}
