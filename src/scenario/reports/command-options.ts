/** Options of a command as getopt takes them apart: clusters, glued values, long names cut short, options behind operands. */

export interface Options<W> {
  /** In order; a flag has the value "". The name of a long one is its letter, where it has one. */
  readonly given: readonly { readonly name: string; readonly value: string; readonly word: W }[];
  readonly operands: readonly W[];
}

/** `letters` as getopt has them (`fc:`); `long` names by letter, `=` behind those that take a value. The first that is not known comes back as a text. */
export function optionsOf<W extends { readonly text: string }>(
  words: readonly W[],
  letters: string,
  long: Readonly<Record<string, string>> = {},
): Options<W> | string {
  const given: { name: string; value: string; word: W }[] = [];
  const operands: W[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as W;
    const { text } = word;
    if (text === "--") return { given, operands: [...operands, ...words.slice(i + 1)] };
    if (!/^-./s.test(text)) {
      operands.push(word);
      continue;
    }
    const [, name = "", glued] = /^--([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
    if (name !== "") {
      const found = longOption(name, long);
      if (found === undefined) return text;
      const [letter, takes] = found;
      if (!takes && glued !== undefined) return text;
      const behind = takes && glued === undefined ? words[++i] : undefined;
      if (takes && glued === undefined && behind === undefined) return text;
      given.push({ name: letter, value: glued ?? behind?.text ?? "", word: behind ?? word });
      continue;
    }
    for (let at = 1; at < text.length; at++) {
      const letter = text.charAt(at);
      const known = letter === ":" ? -1 : letters.indexOf(letter);
      if (known < 0) return `-${letter}`;
      if (letters.charAt(known + 1) !== ":") {
        given.push({ name: letter, value: "", word });
        continue;
      }
      const rest = text.slice(at + 1);
      const behind = rest === "" ? words[++i] : word;
      if (behind === undefined) return `-${letter}`;
      given.push({ name: letter, value: rest === "" ? behind.text : rest, word: behind });
      break;
    }
  }
  return { given, operands };
}

/** The letter of a long option, which may be cut short where no other begins so, and whether it takes a value. */
function longOption(
  name: string,
  long: Readonly<Record<string, string>>,
): readonly [string, boolean] | undefined {
  const all = Object.entries(long).map(
    ([letter, full]) => [letter, full.replace("=", ""), full.endsWith("=")] as const,
  );
  const exact = all.filter(([, full]) => full === name);
  const fits = exact.length > 0 ? exact : all.filter(([, full]) => full.startsWith(name));
  const [one] = fits;
  return one === undefined || fits.length > 1 ? undefined : [one[0], one[2]];
}
