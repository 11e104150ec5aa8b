/**
 * The script in a page: makes what was rendered alive. tools/build-page.mjs bundles it.
 */
import { hydrate } from "preact";
import type { PageModel } from "./model.js";
import { Page } from "./page.js";

const root = document.getElementById("page");
const data = document.getElementById("data");
if (root !== null && data !== null)
  hydrate(<Page page={JSON.parse(data.textContent ?? "") as PageModel} />, root);
