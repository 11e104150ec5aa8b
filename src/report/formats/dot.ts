/**
 * The state graph of a small scenario in the language of Graphviz: what fails is a red double octagon, and the shortest
 * way there is bold. Of an exploration of what user space can force it is the failing run alone.
 */
import type { GraphEdge, StateGraph } from "../../explore/search/state-graph.js";
import { variantName } from "../../kernel/versions/variant.js";
import type { RunSpec } from "../../scenario/token.js";
import { failureWords } from "../ci-checks.js";
import type { ReportedFinding } from "../finding-text.js";
import type { Format } from "../reporter.js";
import { findingRows } from "../rows.js";
import { plural } from "../style.js";

export const dot: Format = {
  failure: (failure) => graph(failureWords(failure), []),
  pages: {
    explore: {
      end: (explored) => {
        const made = explored.graph?.();
        return made === undefined
          ? graph(nameOf(explored), [])
          : graph(titleOf(nameOf(explored), made), linesOf(made));
      },
    },
    exploreForced: {
      end: ({ program, reported }) =>
        graph(nameOf(program), reported === undefined ? [] : pathLines(reported)),
    },
  },
};

function nameOf({ scenario, variant }: Pick<RunSpec, "scenario" | "variant">): string {
  return `${scenario.name} on ${variantName(variant)}`;
}

function titleOf(name: string, { states, isWhole }: StateGraph): string {
  const failing = states.filter(({ kind }) => kind === "failing").length;
  const extent = isWhole
    ? plural(states.length, "state")
    : `the first ${plural(states.length, "state")}, and there are more`;
  return `${name}: ${extent}, ${failing} of them failing`;
}

function graph(title: string, lines: readonly string[]): string {
  const all = [
    `label=${quoted(title)}; labelloc=t; fontname="monospace";`,
    `node [shape=circle, label="", width=0.18, fontname="monospace"];`,
    `edge [fontname="monospace", fontsize=9, arrowsize=0.6];`,
    ...lines,
  ];
  return `digraph stalemap {\n${all.map((line) => `  ${line}\n`).join("")}}\n`;
}

const SHAPES = {
  start: `shape=box, label="start"`,
  "on the way": "",
  "right end": `shape=doublecircle`,
  failing: `shape=doubleoctagon, label="x", color=red, fontcolor=red`,
} as const;

function linesOf({ states, edges }: StateGraph): string[] {
  const nodes = states.map(
    ({ kind, isOnPath }, i) =>
      `${i} [${[SHAPES[kind], isOnPath ? "penwidth=2.5" : ""].filter((one) => one !== "").join(", ")}];`,
  );
  return [...nodes, ...edges.map(edgeLine)];
}

function edgeLine({ from, to, thread, fn, isOnPath }: GraphEdge): string {
  const bold = isOnPath ? ", penwidth=2.5, color=red" : "";
  return `${from} -> ${to} [label=${quoted(`${thread}\n${fn}`)}${bold}];`;
}

function pathLines({ run, finding }: ReportedFinding): string[] {
  const rows = findingRows(run.scenario, finding);
  const edges = rows.map(({ thread, calls }, i) =>
    edgeLine({ from: i, to: i + 1, thread, fn: calls.at(-1)?.fn ?? "", isOnPath: true }),
  );
  return [`0 [${SHAPES.start}];`, `${rows.length} [${SHAPES.failing}];`, ...edges];
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&").replace(/\n/g, "\\n")}"`;
}
