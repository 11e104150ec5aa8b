/** The race as wide as a terminal says it is: a lane per thread and the bytes where there is room, one column where not. */
import { describe, expect, it } from "vitest";
import { drawRace } from "../../src/report/race.js";
import { PLAIN } from "../../src/report/style.js";
import { picturesOf } from "../../src/tasks/pictures.js";
import { EOF_PUNCH, FAILED_WRITE, MANY_THREADS, reported, UNWRITTEN_TAIL } from "./runs.js";

function race(text: string, kernel: string, columns?: number): string[] {
  const { run, finding } = reported(text, kernel);
  const film = () => picturesOf(run, finding, []).film;
  return drawRace(run.scenario, finding, columns === undefined ? PLAIN : { ...PLAIN, columns }, film);
}

const RUNS = [
  [UNWRITTEN_TAIL, "6.0"],
  [FAILED_WRITE, "6.0"],
  [MANY_THREADS, "6.0"],
  [EOF_PUNCH, "6.12"],
] as const;

describe("a race", () => {
  it.each([40, 59, 60, 79, 80, 99, 110, 130, 160, 300])("fits %d columns", (columns) => {
    for (const [text, kernel] of RUNS)
      for (const line of race(text, kernel, columns)) expect(line.length, line).toBeLessThanOrEqual(columns);
  });

  it("is as wide as ever where nobody says how wide", () => {
    for (const [text, kernel] of RUNS) expect(race(text, kernel)).toEqual(race(text, kernel, 80));
  });

  it("has a lane per thread and the bytes after each step in a wide terminal", () => {
    const lines = race(UNWRITTEN_TAIL, "6.0", 150);
    expect(lines[0]!.trim().split(/ {2,}/)).toEqual(
      "writer,flusher,kworker/1,reclaim-8k,extents,cache,disk".split(","),
    );
    const strips = lines.flatMap(
      (line) => / {3}([-DUW]+ +\S+ +\S+)$/.exec(line)?.[1]?.split(/ +/).join(" ") ?? [],
    );
    expect(strips[0]).toBe("UUUU ..0A ....");
    expect(strips.at(-1)).toBe("UUWW BBB0 ..0A");
    expect(lines.join("\n")).toContain("A setup.2: write 10k..12k");
  });

  it("is one column in a narrow one, with a name wherever the thread changes", () => {
    const lines = race(UNWRITTEN_TAIL, "6.0", 60);
    expect(lines[0]!.trim()).toBe("writer / flusher / kworker/1 / reclaim-8k");
    expect(
      lines.filter((line) => /^. +\d+ (writer|flusher|kworker\/1|reclaim-8k): /.test(line)),
    ).toHaveLength(5);
  });
});
