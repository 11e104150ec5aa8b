/**
 * The script and style of HTML reports, bundled into the module that src/report/page/render.tsx imports: for the build
 * of the program as a plugin of esbuild, for tests as one of vite (test/page-assets.ts).
 */
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = `${root}src/report/page`;

async function bundled(entry) {
  const { outputFiles } = await build({
    entryPoints: [`${folder}/${entry}`],
    bundle: true,
    minify: true,
    write: false,
    target: "es2022",
    format: "iife",
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
    charset: "utf8",
    loader: { ".css": "css" },
  });
  return outputFiles[0].text.trim();
}

function hashOf(text) {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/** The text of the module. */
export async function assetsModule() {
  const script = (await bundled("client.tsx")).replace(/<\/(script)/gi, "<\\/$1");
  const diagramStyle = await bundled("diagram.css");
  const style = diagramStyle + (await bundled("page.css"));
  const assets = { script, style, diagramStyle, scriptHash: hashOf(script), styleHash: hashOf(style) };
  return `export const ASSETS = ${JSON.stringify(assets)};\n`;
}

/** For esbuild: gives the module where it is imported. */
export const pageAssets = {
  name: "page-assets",
  setup(builder) {
    builder.onResolve({ filter: /^\.\/assets\.js$/ }, ({ importer }) =>
      importer.includes("/src/report/page/") ? { path: "page-assets", namespace: "page-assets" } : undefined,
    );
    builder.onLoad({ filter: /.*/, namespace: "page-assets" }, async () => ({ contents: await assetsModule() }));
  },
};
