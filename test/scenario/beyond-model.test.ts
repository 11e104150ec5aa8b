/** What people try and the model does not have is said as that, with its place, never as a typing error. */
import { describe, expect, it } from "vitest";
import { didYouMean } from "../../src/cli/exit.js";
import { parseFile } from "../../src/cli/input/files.js";
import { OP_NAMES } from "../../src/kernel/ops.js";
import { BEYOND_NAMES, beyondModel } from "../../src/scenario/beyond-model.js";
import { parseScenario } from "../../src/scenario/language/parse.js";

function errors(text: string) {
  const read = parseScenario(text, "a.yaml");
  if (!("diagnostics" in read)) throw new Error("it is read");
  return read.diagnostics;
}

const WORDS =
  "direct dio o_direct dio-write O_DIRECT clone reflink dedupe copy_file_range crash shutdown power-fail nowait RWF_NOWAIT dax realtime reopen drop_caches exchange-range";

it("is said of a name, too, where there is none", () => {
  expect(didYouMean("o_direct", ["direction"])).toMatch(/^the model has no direct I\/O; /);
  expect(didYouMean("directio", ["direction"])).toBe("did you mean direction?");
});

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

/** One that no release of the model will have soon, in the other forms that people hold. */
describe.each(
  "direct dio o_direct clone reflink dedupe crash shutdown nowait dax realtime exchange_range".split(" "),
)("%s", (word) => {
  const opened = "r0 = openat(0xffffffffffffff9c, &(0x7f0000000000)='./f\\x00', 0x42, 0x1ff)";
  it.each([
    ["an operation file of fsx", "a.fsxops", `write 0 0x1000 0\n${word} 0 0x1000 0x1000 0x2000\n`],
    ["xfs_io", "a.sh", `xfs_io -f -c "pwrite 0 4k" -c "${word} 0 4k" f\n`],
    [
      "syzkaller",
      "a.syz",
      `${opened}\npwrite64(r0, &(0x7f0000000040)="aa", 0x1, 0x0)\n${word}(r0, 0x0, 0x1000)\n`,
    ],
  ])("in %s is named as what there is none of", (_, file, text) => {
    const read = parseFile(file, text);
    expect("diagnostics" in read ? read.diagnostics[0] : read).toMatchObject({
      message: expect.stringMatching(/^the model has no /),
      remedy: expect.stringMatching(/./),
    });
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
