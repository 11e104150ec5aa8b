/** Which programs are plain: whatever could fail, drop what is dirty or free a block keeps one from being so. */
import { describe, expect, it } from "vitest";
import { PROGRAMS } from "../../../src/dev/accept/search-mutants/programs.js";
import { makeSubject } from "../../../src/explore/run/subject.js";
import { isPlainProgram } from "../../../src/explore/search/plain-programs.js";
import { scenario } from "../../kernel/machine.js";
import { subjectOf } from "./subjects.js";

interface Differs {
  readonly kernel?: string;
  readonly block?: string;
  readonly setup?: string;
  readonly op?: string;
  readonly budget?: string;
}

function isPlain({ kernel = "cured", block = "4k", setup = "write: 0..4k", op, budget = "" }: Differs) {
  const text = `
name: p
file: { size: 8k, block: ${block} }
setup: [{ fallocate: 0..8k }, { ${setup} }]
threads: { a: [{ write: 0..6k }, { read: 0..8k }], b: [{ writeback: 0..8k }, { ${op ?? "fsync: 0..8k"} }] }
budget: { evictions: 2${budget} }
`;
  return isPlainProgram(subjectOf(text, kernel).engine);
}

describe("a plain program", () => {
  it.each<Differs>([
    {},
    { kernel: "6.0" },
    { kernel: "6.2" },
    { op: "sync_file_range: 0..8k" },
    { op: "evict: 0..4k" },
    { setup: "punch: 0..4k" },
  ])("is one with %j", (differs) => expect(isPlain(differs)).toBe(true));

  it.each<Differs>([
    { block: "1k" },
    { kernel: "7.2" },
    { setup: "write: 0..4k, dontcache: true", kernel: "6.18" },
    { op: "write: 0..4k, dontcache: true" },
    { op: "read: 0..4k, dontcache: true" },
    { op: "write: 0..4k, fault-at: 2k" },
    { op: "write: 0..4k, short-copy: 2k" },
    { op: "write: 6k..10k" },
    { op: "append: 2k" },
    { op: "store: 0..2k" },
    { op: "load: 0..2k" },
    { op: "truncate: 4k" },
    { op: "punch: 0..4k" },
    { op: "zero: 0..4k" },
    { budget: ", short-copy: 1" },
    { budget: ", device-error: 1" },
    { budget: ", allocation-failure: 1" },
  ])("is none with %j", (differs) => expect(isPlain(differs)).toBe(false));

  it("is none when a folio is dirty over a hole where it starts, wherever the machine is by now", () => {
    const { kernel, without, text } = PROGRAMS["starts-dirty-over-hole"];
    const { engine } = makeSubject(scenario(`name: p\n${text}`), { base: kernel, with: [], without });
    expect(isPlainProgram(engine)).toBe(false);
    engine.k.folios.s.fill(0);
    expect(isPlainProgram(engine)).toBe(false);
    const flushed = makeSubject(scenario(`name: p\n${text}`), { base: kernel, with: [], without: [] });
    expect(isPlainProgram(flushed.engine)).toBe(true);
  });
});
