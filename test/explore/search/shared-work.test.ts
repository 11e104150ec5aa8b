/** What threads of a search share, by two views of one memory in one thread: nobody waits where there is nobody to wait for. */
import { describe, expect, it } from "vitest";
import { HeldStates } from "../../../src/explore/search/held-states.js";
import { SharedWork, type Stop, shareWork } from "../../../src/explore/search/shared-work.js";

const WORDS = 3;
const STOPPED = 8 as Stop;
const COUNTS = 5;

function sharing(most = 2): [SharedWork, SharedWork] {
  const asked = { table: new SharedArrayBuffer(8), stateWords: WORDS, memoryBytes: 0, most, symmetry: false };
  const handle = shareWork({ ...asked, mask: -1, reduced: false }, 1, 16);
  return [new SharedWork(handle), new SharedWork(handle)];
}

/** States that are called 1 to `n`, at depths of ten times as much. */
function holding(n: number): HeldStates {
  const held = new HeldStates(WORDS);
  for (let i = 1; i <= n; i++) {
    const one = held.room();
    one.state.fill(i);
    one.depth = 10 * i;
    held.put(one);
  }
  return held;
}

const never = (): void => expect.unreachable();

describe("threads of a search", () => {
  it("are as many as there is place for, each with numbers of its own", () => {
    const [a, b] = sharing();
    expect([a.join(), b.join(), sharing(0)[0].join()]).toEqual([true, true, false]);
    a.mine[COUNTS] = 5;
    b.mine[COUNTS] = 7;
    expect([a.each(COUNTS), b.sum(COUNTS)]).toEqual([[5, 7], 12]);
    expect([a.addStates(3), b.addStates(4), a.states, a.slots]).toEqual([3, 7, 7, 16]);
  });

  it("take the oldest states that another gives, which keeps one", () => {
    const [a, b] = sharing();
    a.join();
    expect(a.isHungry).toBe(false);
    b.join();
    expect(a.isHungry).toBe(true);
    const [full, empty] = [holding(4), new HeldStates(WORDS)];
    a.give(full);
    expect(full.length).toBe(1);
    expect(full.takeLast()).toMatchObject({ depth: 40, state: Int32Array.of(4, 4, 4) });
    expect(b.fetch(empty, never, never)).toBe(true);
    const taken = empty.takeFirst(3).map(({ state, depth }) => [...state, depth]);
    expect(taken).toEqual([1, 2, 3].map((i) => [i, i, i, 10 * i]));
  });

  it("are done when none has a state, and stop when they are told", () => {
    const [a, b] = sharing();
    a.join();
    expect(a.fetch(new HeldStates(WORDS), never, never)).toBe(false);
    expect(b.join()).toBe(false);
    const [c, d] = sharing();
    c.join();
    d.join();
    const stops = () => d.stop(STOPPED);
    expect(c.fetch(new HeldStates(WORDS), () => c.pause(never), stops)).toBe(false);
    expect([c.stopped, d.isCalled]).toEqual([STOPPED, true]);
  });

  it("take what comes while they look for it", () => {
    const [a, b] = sharing();
    a.join();
    b.join();
    const held = new HeldStates(WORDS);
    expect(
      a.fetch(
        held,
        () => {},
        () => b.give(holding(3)),
      ),
    ).toBe(true);
    expect(held.length).toBe(2);
  });

  it("do what has to be done alone once all that are in pause", () => {
    const [a, b] = sharing();
    a.join();
    b.join();
    a.pause(never);
    a.callPause();
    b.leave();
    let times = 0;
    a.pause(() => {
      times++;
      a.setTable(32, true);
    });
    expect([times, a.isCalled, b.slots, b.isLast]).toEqual([1, false, 32, true]);
    a.leave();
    b.waitForOthers(never);
  });

  it("do not wait for one that does something else", () => {
    const [a, b] = sharing();
    a.join();
    b.join();
    let times = 0;
    const grow = (): void => void times++;
    const something = (): void => {
      b.callPause();
      b.pause(grow);
    };
    a.away(something);
    const fails = (): void => {
      something();
      throw new Error("it failed");
    };
    expect(() => a.away(fails)).toThrow("it failed");
    expect([times, b.isCalled]).toEqual([2, false]);
    // It counts again: the other alone could not be sure of the table.
    b.leave();
    a.callPause();
    a.pause(grow);
    expect(times).toBe(3);
  });
});
