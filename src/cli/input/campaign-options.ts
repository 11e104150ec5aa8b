/**
 * The options of campaign beside those that others have too.
 */
import { quoted } from "../../scenario/yaml/diagnostic.js";
import { usage } from "../exit.js";
import { notEmpty, type Parse, wholeNumber } from "./numbers.js";
import type { OptionsOf, OptionTable } from "./options.js";

/** `1000`, `10M`, `1e9`. */
const manyPrograms: Parse<number> = (text, flag) => {
  const [, digits, exponent, unit] = /^(\d{1,16})(?:e(\d{1,2})|([kMG]))?$/.exec(text) ?? [];
  const scale = { k: 1e3, M: 1e6, G: 1e9 }[unit ?? ""] ?? 10 ** Number(exponent ?? 0);
  const value = digits === undefined ? Number.NaN : Number(digits) * scale;
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw usage(
    `${flag}: expected a number of programs, found ${quoted(text)}`,
    `for example ${flag} 1e6 or 10M`,
  );
};

const weights =
  (least: number): Parse<number[]> =>
  (text, flag) =>
    text.split(",").map((word) => wholeNumber(least, 1000, Math.max(1, least))(word.trim(), flag));

const again = (text: string, _: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  text,
];

const share: Parse<number> = (text, flag) => {
  const value = /^\d{1,3}(\.\d{1,4})?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= 100) return value;
  throw usage(`${flag}: expected percent from 0 to 100, found ${quoted(text)}`, `for example ${flag} 1`);
};

/** Where campaigns are. */
export const STORE_OPTIONS = {
  store: { flags: "--store <dir>", about: "folder of the embedded store of campaigns", parse: notEmpty },
  database: {
    flags: "--database <url>",
    about: "campaigns of a PostgreSQL server, or the word env: as the PG* environment says",
    parse: notEmpty,
  },
} as const satisfies OptionTable;

export const CAMPAIGN_OPTIONS = {
  programs: {
    flags: "--programs <n>",
    about: "start: cases in all, such as 1e6 or 10M",
    parse: manyPrograms,
  },
  weights: {
    flags: "--weights <list>",
    about: "start: how they are shared among the kernels",
    parse: weights(1),
  },
  scenario: {
    flags: "--scenario <file>",
    about: "start: schedules of this file beside random programs; may be given again",
    parse: again,
  },
  scenarioWeights: {
    flags: "--scenario-weights <list>",
    about: "start: how cases are shared among random programs and then the scenarios, in their order",
    parse: weights(0),
  },
  explore: {
    flags: "--explore <file>",
    about: "start: all runs of this file, as one more case; may be given again",
    parse: again,
  },
  twice: {
    flags: "--twice <percent>",
    about: "start: share of ranges that two workers do (1)",
    parse: share,
  },
  range: {
    flags: "--range <n>",
    about: "start: programs of a range (as many as take 10 s)",
    parse: wholeNumber(1, 1_000_000, 10_000),
  },
  ...STORE_OPTIONS,
  watch: { flags: "--watch", about: "status: again and again, until a signal" },
  html: { flags: "--html <file>", about: "status: as a page, too", parse: notEmpty },
  why: { flags: "--why <text>", about: "known: why this kind is understood", parse: notEmpty },
} as const satisfies OptionTable;

export type CampaignOptions = OptionsOf<typeof CAMPAIGN_OPTIONS>;
