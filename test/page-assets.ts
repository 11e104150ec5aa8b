/**
 * Gives tests the script and style that the build puts into HTML reports.
 */
import type { Plugin } from "vite";

const BUILDER = new URL("../tools/build-page.mjs", import.meta.url).href;

export const pageAssets: Plugin = {
  name: "page-assets",
  enforce: "pre",
  resolveId: (id, importer) =>
    id === "./assets.js" && importer?.includes("/src/report/page/") === true ? "\0page-assets" : undefined,
  load: async (id) => {
    if (id !== "\0page-assets") return undefined;
    const { assetsModule } = (await import(BUILDER)) as { assetsModule: () => Promise<string> };
    return assetsModule();
  },
};
