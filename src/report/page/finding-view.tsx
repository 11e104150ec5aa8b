/**
 * One finding: what happened in words, the run to walk through with the machine's state at each step, the diagram,
 * the same on a cured kernel, and how to see it again.
 */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Diagram } from "./diagram.js";
import { isLossDrawn } from "./diagram-layout.js";
import type { FindingModel, RunModel, StepModel, StoryLine } from "./finding-model-types.js";
import { StatePanel } from "./state-panel.js";

interface Props {
  readonly finding: FindingModel;
  readonly index: number;
  /** Whether keys that are pressed anywhere mean this one. */
  readonly isActive: boolean;
  readonly activate: (index: number) => void;
}

export function FindingView({ finding, index, isActive, activate }: Props) {
  const { run } = finding;
  const last = run.frames.length - 1;
  const loss = Math.min(last, run.lost?.step ?? run.steps.find(({ part }) => part !== undefined)?.i ?? last);
  const [at, setAt] = useState(loss);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isRange = (event.target as Element | null)?.tagName === "INPUT";
      if (!isActive || event.ctrlKey || event.altKey || event.metaKey) return;
      if (target(event.key, 0, last, loss, isRange) === undefined) return;
      event.preventDefault();
      setAt((at) => target(event.key, at, last, loss, isRange) ?? at);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [isActive, last, loss]);
  const id = `finding-${index}`;
  return (
    <section
      class="finding"
      aria-labelledby={id}
      onFocusCapture={() => activate(index)}
      onClickCapture={() => activate(index)}
    >
      <h2 id={id}>
        <span class="mark">x</span> {finding.title}: {finding.headline}
      </h2>
      <div class="columns">
        <Story lines={finding.story} choose={setAt} />
        <Program finding={finding} />
      </div>
      <Player {...{ finding, at, last, loss, setAt }} />
      <Words words={finding.words} />
      <h3>{`The whole run on ${run.kernel}, time runs down`}</h3>
      <Legend finding={finding} />
      <Figure label={`Diagram of the run on ${run.kernel}`}>
        <Diagram run={run} cells={finding.cells} origins={finding.origins} at={at} choose={setAt} />
      </Figure>
      <Steps run={run} at={at} />
      {finding.cured === undefined ? null : <Cured finding={finding} cured={finding.cured} at={at} />}
      <Footer finding={finding} />
    </section>
  );
}

/** Where a key leads to; undefined where it means nothing here. A slider has keys of its own. */
function target(key: string, at: number, last: number, loss: number, isRange: boolean): number | undefined {
  if (key === "n" || key === "j" || (key === "ArrowRight" && !isRange)) return Math.min(last, at + 1);
  if (key === "p" || key === "k" || (key === "ArrowLeft" && !isRange)) return Math.max(0, at - 1);
  if (key === "g") return 0;
  if (key === "G") return last;
  return key === "x" ? loss : undefined;
}

function Story({ lines, choose }: { lines: readonly StoryLine[]; choose: (step: number) => void }) {
  return (
    <div class="story">
      <h3>What happened</h3>
      <ol>
        {lines.map(({ badge, step, text }) => (
          <li key={text} class={badge === undefined && step === undefined ? "outcome" : undefined}>
            {badge === undefined ? null : <span class="badge">{badge}</span>}
            {step === undefined ? null : (
              <button type="button" onClick={() => choose(step)}>
                {step === 0 ? "setup" : `step ${step}`}
              </button>
            )}
            {` ${text}`}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Program({ finding }: { finding: FindingModel }) {
  return (
    <div class="program">
      <h3>The program</h3>
      <table>
        <tbody>
          {finding.program.map(([name, text]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <code>{text}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul class="facts">
        <li>{`kind ${finding.kind}`}</li>
        {finding.facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </div>
  );
}

interface PlayerProps {
  readonly finding: FindingModel;
  readonly at: number;
  readonly last: number;
  readonly loss: number;
  readonly setAt: (step: number) => void;
}

function Player({ finding, at, last, loss, setAt }: PlayerProps) {
  const { run } = finding;
  const go = (label: string, key: string, to: number) => (
    <button type="button" title={`key ${key}`} disabled={to === at} onClick={() => setAt(to)}>
      {label}
    </button>
  );
  return (
    <div class="player">
      <h3>Walk through it</h3>
      <div class="controls">
        {go("first", "g", 0)}
        {go("back", "p", Math.max(0, at - 1))}
        <input
          type="range"
          min={0}
          max={last}
          step={1}
          value={at}
          aria-label="step"
          aria-valuetext={valueText(run, at)}
          onInput={(event) => setAt(Number(event.currentTarget.value))}
        />
        {go("next", "n", Math.min(last, at + 1))}
        {go("last", "G", last)}
        {go("where it goes wrong", "x", loss)}
        <output aria-live="polite">{`${at} of ${last}`}</output>
      </div>
      <p class="keys">Keys: n next, p back, x where it goes wrong, g first, G last.</p>
      <div class="states">
        <StatePanel run={run} cells={finding.cells} origins={finding.origins} at={at} />
        {finding.cured === undefined ? null : (
          <StatePanel run={finding.cured} cells={finding.cells} origins={finding.origins} at={at} />
        )}
      </div>
    </div>
  );
}

/** Open from the start, so that it is there on paper. */
function Words({ words }: Pick<FindingModel, "words">) {
  return (
    <details class="words" open>
      <summary>What the words mean</summary>
      <dl>
        {words.map(([word, meaning]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function valueText({ steps }: RunModel, at: number): string {
  const step = steps[at - 1];
  return step === undefined ? "setup" : `step ${at}, ${step.lane}, ${step.calls[0]?.fn ?? ""}`;
}

function Legend({ finding }: { finding: FindingModel }) {
  return (
    <ul class="legend">
      {finding.origins.map(({ value, look, letter, text }) => (
        <li key={value}>
          <span class={`key ${look}`}>{letter}</span>
          {` ${text}`}
        </li>
      ))}
      {(["hole", "delalloc", "unwritten", "written"] as const).map((word) => (
        <li key={word}>
          <span class={`key ${word}`}>{word === "hole" ? "-" : word.slice(0, 1).toUpperCase()}</span>
          {` extent: ${word}`}
        </li>
      ))}
      <li>
        <span class="key none"> </span> not cached, or nothing on disk
      </li>
      {isLossDrawn(finding.run) && (
        <li>
          <span class="key lostkey"> </span> the bytes that are wrong
        </li>
      )}
    </ul>
  );
}

/** Something wide: it scrolls by itself, with the keyboard as well. */
export function Figure({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}

function Steps({ run, at }: { run: RunModel; at?: number }) {
  // A diagram is wider than a narrow window: there the list comes first to the eye.
  const [isOpen, open] = useState(false);
  useEffect(() => open(matchMedia("(max-width: 760px)").matches), []);
  return (
    <details class="steps" open={isOpen}>
      <summary>{`The steps as a list (${run.kernel})`}</summary>
      <ol>
        {run.steps.map((step) => (
          <li key={step.i} aria-current={step.i === at ? "step" : undefined}>
            <StepText step={step} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function StepText({ step: { lane, begins, calls, part, need } }: { step: StepModel }) {
  return (
    <>
      <b>{lane}</b>
      {begins === undefined ? "" : ` (${begins})`}
      {part === undefined ? null : <span class="tag">{` (${part.badge}) ${part.tag}`}</span>}
      {need === undefined ? null : <span class="tag">{` ${need}`}</span>}
      {calls.map(({ fn, notes }) => (
        <span key={fn}>
          {" "}
          <code>{fn}</code> {notes.join("; ")}
        </span>
      ))}
    </>
  );
}

function Cured({ finding, cured, at }: { finding: FindingModel; cured: RunModel; at: number }) {
  const i = Math.min(at, cured.frames.length - 1);
  return (
    <div class="cured">
      <h3>{`The same order on ${cured.kernel}, as far as it can be kept: nothing is wrong`}</h3>
      {finding.parting === undefined ? null : <p>{finding.parting}</p>}
      <Figure label={`Diagram of the run on ${cured.kernel}`}>
        <Diagram run={cured} cells={finding.cells} origins={finding.origins} at={i} />
      </Figure>
      <Steps run={cured} at={i} />
    </div>
  );
}

function Footer({ finding }: { finding: FindingModel }) {
  return (
    <div class="columns">
      <div>
        <h3>{finding.cures.length > 1 ? "Cured by these together, each of them necessary" : "Cured by"}</h3>
        {finding.cures.length === 0 ? (
          <p>Nothing that the model knows.</p>
        ) : (
          <ul>
            {finding.cures.map((cure) => (
              <li key={cure}>{cure}</li>
            ))}
          </ul>
        )}
      </div>
      <div>
        <h3>See it again</h3>
        <dl>
          {finding.again.map(([label, command]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <code class="command">{command}</code>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  );
}
