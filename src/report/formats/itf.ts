/**
 * The Informal Trace Format that Apalache writes and Quint, its trace viewer and others read: the failing run as states
 * with all that the model knows of each. Whole numbers are safe in JSON here, so they are written as such.
 */
import type { Span } from "../../explore/finding/film.js";
import { EXTENT_NAMES } from "../../kernel/objects/extent-types.js";
import { variantName } from "../../kernel/versions/variant.js";
import type { RunSpec } from "../../scenario/token.js";
import { failureWords } from "../ci-checks.js";
import { pretty } from "../documents.js";
import { headline, type ReportedFinding } from "../finding-text.js";
import { findingModel } from "../page/finding-model.js";
import type { Format } from "../reporter.js";

export const itf: Format = {
  failure: (failure) => empty(failureWords(failure)),
  pages: {
    explore: { end: (explored) => documentOf(explored, explored.reported) },
    exploreForced: { end: ({ program, reported }) => documentOf(program, reported) },
    repro: { end: ({ run, reported }) => documentOf(run, reported) },
  },
};

const VARS = [
  "step",
  "thread",
  "calls",
  "size",
  "diskSize",
  "extents",
  "cache",
  "disk",
  "folios",
  "maps",
  "threads",
];

function meta(description: string) {
  return {
    format: "ITF",
    "format-description": "https://apalache-mc.org/docs/adr/015adr-trace.html",
    description,
  };
}

function empty(description: string): string {
  return pretty({ "#meta": meta(description), vars: VARS, states: [] });
}

function documentOf(
  { scenario, variant }: Pick<RunSpec, "scenario" | "variant">,
  reported: ReportedFinding | undefined,
): string {
  const name = `${scenario.name} on ${variantName(variant)}`;
  const pictures = reported?.pictures?.();
  if (reported === undefined || pictures === undefined) return empty(`${name}: no failing run`);
  const { run, origins } = findingModel(reported, pictures);
  const named = (spans: readonly Span[], nameOf: (value: number) => string) =>
    spans.map(({ from, to, value }) => ({ from, to, is: nameOf(value) }));
  const extent = (value: number) => EXTENT_NAMES[value] ?? "";
  const origin = (value: number) => origins.find((one) => one.value === value)?.text ?? "";
  const states = run.frames.map((frame, n) => ({
    "#meta": { index: n },
    step: n,
    thread: run.steps[n - 1]?.lane ?? "setup",
    calls: (run.steps[n - 1]?.calls ?? []).map(({ fn, notes }) => ({ fn, notes })),
    size: frame.size,
    diskSize: frame.diskSize,
    extents: named(frame.extents, extent),
    cache: named(frame.cache, origin),
    disk: named(frame.disk, origin),
    folios: frame.folios,
    maps: frame.maps.map(({ thread, from, to, value }) => ({ thread, from, to, is: extent(value) })),
    threads: frame.threads.map(({ name, next, held, waits }) => ({
      name,
      next: next ?? "finished",
      held,
      waits,
    })),
  }));
  const params = {
    kind: reported.finding.kind,
    lostAt: reported.finding.lostAt,
    seenAt: reported.finding.seenAt,
  };
  return pretty({
    "#meta": { ...meta(`${name}: ${headline(reported.finding)}`), ...params },
    vars: VARS,
    states,
  });
}
