/**
 * A kernel source tree as a variant: every toggle that its text shows, the nearest named release and what differs
 * from it. A tree that is none, or is damaged, is refused with the place.
 */
import { FIX_NAMES, type FixName } from "../kernel/versions/fixes.js";
import { RELEASES, type Release } from "../kernel/versions/releases.js";
import type { KernelVariant } from "../kernel/versions/variant.js";
import { Damage, readC, type Source } from "./c-source.js";
import type { Answer, Rule } from "./signature.js";
import { SIGNATURES } from "./signatures.js";
import { MAY_DEFINE_NOTHING, TREE_FILES } from "./tree-files.js";
import { UNMODELLED } from "./unmodelled.js";

/** The text of a file of the tree by its path there; undefined when there is none. */
export type ReadFile = (path: string) => string | undefined;

export interface Toggled {
  readonly name: string;
  readonly answer: Answer;
}

export interface TreeReading {
  /** Those that text can show, in the order of the toggles' table. */
  readonly toggles: readonly (Toggled & { readonly name: FixName })[];
  /** Differences between kernels that the model does not know, where they matter. */
  readonly unmodelled: readonly (Toggled & { readonly usual: boolean | undefined })[];
  /** The nearest release with what differs from it; an unknown toggle is as that release has it. */
  readonly variant: KernelVariant;
  readonly unknown: readonly FixName[];
}

/** Why there is no reading of a tree: a file that is missing, damaged or not a kernel's. */
export class BadTree extends Error {
  /** `file:line` in the tree, or undefined when it is about the whole. */
  readonly place: string | undefined;

  constructor(problem: string, place?: string) {
    super(problem);
    this.place = place;
  }
}

const LOOKED_FOR = FIX_NAMES.flatMap((name): (readonly [FixName, Rule])[] => {
  const rule = SIGNATURES[name];
  return rule === undefined ? [] : [[name, rule]];
});

/** Reads a tree. Throws BadTree. */
export function readTree(read: ReadFile): TreeReading {
  const sources = new Map(filesOf(read).map(([file, text]) => [file, sourceOf(file, text)]));
  const ask = (rule: Rule): Answer => rule.answer((file) => sources.get(file));
  const toggles = LOOKED_FOR.map(([name, rule]) => ({ name, answer: ask(rule) }));
  const unmodelled = Object.entries(UNMODELLED).map(([name, { usual, rule }]) => {
    return { name, usual, answer: ask(rule) };
  });
  const known = new Map(toggles.flatMap(({ name, answer }) => ("on" in answer ? [[name, answer.on]] : [])));
  const unknown = toggles.flatMap(({ name }) => (known.has(name) ? [] : [name]));
  return { toggles, unmodelled, unknown, variant: nearest(known) };
}

function filesOf(read: ReadFile): [file: string, text: string][] {
  const missing: string[] = [];
  const found: [string, string][] = [];
  for (const names of TREE_FILES) {
    const there = names.flatMap((file): [string, string][] => {
      const text = read(file);
      return text === undefined ? [] : [[file, text]];
    });
    if (there.length === 0) missing.push(names.join(" or "));
    for (const one of there) if (!found.some(([file]) => file === one[0])) found.push(one);
  }
  if (missing.length === TREE_FILES.length) throw new BadTree("it is not a Linux source tree");
  if (missing.length > 0) throw new BadTree(`it has no ${missing.join(", no ")}`);
  return found;
}

/** Text that was read lately, as sources: trees of a history share most files. */
const memo = new Map<string, { readonly file: string; readonly source: Source }>();
const MEMO_FILES = 64;

function sourceOf(file: string, text: string): Source {
  const known = memo.get(text);
  if (known?.file === file) return known.source;
  const source = parsed(file, text);
  if (source.definitions.size === 0 && !MAY_DEFINE_NOTHING.has(file))
    throw new BadTree("it defines no function that is looked for: it is not Linux's", file);
  if (memo.size >= MEMO_FILES) memo.clear();
  memo.set(text, { file, source });
  return source;
}

function parsed(file: string, text: string): Source {
  try {
    return readC(text, wanted(file));
  } catch (error) {
    if (error instanceof Damage) throw new BadTree(error.message, `${file}:${error.line}`);
    throw error;
  }
}

/** The functions that signatures look for in a file. */
function wanted(file: string): ReadonlySet<string> {
  const rules = [...Object.values(SIGNATURES), ...Object.values(UNMODELLED).map(({ rule }) => rule)];
  const places = rules.flatMap((rule) => rule.places).filter((place) => place.files.includes(file));
  return new Set(places.flatMap(({ names }) => names));
}

/** The release with the fewest differences, the first of several, and these. */
function nearest(known: ReadonlyMap<FixName, boolean>): KernelVariant {
  const differences = ({ fixes }: Release) => [...known].filter(([name, on]) => fixes.has(name) !== on);
  const [base] = [...RELEASES].sort((a, b) => differences(a).length - differences(b).length);
  const changed = differences(base!);
  const names = (isOn: boolean) => changed.filter(([, on]) => on === isOn).map(([name]) => name);
  return { base: base!.name, with: names(true), without: names(false), isTree: true };
}
