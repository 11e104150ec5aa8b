/**
 * Compiles the model's checks of itself in, for all tests: src/kernel/machine/checks.ts has them off.
 */
import type { Plugin } from "vite";

/** The text of that file with the checks on. */
export function checked(text: string): string {
  return text.replace("ON = 0", "ON = 1");
}

export const checksOn: Plugin = {
  name: "checks-on",
  enforce: "pre",
  transform: (code, id) => (id.endsWith("/src/kernel/machine/checks.ts") ? checked(code) : undefined),
};
