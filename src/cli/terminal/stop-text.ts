/** What a person reads when a command ends with an error. */
import type { Palette } from "../../report/style.js";
import { renderDiagnostics, shortened } from "../../scenario/yaml/diagnostic.js";
import { Stop } from "../exit.js";

/** `error: message` and the remedy below it; each diagnostic with its line. */
export function renderStop(stop: Stop, colours: Palette): string {
  if (stop.problems.length > 0) {
    const paint = { place: colours.bold, error: colours.red, dim: colours.dim, hint: colours.cyan };
    return stop.problems
      .map((one) => (one instanceof Stop ? renderStop(one, colours) : renderDiagnostics([one], paint)))
      .join("");
  }
  const remedy = stop.remedy === undefined ? "" : `  ${colours.cyan(stop.remedy)}\n`;
  return `${colours.red("error:")} ${shortened(stop.message)}\n${remedy}`;
}
