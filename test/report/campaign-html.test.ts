/** The page of a campaign: its plots say what the tables beside them say, and nothing in it is taken for markup. */
import { describe, expect, test } from "vitest";
import type { PartStatus } from "../../src/campaign/part-status.js";
import type { CampaignStatus } from "../../src/campaign/status.js";
import { turnsByLabel } from "../../src/explore/sample/turns.js";
import { timesByName, WINDOWS } from "../../src/kernel/machine/windows.js";
import { campaignHtml } from "../../src/report/campaign-html.js";
import { campaignText } from "../../src/report/campaign-text.js";

const HOSTILE = `a <b> & "c"`;

const counts = Array.from({ length: 5 }, (_, s) => [100, 1_000, s, ...WINDOWS.map((__, w) => s * w)]).flat();

const PART: PartStatus = {
  id: 1,
  kernel: "6.2",
  program: null,
  explores: false,
  explored: null,
  programs: 2_000,
  done: 1_000,
  ranges: 1,
  checked: 0,
  schedules: 500,
  steps: 5_000,
  failures: 3,
  seconds: 2,
  digest: "0123456789abcdef",
  kinds: 2,
  singletons: 1,
  windows: timesByName(WINDOWS.map((_, w) => 10 * w)),
  strategies: turnsByLabel(counts),
  growth: [10, 500],
};

const STATUS: CampaignStatus = {
  name: "n",
  model: 5,
  seed: "1",
  parts: [
    PART,
    { ...PART, id: 2, kernel: "cured", kinds: 0, growth: [] },
    {
      ...PART,
      ...{ id: 3, program: HOSTILE, explores: true, explored: { states: 1_234, isComplete: false } },
      ...{ strategies: {}, growth: [1] },
    },
  ],
  workers: [],
  findings: [],
  disagreements: [],
};

describe("the page of a campaign", () => {
  const page = campaignHtml(STATUS);

  test("has a plot of kinds where there are some, and two of what strategies entered per part that was sampled", () => {
    const plots = [...page.matchAll(/<svg[^>]*role="img" aria-label="([^"]*)"/g)].map(([, label]) => label);
    const each = (name: string) => [
      `Windows entered, ${name}, times per 1,000 schedules`,
      `Schedules, steps and failures, ${name}, see the table`,
    ];
    expect(plots).toEqual(["Kinds over cases, 6.2", ...each("6.2"), ...each("cured")]);
    expect(page).toContain("cured: no kind in 1,000 cases");
  });

  test("draws kinds after so many cases", () => {
    const [, path = ""] = /class="kinds" d="([^"]*)"/.exec(page) ?? [];
    const at = [...path.matchAll(/H([\d.]+)/g)].map(([, x]) => Number(x));
    const [first = 0, second = 0, end = 0] = at;
    expect(at).toHaveLength(3);
    // 10, 500 and 1,000 of 1,000 cases.
    expect((end - second) / (second - first)).toBeCloseTo(500 / 490, 2);
    expect(page).toContain('<td class="n">2</td><td class="n">500</td>');
  });

  test("marks each strategy in each row, and writes its number down", () => {
    const row = /<td>discard-after-map-error<\/td>(.*?)<\/tr>/.exec(page)?.[1] ?? "";
    expect(row.replace(/<\/td><td class="n">|<[^>]+>/g, " ").trim()).toBe("0 80 160 240 320");
    const rows = 2 * (WINDOWS.length + 3);
    for (const s of [0, 1, 2, 3, 4])
      expect(page.match(new RegExp(`class="mark s${s}"`, "g"))).toHaveLength(rows + 2);
  });

  test("has no script, loads nothing, and takes no text for markup", () => {
    expect(page).not.toMatch(/<script|src=|href=|url\(/);
    expect(page).not.toContain("<b>");
    expect(page).toContain("a &lt;b>");
  });

  test("as text fits its lines", () => {
    const many = { ...PART, program: "a-scenario-of-some-length", programs: 1e9, done: 1e9, schedules: 6e10 };
    const lines = campaignText({ ...STATUS, parts: [PART, many] }).split("\n");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  test("says like the text that not all runs were looked at", () => {
    expect(page).toContain("> 1,234");
    expect(campaignText(STATUS)).toContain("more than 1,234 states");
  });
});
