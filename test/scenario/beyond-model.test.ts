/** What people try and the model does not have is said as that, with its place, never as a typing error. */
import { describe, expect, it } from "vitest";
import { OP_NAMES } from "../../src/kernel/ops.js";
import { BEYOND_NAMES, beyondModel } from "../../src/scenario/beyond-model.js";
import { parseScenario } from "../../src/scenario/language/parse.js";

function errors(text: string) {
  const read = parseScenario(text, "a.yaml");
  if (!("diagnostics" in read)) throw new Error("it is read");
  return read.diagnostics;
}

const WORDS =
  "direct dio o_direct dio-write O_DIRECT clone reflink dedupe copy_range copy_file_range crash shutdown power-fail nowait RWF_NOWAIT dax realtime close reopen msync madvise drop_caches unshare_range exchange-range";

describe.each(WORDS.split(" "))("%s", (word) => {
  it.each([
    ["an operation", `threads: { a: [{ ${word}: 0..4k }] }`, 3],
    ["beside an operation", `setup: [{ write: 0..4k, ${word}: true }]`, 3],
    ["a key of the file", `setup: [{ write: 0..4k }]\nbudget: { ${word}: 1 }`, 4],
  ])("as %s is named as what there is none of", (_, line, at) => {
    const [first, ...more] = errors(`name: a\nfile: { size: 0 }\n${line}\n`);
    expect(more).toEqual([]);
    expect(first?.line).toBe(at);
    expect(first?.nearest).toBeUndefined();
    expect(first?.message).toMatch(/^the model has no /);
    expect(first?.remedy).not.toBe("");
    expect(first?.source.slice((first.column ?? 0) - 1)).toMatch(new RegExp(`^${word}`));
  });
});

it("what stands for a range is looked at as well", () => {
  const [first] = errors("name: a\nfile: { size: 0 }\nsetup: [{ write: direct 8k }]\n");
  expect(first?.message).toBe("the model has no direct I/O");
});

it("typing errors are what they were", () => {
  const [first] = errors("name: a\nfile: { size: 0 }\nsetup: [{ wirte: 0..4k }]\n");
  expect(first).toMatchObject({ nearest: "write" });
});

it("operations of the model are none of them, and names are words", () => {
  for (const name of OP_NAMES) expect(beyondModel(name), name).toBeUndefined();
  for (const name of ["direct", "clone", "dedupe", "exchange"]) expect(BEYOND_NAMES).toContain(name);
});
