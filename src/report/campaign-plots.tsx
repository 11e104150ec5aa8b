/**
 * The plots of a campaign, as SVG that needs nothing else. Whatever colour says, shape says too; the numbers stand in a table
 * beside each.
 */
import type { VNode } from "preact";
import type { PartStatus } from "../campaign/part-status.js";
import { grouped } from "./style.js";

const WIDTH = 560;
const LEFT = 48;
const RIGHT = 16;

/** What a strategy is marked with. */
const MARKS: readonly ((x: number, y: number) => string)[] = [
  (x, y) => `M${x - 4} ${y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0`,
  (x, y) => `M${x - 4} ${y - 4}h8v8h-8z`,
  (x, y) => `M${x} ${y - 5}l5 9h-10z`,
  (x, y) => `M${x} ${y - 5}l5 5l-5 5l-5 -5z`,
  (x, y) => `M${x - 4} ${y - 4}l8 8m0 -8l-8 8`,
];

interface MarkProps {
  readonly strategy: number;
  readonly x: number;
  readonly y: number;
}

function Mark({ strategy, x, y }: MarkProps): VNode {
  const at = strategy % MARKS.length;
  return <path class={`mark s${at}`} d={MARKS[at]?.(x, y)} />;
}

/** A mark for whoever reads a plot, with its name. */
export function Legend({ names }: { readonly names: readonly string[] }): VNode {
  return (
    <p class="legend">
      {names.map((name, i) => (
        <span key={name}>
          <svg viewBox="0 0 14 14" aria-hidden="true">
            <Mark strategy={i} x={7} y={7} />
          </svg>
          {name}
        </span>
      ))}
    </p>
  );
}

/** A staircase: how many kinds were known after so many programs. */
export function Growth({ part: { done, growth }, name }: PlotProps): VNode {
  const [top, bottom] = [12, 190];
  const most = Math.max(1, growth.length);
  const x = (programs: number) => LEFT + ((WIDTH - LEFT - RIGHT) * programs) / Math.max(1, done);
  const y = (kinds: number) => bottom - ((bottom - top) * kinds) / most;
  const steps = growth.map((programs, i) => `H${x(programs).toFixed(1)}V${y(i + 1).toFixed(1)}`).join("");
  const ticks = [0, Math.ceil(most / 2), most].filter((tick, i, all) => all.indexOf(tick) === i);
  return (
    <svg viewBox={`0 0 ${WIDTH} 220`} role="img" aria-label={`Kinds over cases, ${name}`}>
      {ticks.map((kinds) => (
        <g key={kinds}>
          <path class="grid" d={`M${LEFT} ${y(kinds)}H${WIDTH - RIGHT}`} />
          <text x={LEFT - 6} y={y(kinds) + 4} text-anchor="end">
            {kinds}
          </text>
        </g>
      ))}
      <path class="kinds" d={`M${LEFT} ${y(0)}${steps}H${x(done).toFixed(1)}`} />
      {growth.map((programs, i) => (
        <circle key={i} class="kind" cx={x(programs).toFixed(1)} cy={y(i + 1).toFixed(1)} r="2.5" />
      ))}
      <text x={LEFT} y={bottom + 18}>
        0
      </text>
      <text x={WIDTH - RIGHT} y={bottom + 18} text-anchor="end">
        {grouped(done)} cases
      </text>
    </svg>
  );
}

interface PlotProps {
  readonly part: PartStatus;
  readonly name: string;
}

interface Row {
  readonly label: string;
  /** One value per strategy. */
  readonly values: readonly number[];
}

/** A row of marks per label, one per strategy. The scale is logarithmic; what is 0 stands at its foot. */
export function Dots({
  rows,
  name,
  unit,
}: {
  readonly rows: readonly Row[];
  name: string;
  unit: string;
}): VNode {
  const left = 210;
  const all = rows.flatMap(({ values }) => values).filter((value) => value > 0);
  const low = Math.floor(Math.log10(Math.min(1, ...all)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(1, ...all))));
  const zero = left + 14;
  const first = zero + 24;
  const x = (value: number) =>
    value <= 0 ? zero : first + ((WIDTH - RIGHT - 10 - first) * (Math.log10(value) - low)) / (high - low);
  const y = (row: number) => 14 + 24 * row;
  const foot = y(rows.length) + 2;
  const powers = Array.from({ length: high - low + 1 }, (_, i) => low + i);
  const step = Math.ceil(powers.length / 6);
  const ticks = powers.filter((_, i) => i % step === 0).map((power) => 10 ** power);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${foot + 36}`} role="img" aria-label={`${name}, ${unit}`}>
      {rows.map(({ label }, i) => (
        <g key={label}>
          <path class="grid" d={`M${left} ${y(i)}H${WIDTH - RIGHT}`} />
          <text x={left - 8} y={y(i) + 4} text-anchor="end">
            {label}
          </text>
        </g>
      ))}
      {[0, ...ticks].map((tick) => (
        <g key={tick}>
          <path class="grid" d={`M${x(tick).toFixed(1)} 4V${foot - 8}`} />
          <text x={x(tick).toFixed(1)} y={foot + 6} text-anchor="middle">
            {tick >= 1 || tick === 0 ? grouped(tick) : tick}
          </text>
        </g>
      ))}
      {rows.map(({ label, values }, i) =>
        values.map((value, s) => (
          <Mark key={`${label} ${s}`} strategy={s} x={Math.round(10 * x(value)) / 10} y={y(i)} />
        )),
      )}
      <text x={WIDTH - RIGHT} y={foot + 26} text-anchor="end">
        {unit}
      </text>
    </svg>
  );
}
