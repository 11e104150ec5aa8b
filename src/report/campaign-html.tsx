/**
 * A campaign as one page: a row per kernel and program, what was found when, what each strategy entered, and the findings.
 * Nothing is loaded and nothing runs in it.
 */
import type { ComponentChildren, VNode } from "preact";
import { render } from "preact-render-to-string";
import type { CampaignFinding } from "../campaign/kept-kinds.js";
import type { PartStatus } from "../campaign/part-status.js";
import type { CampaignStatus } from "../campaign/status.js";
import type { StrategyCounts } from "../explore/sample/turns.js";
import { partName } from "./campaign-part-text.js";
import { Dots, Growth, Legend } from "./campaign-plots.js";
import { grouped, plural } from "./style.js";

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; --grid: #8885 }
body { max-width: 80rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse } th, td { text-align: left; padding: .2rem .6rem; border-bottom: 1px solid #8886 }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums } .known { opacity: .65 }
.wide { overflow-x: auto } .beside { display: flex; flex-wrap: wrap; gap: 1.5rem; align-items: flex-start }
.beside figure { flex: 1 1 28rem; margin: 0; max-width: 36rem } .beside .wide { flex: 1 1 34rem; font-size: .8em; max-height: 24rem; overflow-y: auto } .beside td, .beside th { white-space: nowrap; padding: .15rem .4rem }
svg { width: 100%; height: auto } svg text { fill: currentColor; font-size: 12px } svg .grid { stroke: var(--grid) }
svg .kinds { stroke: #06c; stroke-width: 2; fill: none } svg .kind { fill: #06c }
.mark { fill: none; stroke-width: 2 } .s0 { stroke: #06c } .s1 { stroke: #b50 } .s2 { stroke: #083 } .s3 { stroke: #a0a } .s4 { stroke: #c00 }
@media (prefers-color-scheme: dark) { .s0, svg .kinds { stroke: #6af } svg .kind { fill: #6af } .s1 { stroke: #fa5 } .s2 { stroke: #5d8 } .s3 { stroke: #e7e } .s4 { stroke: #f77 } }
.legend { margin: .2rem 0; font-size: .85em } .legend span { margin-right: 1rem; white-space: nowrap } .legend svg { width: 1em; vertical-align: -.15em; margin-right: .3em }
code { font-size: .85em; word-break: break-all } .bad { color: #c00; font-weight: 600 }`;

const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

export function campaignHtml(status: CampaignStatus): string {
  return `<!doctype html>\n${render(<Page {...status} />)}\n`;
}

function Page({ name, seed, model, parts, findings, disagreements }: CampaignStatus): VNode {
  const sampled = parts.filter(({ explores, done }) => !explores && done > 0);
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={POLICY} />
        <meta name="viewport" content="width=device-width" />
        <title>{`campaign ${name}`}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <h1>{`campaign ${name}`}</h1>
        <p>{`seed ${seed}, model ${model}`}</p>
        {disagreements.map(({ kernel, first, workers, digests }) => (
          <p key={`${kernel} ${first}`} class="bad">
            {`${kernel}, from case ${grouped(first)}: ${workers[0]} has ${digests[0]}, ${workers[1]} has ${digests[1]}`}
          </p>
        ))}
        <h2>Cases</h2>
        <Table
          heads={[
            "kernel",
            "program",
            "#cases",
            "#done",
            "#schedules",
            "#states",
            "#kinds",
            "#failing",
            "digest",
          ]}
          rows={parts.map(partRow)}
        />
        <h2>Kinds over cases</h2>
        {sampled.map((part) =>
          part.growth.length === 0 ? (
            <p key={part.id}>{`${partName(part)}: no kind in ${plural(part.done, "case")}`}</p>
          ) : (
            <GrowthOf key={part.id} {...part} />
          ),
        )}
        <h2>What each strategy entered</h2>
        {sampled.map((part) => (
          <Strategies key={part.id} {...part} />
        ))}
        <h2>Findings</h2>
        {findings.length === 0 ? (
          <p>none</p>
        ) : (
          <Table
            heads={[
              "kernel",
              "program",
              "kind",
              "#cases",
              "#first case",
              "first seen",
              "last seen",
              "cured by",
              "token",
            ]}
            rows={findings.map(findingRow)}
          />
        )}
      </body>
    </html>
  );
}

/** Heads of columns of numbers begin with #. */
function Table({
  heads,
  rows,
}: {
  heads: readonly string[];
  rows: readonly (readonly ComponentChildren[])[];
}): VNode {
  const classes = heads.map((head) => (head.startsWith("#") ? "n" : undefined));
  return (
    <div class="wide">
      <table>
        <thead>
          <tr>
            {heads.map((head, i) => (
              <th key={head} scope="col" class={classes[i]}>
                {head.replace(/^#/, "")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, r) => (
            <tr key={r}>
              {cells.map((cell, i) => (
                <td key={i} class={classes[i]}>
                  {typeof cell === "number" ? short(cell) : cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function partRow(part: PartStatus): ComponentChildren[] {
  const { kernel, program, programs, done, schedules, explored, kinds, failures, digest } = part;
  const states = explored === null ? null : `${explored.isComplete ? "" : "> "}${grouped(explored.states)}`;
  return [
    ...[kernel, program ?? "random", programs, done, schedules, states, kinds, failures],
    <code key="digest">{digest}</code>,
  ];
}

function findingRow(found: CampaignFinding): ComponentChildren[] {
  const { kernel, program, kind, cases, firstCase, firstSeen, lastSeen, curedBy, token, known } = found;
  const what = known === null ? kind : <span class="known">{`${kind} (known: ${known})`}</span>;
  const cure = curedBy === null ? "not shrunk yet" : curedBy.join(", ") || "no toggle";
  return [
    ...[kernel, program ?? "random", what, cases, firstCase, firstSeen, lastSeen, cure],
    token === null ? null : <code key="token">{token}</code>,
  ];
}

function short(n: number): string {
  return Number.isInteger(n) ? grouped(n) : n.toPrecision(3);
}

function GrowthOf(part: PartStatus): VNode {
  const name = partName(part);
  return (
    <section>
      <h3>{name}</h3>
      <div class="beside">
        <figure>
          <Growth part={part} name={name} />
        </figure>
        <Table heads={["#kinds", "#after cases"]} rows={part.growth.map((cases, i) => [i + 1, cases])} />
      </div>
    </section>
  );
}

/** Counts of a strategy per 1,000 of its schedules. */
const perThousand = ({ schedules }: StrategyCounts, n: number): number => (1000 * n) / Math.max(1, schedules);

function Strategies(part: PartStatus): VNode {
  const strategies = Object.entries(part.strategies);
  const labels = strategies.map(([label]) => label);
  const counts = strategies.map(([, count]) => count);
  const windows = Object.keys(part.windows).map((label) => ({
    label,
    values: counts.map((count) => perThousand(count, count.windows[label] ?? 0)),
  }));
  const others = [
    { label: "schedules", values: counts.map(({ schedules }) => schedules) },
    {
      label: "steps a schedule",
      values: counts.map(({ schedules, steps }) => steps / Math.max(1, schedules)),
    },
    { label: "failing, per 1,000", values: counts.map((count) => perThousand(count, count.failures)) },
  ];
  const name = partName(part);
  const plots = [
    { title: "Windows entered", rows: windows, unit: "times per 1,000 schedules" },
    { title: "Schedules, steps and failures", rows: others, unit: "see the table" },
  ];
  return (
    <section>
      <h3>{name}</h3>
      <Legend names={labels} />
      {plots.map(({ title, rows, unit }) => (
        <div key={title} class="beside">
          <figure>
            <figcaption>{title}</figcaption>
            <Dots rows={rows} name={`${title}, ${name}`} unit={unit} />
          </figure>
          <Table
            heads={["", ...labels.map((label) => `#${label}`)]}
            rows={rows.map(({ label, values }) => [label, ...values])}
          />
        </div>
      ))}
    </section>
  );
}
