/**
 * A page as one document that needs nothing else: rendered, with its data, style and script inside, and a policy that
 * lets a browser load nothing and run nothing but these.
 */
import { render } from "preact-render-to-string";
import { ASSETS } from "./assets.js";
import { Diagram } from "./diagram.js";
import type { FindingModel } from "./finding-model-types.js";
import type { PageModel } from "./model.js";
import { Page } from "./page.js";

export function documentOf(page: PageModel): string {
  const { script, style, scriptHash, styleHash } = ASSETS;
  const policy = `default-src 'none'; script-src '${scriptHash}'; style-src '${styleHash}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="stalemap">
<title>${escaped(page.title)}</title>
<style>${style}</style>
</head>
<body>
<div id="page">${render(<Page page={page} />)}</div>
<script type="application/json" id="data">${dataText(page)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** The diagram of a finding's run alone, as a file of its own. */
export function diagramOf({ run, cells, origins, title, headline }: FindingModel): string {
  const svg = render(<Diagram run={run} cells={cells} origins={origins} css={ASSETS.diagramStyle} />);
  return `${svg.replace(/<svg([^>]*)>/, `<svg$1><title>${escaped(`${title}: ${headline}`)}</title>`)}\n`;
}

/** A picture of one sentence, where there is nothing to draw. */
export function sentenceOf(text: string): string {
  const svg = render(
    <svg
      xmlns="http://www.w3.org/2000/svg"
      class="diagram"
      width={text.length * 8 + 20}
      height={40}
      role="img"
    >
      <title>{text}</title>
      <style>{ASSETS.diagramStyle}</style>
      <rect width="100%" height="100%" class="paper" />
      <text x={10} y={24}>
        {text}
      </text>
    </svg>,
  );
  return `${svg}\n`;
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

/** JSON that ends no element and opens none. */
function dataText(page: PageModel): string {
  return JSON.stringify(page)
    .replace(/</g, "\\u003c")
    .replace(/\u2028/g, "\\u2028")
    .replace(/\u2029/g, "\\u2029");
}
