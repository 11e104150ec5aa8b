/**
 * Damaged input of every format ends as input or as an error with a place: no other exception, no long run, nothing
 * that moves the terminal's cursor. STALEMAP_MUTATED=50000 tries that many in all.
 */
import seedrandom from "seedrandom";
import { describe, expect, it } from "vitest";
import { Stop } from "../../src/cli/exit.js";
import { harmless } from "../../src/cli/terminal/harmless.js";
import { renderStop } from "../../src/cli/terminal/stop-text.js";
import { PLAIN } from "../../src/report/style.js";
import { FORMATS, type Format } from "./formats.js";
import { mutated } from "./mutate.js";

const EACH = Math.ceil(Number(process.env.STALEMAP_MUTATED ?? 1_000) / FORMATS.length);
const MOST_SECONDS = 5;
const MOST_BYTES = 500 * 2 ** 20;
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are looked for
const UNSAFE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

/** What a person sees of it; other exceptions than ours go on. */
function outcome({ take }: Format, text: string): string {
  try {
    return harmless(take(text));
  } catch (error) {
    if (error instanceof Stop) return harmless(renderStop(error, PLAIN));
    throw error;
  }
}

describe.each(FORMATS)("damaged input: $name", (format) => {
  it(`${EACH} times`, { timeout: 3_600_000 }, () => {
    for (let n = 0; n < EACH; n++) {
      const random = seedrandom(`${format.name} ${n}`);
      const sample = format.samples[n % format.samples.length] ?? "";
      const damaged = mutated(sample, random, format.samples);
      const text = format.seal?.(damaged) ?? damaged;
      const start = process.cpuUsage();
      let seen: string;
      try {
        seen = outcome(format, text);
      } catch (error) {
        throw new Error(`number ${n}: ${JSON.stringify(text.slice(0, 500))}`, { cause: error });
      }
      const { user, system } = process.cpuUsage(start);
      expect((user + system) / 1e6, `number ${n}`).toBeLessThan(MOST_SECONDS);
      expect(UNSAFE.exec(seen)?.[0], `number ${n}: ${JSON.stringify(seen.slice(0, 300))}`).toBeUndefined();
    }
    expect(process.memoryUsage().rss).toBeLessThan(MOST_BYTES);
  });
});
