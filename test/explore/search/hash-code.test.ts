/** The hash as code is the hash that canonical.ts makes, on whatever machine. */

import { describe, expect, it } from "vitest";
import type { Engine } from "../../../src/explore/run/engine.js";
import { Canonical } from "../../../src/explore/search/canonical.js";
import { compileHash } from "../../../src/explore/search/hash-code.js";
import { randomSubject } from "../subjects.js";
import { grid, PLAIN, SEEN, statesOf, subjectOf, TWINS } from "./subjects.js";

const WIDE = TWINS.replace("short-copy: 1", "reservation-failure: 255");
const ENGINES: readonly (readonly [string, Engine])[] = [
  ["plain", subjectOf(PLAIN, "6.0").engine],
  ["twins", subjectOf(TWINS, "6.0").engine],
  ["seen", subjectOf(SEEN, "6.0").engine],
  ["p1w2k2", grid("p1w2k2", "6.0").engine],
  ["p3w3k3", grid("p3w3k3", "cured").engine],
  ["wide", subjectOf(WIDE, "6.0").engine],
  ...Array.from({ length: 40 }, (_, n): [string, Engine] => [
    `random ${n}`,
    randomSubject(`hash code ${n}`).engine,
  ]),
];

describe("the hash as code", () => {
  it.each(ENGINES)("is that of %s", (_, engine) => {
    const { k } = engine;
    const states = statesOf(engine, 300);
    for (const symmetry of [true, false]) {
      const canonical = new Canonical(k, symmetry);
      const { hash, result } = compileHash(canonical.shape);
      const differ = states.filter((state) => {
        k.s.set(state);
        canonical.hash();
        hash();
        return result.low !== canonical.low || result.high !== canonical.high;
      });
      expect(differ).toEqual([]);
    }
  });
});
