/** The page of what names mean. */
import type { NameExplained } from "../explain-text.js";
import { documentWith } from "./pages.js";

export function namesPage(names: readonly NameExplained[]): string {
  return documentWith(
    {
      title: `${names.map(({ name }) => name).join(", ")}, explained by stalemap`,
      verdict: { mark: "ok", text: [...new Set(names.map(({ what }) => what))].join(", ") },
      facts: names.flatMap(({ about, where, scenarios }) => [
        ...about,
        ...where,
        scenarios.length === 0 ? "none of the witnesses shows it" : `shown by ${scenarios.join(", ")}`,
      ]),
    },
    [],
  );
}
