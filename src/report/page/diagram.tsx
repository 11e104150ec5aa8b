/**
 * The space-time diagram of a run as SVG. What it says by colour it says by letters, numbers and words too.
 */
import { plural } from "../style.js";
import { type Layout, LINE, layOut, lostIn, type RowLayout } from "./diagram-layout.js";
import type { FindingModel, Origin, RunModel } from "./finding-model-types.js";
import { type Scale, scaleOf } from "./scale.js";
import { type BandName, seen } from "./seen.js";

interface Props {
  readonly run: RunModel;
  readonly cells: FindingModel["cells"];
  readonly origins: readonly Origin[];
  readonly hasBands?: boolean;
  /** The step that is looked at. */
  readonly at?: number | undefined;
  readonly choose?: (step: number) => void;
  /** A style of its own, where the diagram stands alone. */
  readonly css?: string;
}

const HEADS: { readonly [B in BandName]: string } = { extents: "extents", cache: "page cache", disk: "disk" };

/** Pixels: up to this width letters stay readable when the diagram is made as narrow as its window. */
const MOST_SHRUNK = 1600;

export function Diagram({ run, cells, origins, hasBands = true, at, choose, css }: Props) {
  const layout = layOut(run, hasBands);
  const { width, height } = layout;
  const scale = scaleOf(cells);
  const now = at === undefined ? undefined : layout.times[at];
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      class={width <= MOST_SHRUNK ? "diagram fits" : "diagram"}
      viewBox={`0 0 ${Math.ceil(width)} ${Math.ceil(height)}`}
      width={Math.ceil(width)}
      height={Math.ceil(height)}
      role="img"
      aria-label={`Diagram of ${plural(run.steps.length, "step")} on ${run.kernel}; the list of steps says the same`}
    >
      {css === undefined ? null : <style>{css}</style>}
      <defs>
        <marker id="tip" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="5" markerHeight="5" orient="auto">
          <path d="M0 0L8 4L0 8z" class="tip" />
        </marker>
      </defs>
      {css === undefined ? null : <rect width="100%" height="100%" class="paper" />}
      {now === undefined ? null : (
        <rect class="now" x="0" y={now.y} width={Math.ceil(width)} height={now.height} />
      )}
      {layout.lanes.map(({ name, x, width, y, height }) => (
        <g key={name}>
          <text class="lane" x={x + width / 2} y={y - 16}>
            {name}
          </text>
          <line class="life" x1={x + width / 2} x2={x + width / 2} y1={y - 6} y2={y + height - 6} />
        </g>
      ))}
      {layout.bands.map((band) => (
        <Band key={band.name} {...{ band, layout, run, scale, origins }} />
      ))}
      {layout.arrows.map((path) => (
        <path key={path} class="arrow" d={path} marker-end="url(#tip)" />
      ))}
      {layout.rows.map((row) => (
        <Row key={row.step.i} row={row} isLoss={run.lost?.step === row.step.i} choose={choose} />
      ))}
    </svg>
  );
}

function Row({ row, isLoss, choose }: { row: RowLayout; isLoss: boolean; choose: Props["choose"] }) {
  const { step, lines, x, y, width, height } = row;
  const look = ["step", step.part === undefined ? "" : "part", isLoss ? "loss" : ""].join(" ").trim();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the slider and keys do the same
    <g class={look} onClick={choose && (() => choose(step.i))}>
      <text class="number" x="32" y={y + 17}>
        {isLoss ? `x ${step.i}` : step.i}
      </text>
      <rect x={x} y={y} width={width} height={height} rx="4" />
      {lines.map(({ look, text }, n) => (
        <text key={n} class={look} x={x + 7} y={y + 17 + n * LINE}>
          {text}
        </text>
      ))}
    </g>
  );
}

interface BandProps {
  readonly band: Layout["bands"][number];
  readonly layout: Layout;
  readonly run: RunModel;
  readonly scale: Scale;
  readonly origins: readonly Origin[];
}

/** One strip of bytes per frame, one below the other. */
function Band({ band, layout, run, scale, origins }: BandProps) {
  const { name, x, y, width, height } = band;
  const left = (byte: number) => x + scale(byte) * width;
  const right = (byte: number) => x + scale(byte, true) * width;
  return (
    <g class="band">
      <text class="lane" x={x + width / 2} y={y - 16}>
        {HEADS[name]}
      </text>
      <rect class="none" x={x} y={y} width={width} height={height} />
      {run.frames.map((frame, n) => {
        const time = layout.times[n];
        if (time === undefined) return null;
        return frame[name].map((span) => {
          const { look, letter, word } = seen(name, span, origins);
          const [from, to] = [left(span.from), right(span.to)];
          return (
            <g key={`${n}-${span.from}`} class={look}>
              <rect x={from} y={time.y} width={to - from} height={time.height} />
              <text x={(from + to) / 2} y={time.y + time.height / 2 + 4}>
                {to - from > word.length * 6.4 + 4 ? word : letter}
              </text>
            </g>
          );
        });
      })}
      {layout.times.flatMap((time, n) =>
        lostIn(run, name, n).map(({ from, to }) => (
          <rect
            key={`${n}-${from}`}
            class="lost"
            x={left(from) + 1}
            y={time.y + 1}
            width={right(to) - left(from) - 2}
            height={time.height - 2}
          />
        )),
      )}
    </g>
  );
}
