import { describe, expect, it } from "vitest";
import { cutWrite } from "../../src/force/cut-write.js";
import { problemsOf } from "../../src/force/program-problems.js";
import { dataIds, type RealProgram } from "../../src/force/real-program.js";
import { eofPunch, table } from "../real/programs.js";

const file = { size: 12288, block: 4096, page: 4096 };

describe("cutWrite", () => {
  it("cuts at page boundaries, and behind a stop at the last byte of its block", () => {
    const { pieces, readable } = cutWrite({ kind: "write", from: 256, to: 9000 }, [4096], file);
    expect(pieces.map((piece) => piece.from)).toEqual([256, 4096, 8191, 8192]);
    expect(pieces.at(-1)?.to).toBe(9000);
    expect(readable).toBe(4);
  });

  it("has the bell in the first block at a stop, however small blocks are", () => {
    const { pieces } = cutWrite({ kind: "write", from: 0, to: 8192 }, [4096], { ...file, block: 1024 });
    expect(pieces.map((piece) => piece.from)).toEqual([0, 4096, 5119, 5120]);
  });

  it("leaves what lies behind faultAt unreadable", () => {
    const { pieces, readable } = cutWrite({ kind: "write", from: 0, to: 8192, faultAt: 5000 }, [0], file);
    expect(pieces.slice(0, readable).at(-1)?.to).toBe(5000);
    expect(pieces.slice(readable)).toEqual([{ from: 5000, to: 8192 }]);
  });
});

describe("problemsOf", () => {
  const program = eofPunch(4096);
  const withActions = (actions: RealProgram["actions"]) => problemsOf({ ...program, actions, expected: [] });
  const op = { id: "writer.0", kind: "write", from: 0, to: 8192 } as const;

  it("finds none in the witnesses", () => {
    for (const block of [4096, 1024])
      for (const { make } of table) expect(problemsOf(make(block)), make(block).name).toEqual([]);
  });

  it("declines what user space cannot force, one sentence each", () => {
    const start = { do: "start", op, stops: [0] } as const;
    const read = { do: "op", op: { id: "reader.0", kind: "read", from: 0, to: 10 } } as const;
    expect(withActions([start])).toEqual(["A write is still stopped at the end."]);
    expect(withActions([start, read, { do: "resume" }])).toEqual([
      "reader.0: read waits for IOLOCK, which the stopped write holds.",
    ]);
    expect(withActions([{ do: "fail" }])).toEqual(["fail, but no write is stopped."]);
    expect(withActions([start, start, { do: "kill" }])).toEqual([
      "writer.0 starts while another write is stopped (IOLOCK).",
    ]);
    expect(withActions([{ ...start, stops: [100] }, { do: "resume" }])).toEqual([
      "writer.0: 100 is not where a readable source page of it starts.",
    ]);
    const oneByte = { do: "start", op: { ...op, to: 4097 }, stops: [4096] } as const;
    expect(withActions([oneByte, { do: "resume" }])).toEqual([
      "writer.0: a stop before a single byte cannot be forced on 6.6 and later.",
    ]);
  });

  it("declines programs that show uninitialised memory, and says why", () => {
    const short = { do: "start", op: { ...op, shortCopy: 100 }, stops: [] } as const;
    expect(withActions([short])[0]).toMatch(/short copy can leave uninitialised page memory readable/);
  });

  it("knows the operations that a promise may name", () => {
    expect(dataIds(program)).toEqual(["writer.0", "storer.0"]);
    const expected = [{ from: 0, to: 1, allowed: ["nobody.0"] }];
    expect(problemsOf({ ...program, expected })).toEqual(["No operation writes nobody.0."]);
  });
});
