/** Variables of a shell script that are numbers, and its arithmetic: `$len`, `${len}`, `$((2 * blksz))`. */

const SIZES = /_get_(?:file_)?block_size|_get_(?:page|block)_?size|get_page_size|PAGE_?SIZE/i;

export class ShellValues {
  readonly #values = new Map<string, string>();
  readonly #sizes: { readonly page: number; readonly block: number };

  constructor(sizes: { readonly page: number; readonly block: number }) {
    this.#sizes = sizes;
  }

  /** Takes `name=value`, when its value is one that can be known. */
  assign(text: string): void {
    const [, name, given = ""] = /^(?:local\s+|export\s+)?([A-Za-z_]\w{0,60})=(.*)$/s.exec(text) ?? [];
    if (name === undefined) return;
    const value = given.replace(/^(["'])(.*)\1$/s, "$2");
    if (/^[$`]\(?[^(]/.test(value) && SIZES.test(value))
      this.#values.set(name, String(/page/i.test(value) ? this.#sizes.page : this.#sizes.block));
    else {
      const known = this.expand(value);
      if (/^\w{1,60}$/.test(known)) this.#values.set(name, known);
      else this.#values.delete(name);
    }
  }

  set(name: string, value: string): void {
    this.#values.set(name, value);
  }

  /** The text with what is known in place of variables; what is not known stays. */
  expand(text: string): string {
    if (!text.includes("$")) return text;
    return text
      .replace(
        /\$\(\(([^$()]{0,200}|(?:[^()]|\([^()]{0,100}\)){0,200})\)\)|\$\[([^\]]{0,200})\]/g,
        (whole, a, b) => {
          const value = this.#compute(a ?? b ?? "");
          return value === undefined ? whole : String(value);
        },
      )
      .replace(
        /\$(?:\{(\w{1,60})\}|([A-Za-z_]\w{0,60}))/g,
        (whole, a, b) => this.#values.get(a ?? b) ?? whole,
      );
  }

  /** Whole numbers with + - * / % and brackets, from left to right as C has it; undefined when it is something else. */
  #compute(text: string): number | undefined {
    const tokens = text.match(/0x[0-9a-f]+|\d+|\$?\{?[A-Za-z_]\w*\}?|[-+*/%()]|\S/gi) ?? [];
    let at = 0;
    const factor = (): number => {
      const token = tokens[at++] ?? "";
      if (token === "-") return -factor();
      if (token === "(") {
        const inside = sum();
        return tokens[at++] === ")" ? inside : Number.NaN;
      }
      const name = /^\$?\{?([A-Za-z_]\w*)\}?$/.exec(token)?.[1];
      const digits = name === undefined ? token : (this.#values.get(name) ?? "");
      return /^(?:0x[0-9a-f]+|\d+)$/i.test(digits) ? Number(digits) : Number.NaN;
    };
    const product = (): number => {
      let value = factor();
      for (; /^[*/%]$/.test(tokens[at] ?? ""); ) {
        const sign = tokens[at++];
        const by = factor();
        value = sign === "*" ? value * by : sign === "/" ? Math.trunc(value / by) : value % by;
      }
      return value;
    };
    const sum = (): number => {
      let value = product();
      for (; /^[-+]$/.test(tokens[at] ?? ""); )
        value = tokens[at++] === "+" ? value + product() : value - product();
      return value;
    };
    const value = sum();
    return at === tokens.length && Number.isSafeInteger(value) ? value : undefined;
  }
}
