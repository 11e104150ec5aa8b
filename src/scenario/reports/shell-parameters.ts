/** What stands behind a variable's name in `${}`: defaults, parts of the value. */
import type { ParameterOperation, Word } from "unbash";
import { patternOf } from "./shell-patterns.js";
import { isKnown } from "./shell-values.js";

/** The text that comes of a value, which is undefined where there is none; undefined where only a shell knows. */
export function changed(
  operation: ParameterOperation,
  text: string | undefined,
  expand: (word: Word) => string,
  set: (text: string) => void,
): string | undefined {
  switch (operation.type) {
    case "Default": {
      const isUnset = text === undefined || (text === "" && operation.operator.startsWith(":"));
      const sign = operation.operator.at(-1);
      if (sign === "+") return isUnset ? (text === undefined ? undefined : "") : expand(operation.operand);
      if (!isUnset) return text;
      if (sign === "?") return undefined;
      const given = expand(operation.operand);
      if (sign === "=") set(given);
      return given;
    }
    case "Remove":
      return text === undefined || /["'\\]/.test(operation.operand.text)
        ? undefined
        : removed(text, expand(operation.operand), operation.operator);
    case "Slice": {
      const numbers = [operation.offset, operation.length].map((word) => word && expand(word).trim());
      if (text === undefined || !isKnown(text) || !numbers.every((one) => /^\d*$/.test(one ?? "")))
        return undefined;
      const [from = 0, length = text.length] = numbers.map((one) => (one === undefined ? one : Number(one)));
      return text.slice(from, from + length);
    }
    case "Replace": {
      const [pattern, by] = [expand(operation.pattern), expand(operation.replacement)];
      if (text === undefined || !isKnown(`${text}${pattern}${by}`) || /[*?[\]\\&]/.test(`${pattern}${by}`))
        return undefined;
      if (operation.operator === "//") return pattern === "" ? text : text.replaceAll(pattern, () => by);
      return operation.operator === "/" && pattern !== "" ? text.replace(pattern, () => by) : undefined;
    }
    default:
      return undefined;
  }
}

/** Without what a pattern matches at its front or end. */
function removed(text: string, pattern: string, operator: string): string | undefined {
  if (!isKnown(`${text}${pattern}`) || /[[\]\\(]/.test(pattern)) return undefined;
  const lengths = Array.from({ length: text.length + 1 }, (_, n) => n);
  if (operator.length === 2) lengths.reverse();
  const whole = new RegExp(`^${patternOf(pattern, false)}$`, "s");
  const isFront = operator.startsWith("#");
  for (const n of lengths) {
    const part = isFront ? text.slice(0, n) : text.slice(text.length - n);
    if (whole.test(part)) return isFront ? text.slice(n) : text.slice(0, text.length - n);
  }
  return text;
}
