/**
 * Colour, decided once per stream: --color, then NO_COLOR, then FORCE_COLOR, then TERM (dumb, or none), then whether the stream
 * is a terminal. chalk is told the answer and asked nothing.
 */
import { Chalk, type ColorSupportLevel } from "chalk";
import { type Palette, PLAIN } from "../../report/style.js";
import { markedPaint } from "./harmless.js";

export type ColourChoice = "auto" | "always" | "never";
export const COLOUR_CHOICES: readonly ColourChoice[] = ["auto", "always", "never"];

/** How many colours the stream gets: 0 none, 1 sixteen, 2 256, 3 all. */
export function colourLevel(
  choice: ColourChoice,
  stream: { readonly isTTY?: boolean | undefined },
  env: NodeJS.ProcessEnv,
): ColorSupportLevel {
  if (choice === "never") return 0;
  if (choice === "always") return byTerm(env);
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== "") return 0;
  const force = env.FORCE_COLOR;
  if (force !== undefined) {
    if (force === "0" || force === "false") return 0;
    return force === "1" || force === "2" || force === "3" ? (Number(force) as ColorSupportLevel) : 1;
  }
  if (isDumb(env) || stream.isTTY !== true) return 0;
  return byTerm(env);
}

/** Whether the terminal is not known to obey any sequence. */
export function isDumb({ TERM = "" }: NodeJS.ProcessEnv): boolean {
  return TERM === "" || TERM === "dumb";
}

function byTerm(env: NodeJS.ProcessEnv): ColorSupportLevel {
  if (/^(truecolor|24bit)$/.test(env.COLORTERM ?? "")) return 3;
  return /-256(color)?$/.test(env.TERM ?? "") ? 2 : 1;
}

/** The colours of a stream, and how wide it is, where it knows. */
export function makeColours(level: ColorSupportLevel, columns = 0): Palette {
  const width = columns > 0 ? { columns } : {};
  if (level === 0) return { ...PLAIN, ...width };
  const { bold, dim, red, green, yellow, cyan } = new Chalk({ level });
  return {
    bold: markedPaint(bold),
    dim: markedPaint(dim),
    red: markedPaint(red),
    green: markedPaint(green),
    yellow: markedPaint(yellow),
    cyan: markedPaint(cyan),
    ...width,
  };
}
