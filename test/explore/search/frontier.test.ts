/** The states still to be looked at come out as they went in, in either order, from chunks that are used again. */

import { describe, expect, it } from "vitest";
import { Frontier } from "../../../src/explore/search/frontier.js";

const CHUNK = 256;
const STATE = 3;
const BESIDE = 2;
/** With room for the one that was taken out. */
const CHUNK_BYTES = (CHUNK + 1) * (STATE + BESIDE) * 4;

/** A frontier beside a plain list; what is taken out of both must be the same. */
class Both {
  readonly frontier = new Frontier(STATE, BESIDE);
  readonly #list: number[][] = [];
  #next = 0;

  push(times: number): this {
    for (let i = 0; i < times; i++) {
      const n = this.#next++;
      const record = [n, 1 - n, n * 65_537, n + 7, ~n];
      this.#list.push(record);
      this.frontier.push(Int32Array.from(record.slice(0, STATE)), Int32Array.from(record.slice(STATE)));
    }
    return this.#check();
  }
  first(times: number): this {
    for (let i = 0; i < times; i++) {
      const { state, beside } = this.frontier.takeFirst();
      expect([...state, ...beside]).toEqual(this.#list.shift());
    }
    return this.#check();
  }
  last(times: number): this {
    for (let i = 0; i < times; i++) {
      const { state, beside } = this.frontier.takeLast();
      expect([...state, ...beside]).toEqual(this.#list.pop());
    }
    return this.#check();
  }
  #check(): this {
    expect(this.frontier.length).toBe(this.#list.length);
    return this;
  }
  /** Chunks that it holds, filled or to be filled again. */
  get chunks(): number {
    return this.frontier.bytes / CHUNK_BYTES;
  }
}

describe("a frontier", () => {
  it("takes no room before anything is in it, and a chunk at a time then", () => {
    const both = new Both();
    expect([both.frontier.chunkBytes, both.chunks]).toEqual([CHUNK_BYTES, 0]);
    expect([both.push(1).chunks, both.push(CHUNK - 1).chunks, both.push(1).chunks]).toEqual([1, 1, 2]);
  });

  it("gives the first", () => {
    new Both().push(3).first(2).push(2).first(3);
    new Both().push(2 * CHUNK + 5).first(2 * CHUNK + 5);
  });

  it("gives the last", () => {
    new Both().push(3).last(2).push(2).last(3);
    new Both().push(2 * CHUNK + 5).last(2 * CHUNK + 5);
  });

  it("gives either, over the ends of chunks", () => {
    new Both()
      .push(CHUNK)
      .first(CHUNK - 1)
      .push(CHUNK)
      .last(CHUNK)
      .push(2)
      .first(3);
    new Both()
      .push(CHUNK + 1)
      .last(2)
      .push(3)
      .first(CHUNK + 2);
    new Both()
      .push(3 * CHUNK)
      .first(CHUNK + 1)
      .last(CHUNK)
      .push(CHUNK)
      .first(2 * CHUNK - 1);
  });

  it("fills emptied chunks again", () => {
    const both = new Both().push(2 * CHUNK).first(2 * CHUNK);
    expect(both.chunks).toBe(2);
    expect(both.push(2 * CHUNK).chunks).toBe(2);
    both
      .first(CHUNK)
      .push(CHUNK)
      .first(2 * CHUNK);
    expect(both.chunks).toBe(2);
    expect(
      both
        .push(CHUNK)
        .last(CHUNK)
        .push(2 * CHUNK)
        .last(1)
        .first(1).chunks,
    ).toBe(2);
  });
});
