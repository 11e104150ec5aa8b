/**
 * The page as a whole: what was asked, what came out, and each finding.
 */
import { useState } from "preact/hooks";
import { ON_MODEL } from "../on-model.js";
import { Figure, FindingView } from "./finding-view.js";
import type { PageModel } from "./model.js";
import { HeatTable, LadderList, Verdicts } from "./tables.js";

export function Page({ page }: { page: PageModel }) {
  const [active, activate] = useState(0);
  const { verdict, facts, table, heat, ladder, texts = [], footer, findings, others } = page;
  return (
    <main>
      <header>
        <h1>{page.title}</h1>
        <p class={`verdict mark-${verdict.mark === "ok" ? "ok" : verdict.mark === "x" ? "bad" : "open"}`}>
          <b>{verdict.mark}</b> {verdict.text}
        </p>
        {facts.length === 0 ? null : (
          <ul class="facts">
            {facts.map((fact) => (
              <li key={fact}>{fact}</li>
            ))}
          </ul>
        )}
      </header>
      {ladder === undefined ? null : <LadderList ladder={ladder} />}
      {heat === undefined ? null : <HeatTable heat={heat} />}
      {table === undefined ? null : <Verdicts table={table} />}
      {texts.map(({ title, text }) => (
        <details key={title} class="text" open={texts.length < 4}>
          <summary>{title}</summary>
          <Figure label={title}>
            <pre>{text}</pre>
          </Figure>
        </details>
      ))}
      {findings.map((finding, index) => (
        <FindingView
          key={finding.title + String(index)}
          {...{ finding, index, activate }}
          isActive={active === index}
        />
      ))}
      {others.length === 0 ? null : (
        <section>
          <h2>More findings</h2>
          <dl>
            {others.map(({ title, command }) => (
              <div key={title + command}>
                <dt>{title}</dt>
                <dd>
                  <code class="command">{command}</code>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <footer>{footer ?? ON_MODEL}</footer>
    </main>
  );
}
