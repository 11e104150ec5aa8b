/**
 * A campaign as one page: a row per kernel, kinds over programs as a picture, and the findings. Nothing is loaded and
 * nothing runs in it.
 */
import { type ComponentChildren, h, type VNode } from "preact";
import { render } from "preact-render-to-string";
import type { CampaignFinding, CampaignStatus, PartStatus } from "../campaign/status.js";
import { grouped } from "./style.js";

const WIDTH = 640;
const HEIGHT = 220;
const MARGIN = 40;

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid #8886 }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums } .known { opacity: .65 }
svg { width: 100%; height: auto } svg text { fill: currentColor; font-size: 11px }
svg .axis { stroke: currentColor; fill: none; opacity: .5 } svg .kinds { stroke: #06c; stroke-width: 2; fill: none }
code { font-size: .85em; word-break: break-all }
.bad { color: #b00; font-weight: 600 }`;

export function campaignHtml(status: CampaignStatus): string {
  const { name, seed, model, parts, findings, disagreements } = status;
  const title = `campaign ${name}`;
  const page = h(
    "html",
    { lang: "en" },
    h(
      "head",
      null,
      h("meta", { charset: "utf-8" }),
      h("meta", {
        "http-equiv": "Content-Security-Policy",
        content: "default-src 'none'; style-src 'unsafe-inline'",
      }),
      h("meta", { name: "viewport", content: "width=device-width" }),
      h("title", null, title),
      h("style", { dangerouslySetInnerHTML: { __html: STYLE } }),
    ),
    h(
      "body",
      null,
      h("h1", null, title),
      h("p", null, `seed ${seed}, model ${model}`),
      ...disagreements.map(({ kernel, first, workers, digests }) =>
        h(
          "p",
          { class: "bad" },
          `${kernel}, from case ${grouped(first)}: ${workers[0]} has ${digests[0]}, ${workers[1]} has ${digests[1]}`,
        ),
      ),
      h("h2", null, "Kernels"),
      table(
        ["kernel", "programs", "done", "schedules", "kinds", "failing cases", "digest"],
        parts.map(partRow),
      ),
      h("h2", null, "Kinds over programs"),
      ...parts.filter(({ growth }) => growth.length > 0).map(plot),
      h("h2", null, "Windows entered, per 1,000 schedules"),
      perKernel(
        "window",
        parts,
        ({ windows }) => windows,
        ({ schedules }) => schedules / 1000,
      ),
      h("h2", null, "Failing cases by strategy"),
      perKernel(
        "strategy",
        parts,
        ({ strategies }) => strategies,
        () => 1,
      ),
      h("h2", null, "Findings"),
      findings.length === 0
        ? h("p", null, "none")
        : table(
            ["kernel", "kind", "cases", "first case", "first seen", "last seen", "cured by", "token"],
            findings.map(findingRow),
          ),
    ),
  );
  return `<!doctype html>\n${render(page)}\n`;
}

function table(heads: readonly string[], rows: readonly ComponentChildren[]): VNode {
  return h(
    "table",
    null,
    h("thead", null, h("tr", null, ...heads.map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", null, ...rows),
  );
}

const number = (n: number) => h("td", { class: "n" }, grouped(n));
const cell = (content: ComponentChildren) => h("td", null, content);

function partRow({ kernel, programs, done, schedules, kinds, failures, digest }: PartStatus): VNode {
  return h(
    "tr",
    null,
    cell(kernel),
    number(programs),
    number(done),
    number(schedules),
    number(kinds),
    number(failures),
    cell(h("code", null, digest)),
  );
}

function findingRow(found: CampaignFinding): ComponentChildren {
  const { kernel, kind, cases, firstCase, firstSeen, lastSeen, curedBy, token, known } = found;
  return h(
    "tr",
    { class: known === null ? "" : "known" },
    cell(kernel),
    cell(known === null ? kind : `${kind} (known: ${known})`),
    number(cases),
    number(firstCase),
    cell(firstSeen),
    cell(lastSeen),
    cell(curedBy?.join(", ")),
    cell(token === null ? null : h("code", null, token)),
  );
}

/** A row per name, a column per kernel. */
function perKernel(
  head: string,
  parts: readonly PartStatus[],
  countsOf: (part: PartStatus) => Readonly<Record<string, number>>,
  per: (part: PartStatus) => number,
): VNode {
  const names = Object.keys(parts[0] === undefined ? {} : countsOf(parts[0]));
  const share = (part: PartStatus, name: string) => (countsOf(part)[name] ?? 0) / Math.max(1, per(part));
  const rows = names.map((name) =>
    h("tr", null, cell(name), ...parts.map((part) => h("td", { class: "n" }, short(share(part, name))))),
  );
  return table([head, ...parts.map(({ kernel }) => kernel)], rows);
}

function short(n: number): string {
  return Number.isInteger(n) ? grouped(n) : n.toPrecision(3);
}

/** A staircase: how many kinds were known after so many programs. */
function plot({ kernel, done, growth }: PartStatus): VNode {
  const x = (programs: number) => MARGIN + ((WIDTH - 2 * MARGIN) * programs) / Math.max(1, done);
  const y = (kinds: number) => HEIGHT - MARGIN - ((HEIGHT - 2 * MARGIN) * kinds) / growth.length;
  const steps = growth.map((programs, i) => `H${x(programs).toFixed(1)}V${y(i + 1).toFixed(1)}`).join("");
  const caption = `${kernel}: ${growth.length} kinds after ${grouped(done)} programs`;
  return h(
    "figure",
    null,
    h(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": caption },
      h("path", { class: "axis", d: `M${MARGIN} ${MARGIN}V${HEIGHT - MARGIN}H${WIDTH - MARGIN}` }),
      h("path", { class: "kinds", d: `M${MARGIN} ${y(0)}${steps}H${x(done).toFixed(1)}` }),
      h("text", { x: MARGIN - 6, y: MARGIN + 4, "text-anchor": "end" }, String(growth.length)),
      h("text", { x: MARGIN - 6, y: HEIGHT - MARGIN, "text-anchor": "end" }, "0"),
      h(
        "text",
        { x: WIDTH - MARGIN, y: HEIGHT - MARGIN + 16, "text-anchor": "end" },
        `${grouped(done)} programs`,
      ),
    ),
    h("figcaption", null, caption),
  );
}
