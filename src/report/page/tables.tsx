/**
 * Tables of a page: verdicts, scenarios by kernels with the patches on the borders, and a bisection as a ladder.
 */
import { Figure } from "./finding-view.js";
import type { HeatCell, HeatMap, Ladder, VerdictTable } from "./model.js";

export function Verdicts({ table }: { table: VerdictTable }) {
  return (
    <table class="verdicts">
      <caption>{table.caption}</caption>
      <thead>
        <tr>
          <th scope="col"> </th>
          {table.heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map(({ mark, cells }, n) => (
          <tr key={n} class={`mark-${mark === "ok" ? "ok" : mark === "x" ? "bad" : "open"}`}>
            <td>
              <b>{mark}</b>
            </td>
            {cells.map((cell, i) => (
              <td key={i}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function HeatTable({ heat }: { heat: HeatMap }) {
  const { kernels, borders, rows } = heat;
  return (
    <>
      <Figure label="Scenarios by kernels">
        <table class="heat">
          <caption>
            A cell names the first oracle violated; ! unlike the file, ? cannot judge. [n] is what came in
            there.
          </caption>
          <thead>
            <tr>
              <th scope="col">scenario</th>
              {kernels.map((kernel, n) => (
                <th key={kernel} scope="col">
                  {kernel}
                  {(borders[n]?.length ?? 0) > 0 ? <a href={`#border-${n}`}>{`[${n + 1}]`}</a> : null}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, cells }, n) => (
              <tr key={n}>
                <th scope="row">{name}</th>
                {cells.map((cell, i) => (
                  <Cell key={i} cell={cell} before={cells[i - 1]} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Figure>
      <h2>What came in with each kernel</h2>
      <ol class="borders">
        {borders.map((patches, n) => (
          <li key={n} id={`border-${n}`}>
            <b>{kernels[n]}</b>
            {patches.length === 0 ? ": nothing that the model knows" : null}
            <ul>
              {patches.map((patch) => (
                <li key={patch}>{patch}</li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </>
  );
}

function Cell({ cell: { word, look, isUnmet }, before }: { cell: HeatCell; before: HeatCell | undefined }) {
  const isBorder = before !== undefined && before.look !== look;
  return (
    <td class={`${look}${isBorder ? " border" : ""}${isUnmet ? " unmet" : ""}`}>
      {word}
      {isUnmet ? <b> !</b> : null}
    </td>
  );
}

export function LadderList({ ladder: { rungs, answer } }: { ladder: Ladder }) {
  return (
    <>
      <ol class="ladder">
        {rungs.map(({ mark, kernel, patch, isDeciding, marks }, n) => (
          <li
            key={n}
            class={`mark-${mark === "ok" ? "ok" : mark === "x" ? "bad" : "open"}${isDeciding ? " deciding" : ""}`}
          >
            <b>{mark === "ok" ? "good" : mark === "x" ? "bad" : "?"}</b>
            <span>{patch ?? kernel}</span>
            {patch === undefined ? null : <small>{kernel}</small>}
            {isDeciding ? <em>the deciding patch</em> : null}
            {marks.map((one) => (
              <em key={one}>{one}</em>
            ))}
          </li>
        ))}
      </ol>
      {answer.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </>
  );
}
