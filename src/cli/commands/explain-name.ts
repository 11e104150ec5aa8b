/**
 * What a name stands for: a kind of finding, an oracle, a window, a toggle, a patch, a step or a kernel; where it is in the kernel,
 * and which witnesses show it.
 */
import { fileOf } from "../../explain/step-places.js";
import { KIND } from "../../explore/finding/kinds.js";
import { CallRecorder } from "../../explore/pin/calls.js";
import { ReplayChoices } from "../../explore/run/replay.js";
import { subjectOf } from "../../explore/run/subject.js";
import { WINDOWS } from "../../kernel/machine/windows.js";
import { ORACLE_NAMES, ORACLES } from "../../kernel/oracle-table.js";
import { FUNCTION_NAMES } from "../../kernel/paths/step-names.js";
import { FIXES } from "../../kernel/versions/fixes.js";
import { RELEASES } from "../../kernel/versions/releases.js";
import { UNNEEDED } from "../../kernel/versions/toggles.js";
import { fixesOf } from "../../kernel/versions/variant.js";
import type { NameExplained } from "../../report/explain-text.js";
import type { Scenario } from "../../scenario/types.js";
import { SIGNATURES } from "../../tree/signatures.js";
import { kernelsOf } from "../../verdict/expectation.js";
import { parseFile, readText } from "../input/files.js";
import { scenarioFiles } from "./list.js";

type Explain = (name: string) => Omit<NameExplained, "name" | "what"> | undefined;

/** All that goes by this name; nothing when there is none. */
export function explainedNames(name: string): NameExplained[] {
  return Object.entries(WHAT).flatMap(([what, explain]) => {
    const explained = explain(name);
    return explained === undefined ? [] : [{ name, what, ...explained }];
  });
}

const WHAT: { readonly [what: string]: Explain } = {
  kernel: (name) => {
    const i = RELEASES.findIndex((release) => release.name === name);
    const release = RELEASES[i];
    if (release === undefined) return undefined;
    return {
      about: [
        release.about,
        `its toggles: ${[...fixesOf({ base: name, with: [], without: [] })].join(", ")}`,
      ],
      where: [],
      scenarios: showing(({ expect }) => expect.some((e) => e.kernel === name && e.expect !== "ok")),
    };
  },
  toggle: (name) => {
    const fix = FIXES.find((one) => one.name === name);
    if (fix === undefined) return undefined;
    const { title, commits, release, about, kind } = fix;
    const unneeded = UNNEEDED[fix.name];
    const has = RELEASES.filter((one) =>
      new Set<string>(fixesOf({ base: one.name, with: [], without: [] })).has(name),
    );
    return {
      about: [
        `${about} (${kind})`,
        ...(title === about ? [] : [`${title}, ${[...commits, release].join(", ")}`]),
        has.length === 0 ? "on in no release" : `on in ${has.map((one) => one.name).join(", ")}`,
        ...(unneeded === undefined
          ? []
          : [`${unneeded.isUnseen === true ? "not observable" : "cured does without it"}: ${unneeded.why}`]),
      ],
      where: [
        ...new Set(
          (SIGNATURES[fix.name]?.places ?? []).map(({ files, names }) => `${files[0]}: ${names.join(", ")}`),
        ),
      ],
      scenarios: showing(({ variants }) => variants.some((v) => [...v.with, ...v.without].includes(name))),
    };
  },
  patch: (name) => {
    const fixes = FIXES.filter(({ commits }) => commits.some((commit) => isOfCommit(commit, name)));
    const [first] = fixes;
    if (first === undefined) return undefined;
    const toggles = fixes.map((fix) => fix.name);
    return {
      about: [
        `${first.title}, ${[...first.commits, first.release].join(", ")}`,
        `its toggles: ${toggles.join(", ")}`,
      ],
      where: [],
      scenarios: showing(({ variants }) =>
        variants.some((v) => [...v.with, ...v.without].some((one) => toggles.some((name) => name === one))),
      ),
    };
  },
  window: (name) => {
    const window = WINDOWS.find(([one]) => one === name);
    if (window === undefined) return undefined;
    return { about: [window[1]], where: [], scenarios: showing(({ reached }) => reached.includes(name)) };
  },
  oracle: (name) => {
    const oracle = ORACLES.find((one) => one.name === name);
    if (oracle === undefined) return undefined;
    return {
      about: [oracle.about],
      where: [],
      scenarios: showing((s) => kindsOf(s).some((kind) => kind.startsWith(`${name}:`))),
    };
  },
  kind: (name) => {
    // `livelock` is enough of `progress: livelock`.
    const kind = [name, ...ORACLE_NAMES.map((oracle) => `${oracle}: ${name}`)].find((one) => KIND.test(one));
    if (kind === undefined) return undefined;
    return { about: [kindText(kind)], where: [], scenarios: showing((s) => kindsOf(s).includes(kind)) };
  },
  step: (name) => {
    if (!FUNCTION_NAMES.has(name)) return undefined;
    const file = fileOf(name);
    return {
      about: [
        "a step of the model, named by the kernel function: schedule: and order: take it after a thread",
      ],
      where: file === undefined ? [] : [file],
      scenarios: showing((scenario) => makesStep(scenario, name)),
    };
  },
};

/** Whether this is the commit, or an abbreviation of it as git takes them. */
function isOfCommit(commit: string, name: string): boolean {
  return /^[0-9a-f]{7,40}$/.test(name) && (commit.startsWith(name) || name.startsWith(commit));
}

function kindsOf({ expect, variants }: Scenario): string[] {
  return [...expect, ...variants].flatMap(({ kind }) => (kind === undefined ? [] : [kind]));
}

/** `content: write -> zero, UNWRITTEN map over WRITTEN` in words. */
function kindText(kind: string): string {
  const [oracle, what = ""] = kind.split(/: (.*)/s);
  const [, expected, found, cached, actual] = /^(.*?) -> (.*?)(?:, (\w+) map over (\w+))?$/.exec(what) ?? [];
  if (expected === undefined) return `found by the oracle ${oracle}: ${what}`;
  const map = cached === undefined ? "" : `, by a map that said ${cached} where the extent was ${actual}`;
  return `found by the oracle ${oracle}: where data of a ${expected} belongs there is ${found}${map}`;
}

/** Names of the witnesses of which this holds. */
function showing(holds: (scenario: Scenario) => boolean): string[] {
  return scenarioFiles("witnesses").flatMap((file) => {
    const read = parseFile(file, readText(file));
    return "scenario" in read && holds(read.scenario) ? [read.scenario.name] : [];
  });
}

/** Whether its default run, on a kernel that it names, makes the step. */
function makesStep(scenario: Scenario, name: string): boolean {
  const { schedule: _, ...program } = scenario;
  const seen = new Set<string>();
  return kernelsOf(program).some((variant) => {
    const { linux } = { linux: variant.base };
    if (seen.has(linux)) return false;
    seen.add(linux);
    const { engine } = subjectOf({ scenario: program, variant });
    const recorder = new CallRecorder(engine.k);
    const replay = new ReplayChoices([]);
    engine.run({
      name: "names",
      begin: () => replay.begin(),
      choose: (kind, options) => replay.choose(kind, options),
      next: (view, last) => {
        engine.k.tracer = recorder;
        const next = replay.next(view, last);
        if (next < 0) engine.k.tracer = null;
        return next;
      },
    });
    return recorder.calls.some(({ fn }) => fn === name);
  });
}
