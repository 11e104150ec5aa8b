/**
 * Where the machine stands after a step: extents, the maps that calls hold of them, page cache and disk over one scale
 * of bytes, and what each thread holds and waits for.
 */
import type { Frame, Span } from "../../explore/finding/film.js";
import { EXTENT_NAMES } from "../../kernel/objects/extent-types.js";
import { printQuantity } from "../../scenario/yaml/units.js";
import { lostIn } from "./diagram-layout.js";
import type { FindingModel, Origin, RunModel } from "./finding-model-types.js";
import { type Scale, scaleOf } from "./scale.js";
import { type BandName, seen } from "./seen.js";

const WIDTH = 400;
const MARGIN = 104;
const STRIP = 26;
const GAP = 8;

interface Props {
  readonly run: RunModel;
  readonly cells: FindingModel["cells"];
  readonly origins: readonly Origin[];
  readonly at: number;
}

interface Strip {
  readonly name: string;
  readonly band: BandName;
  readonly spans: readonly Span[];
  /** What a call believes of the extents. */
  readonly isMap?: boolean;
  /** It is not what is so. */
  readonly isStale: boolean;
}

export function StatePanel({ run, cells, origins, at }: Props) {
  const frame = run.frames[Math.min(at, run.frames.length - 1)];
  if (frame === undefined) return null;
  const step = run.steps[at - 1];
  const did = step?.calls.map(({ fn, notes }) => [fn, ...notes].join(" ")).join("; ");
  return (
    <div class="state">
      <h4>{`on ${run.kernel}`}</h4>
      <p class="what">
        {at === 0 || step === undefined ? (
          at === 0 ? (
            "After the setup, before the first step."
          ) : (
            "The run has ended."
          )
        ) : (
          <>
            <b>{`Step ${at}: ${step.lane}`}</b>
            {step.part === undefined ? null : <span class="tag">{` ${step.part.tag}`}</span>}
            {step.need === undefined ? null : <span class="tag">{` ${step.need}`}</span>}
            <code>{did}</code>
          </>
        )}
      </p>
      <Strips {...{ frame, cells, origins, run, at }} />
      <Threads frame={frame} />
      <p class="sizes">{`i_size ${printQuantity(frame.size)}, on disk ${printQuantity(frame.diskSize)}. ${foliosText(frame)}`}</p>
    </div>
  );
}

function Strips({ frame, cells, origins, run, at }: Props & { readonly frame: Frame }) {
  const scale = scaleOf(cells);
  const strips = stripsOf(frame);
  const height = strips.length * (STRIP + GAP) + 22;
  return (
    <svg
      class="strips"
      viewBox={`0 0 ${WIDTH + MARGIN} ${height}`}
      role="img"
      aria-label={stripsText(strips, origins)}
    >
      {strips.map(({ name, band, spans, isStale, isMap }, n) => {
        const y = n * (STRIP + GAP);
        return (
          <g key={name} class={isStale ? "stale" : undefined}>
            <text class="name" x="0" y={y + 17}>
              {name}
            </text>
            <rect class="none" x={MARGIN} y={y} width={WIDTH - 4} height={STRIP} />
            {spans.map((span) => (
              <Piece key={span.from} {...{ span, band, scale, origins, y }} />
            ))}
            {isMap
              ? null
              : lostIn(run, band, at).map((span) => (
                  <rect key={span.from} class="lost" {...place(scale, span)} y={y - 2} height={STRIP + 4} />
                ))}
          </g>
        );
      })}
      <Ruler cells={cells} scale={scale} y={height - 18} />
    </svg>
  );
}

function place(scale: Scale, { from, to }: { readonly from: number; readonly to: number }) {
  const [a, b] = [scale(from), scale(to, true)];
  return { x: MARGIN + a * (WIDTH - 4), width: Math.max(0, (b - a) * (WIDTH - 4)) };
}

interface PieceProps {
  readonly span: Span;
  readonly band: BandName;
  readonly scale: Scale;
  readonly origins: readonly Origin[];
  readonly y: number;
}

function Piece({ span, band, scale, origins, y }: PieceProps) {
  const { look, letter, word } = seen(band, span, origins);
  const { x, width } = place(scale, span);
  return (
    <g class={look}>
      <rect x={x} y={y} width={width} height={STRIP} />
      <text x={x + width / 2} y={y + 17}>
        {width > word.length * 7.5 + 6 ? word : letter}
      </text>
    </g>
  );
}

function Ruler({ cells, scale, y }: { cells: FindingModel["cells"]; scale: Scale; y: number }) {
  const marks: { x: number; text: string }[] = [];
  const ends = cells.flatMap(([from, to], n) =>
    cells[n + 1]?.[0] === to
      ? [[from, false]]
      : [
          [from, false],
          [to, true],
        ],
  ) as [number, boolean][];
  for (const [byte, isEnd] of ends) {
    const x = MARGIN + scale(byte, isEnd) * (WIDTH - 4);
    const last = marks.at(-1);
    if (last === undefined || x - last.x > 34) marks.push({ x, text: printQuantity(byte) });
  }
  return (
    <g class="ruler">
      {marks.map(({ x, text }) => (
        <g key={x}>
          <line x1={x} x2={x} y1={y - 6} y2={y - 1} />
          <text x={Math.min(x, MARGIN + WIDTH - 12)} y={y + 12}>
            {text}
          </text>
        </g>
      ))}
    </g>
  );
}

function stripsOf({ extents, maps, cache, disk }: Frame): Strip[] {
  return [
    { name: "extents", band: "extents", spans: extents, isStale: false },
    ...maps.map((map) => ({
      name: `${map.thread}'s map`.slice(0, 18),
      band: "extents" as const,
      spans: [map],
      isMap: true,
      isStale: extents.some((e) => e.from < map.to && e.to > map.from && e.value !== map.value),
    })),
    { name: "page cache", band: "cache", spans: cache, isStale: false },
    { name: "disk", band: "disk", spans: disk, isStale: false },
  ];
}

/** The strips in words, for those who do not see them. */
function stripsText(strips: readonly Strip[], origins: readonly Origin[]): string {
  const text = ({ name, band, spans }: Strip) => {
    const parts = spans.map((span) => {
      const what =
        band === "extents"
          ? (EXTENT_NAMES[span.value] ?? "")
          : (origins.find((o) => o.value === span.value)?.text ?? "");
      return `${printQuantity(span.from)}..${printQuantity(span.to)} ${what}`;
    });
    return `${name}: ${parts.length === 0 ? "nothing" : parts.join(", ")}`;
  };
  return strips.map(text).join(". ");
}

function foliosText({ folios }: Frame): string {
  if (folios.length === 0) return "No folio is cached.";
  const texts = folios.map(
    ({ from, to, words }) =>
      `${printQuantity(from)}..${printQuantity(to)} ${words.join(" ") || "not uptodate"}`,
  );
  return `Folios: ${texts.join(", ")}.`;
}

function Threads({ frame }: { frame: Frame }) {
  return (
    <table class="threads">
      <thead>
        <tr>
          <th scope="col">thread</th>
          <th scope="col">stands before</th>
          <th scope="col">holds</th>
        </tr>
      </thead>
      <tbody>
        {frame.threads.map(({ name, next, held, folio, waits }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <code>{next ?? "finished"}</code>
              {waits ? <b class="waits"> waits</b> : null}
            </td>
            <td>
              {held
                .map((lock) =>
                  lock === "folio lock" && folio !== undefined ? `folio lock ${printQuantity(folio)}` : lock,
                )
                .join(", ")}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
