/** Variables of a shell script that are numbers, lists of them or paths, and what it does with them: `$len`, `${len}`, `$((len / 2))`. */
import { arithmetic, type Variables } from "./arithmetic.js";

const SIZES = /_get_(?:file_)?block_size|_get_(?:page|block)_?size|get_page_size|PAGE_?SIZE|feature\s+-s/i;
const PATH = /^[\w./${}-]{1,200}$/;
const LIST = /^-?\w{1,60}(?:\s+-?\w{1,60}){0,200}$/;
const ARITHMETIC = /\$\(\(((?:[^()]|\((?:[^()]|\([^()]{0,100}\)){0,100}\)){0,200})\)\)|\$\[([^\]]{0,200})\]/g;
const NAMED = /\$(?:\{(\w{1,60}|@)(?:\[[@*]\])?(?::?-([^{}$]{0,60}))?\}|([A-Za-z_]\w{0,60}|[0-9@*#]))/g;

export class ShellValues implements Variables {
  readonly #values = new Map<string, string>();
  readonly #sizes: { readonly page: number; readonly block: number };

  constructor(sizes: { readonly page: number; readonly block: number }) {
    this.#sizes = sizes;
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  set(name: string, value: string): void {
    this.#values.set(name, value);
  }

  /** Takes `name=value` and `name+=value`, when its value is one that can be known. */
  assign(text: string): void {
    const [, name, adds, given = ""] = /^([A-Za-z_]\w{0,60})(\+?)=(.*)$/s.exec(text) ?? [];
    if (name === undefined) return;
    if (/^[$`]\(?[^(]/.test(given) && SIZES.test(given))
      this.#values.set(name, String(/page|feature/i.test(given) ? this.#sizes.page : this.#sizes.block));
    else {
      const known = this.expand(given.replace(/^\((.*)\)$/s, "$1")).trim();
      const value = adds === "+" ? `${this.#values.get(name) ?? "?"}${known}` : known;
      if (LIST.test(value) || PATH.test(value)) this.#values.set(name, value);
      else this.#values.delete(name);
    }
  }

  /** What `compute` is of these numbers; undefined when it is not known. */
  compute(text: string): number | undefined {
    return arithmetic(text, this);
  }

  /** Runs with these as `$1`, `$2`, and the script's own again after it. */
  within(words: readonly string[], run: () => void): void {
    const places = ["@", "*", "#", ...Array.from({ length: 9 }, (_, i) => String(i + 1))];
    const before = places.map((name) => this.#values.get(name));
    const all = words.join(" ");
    const given = [all, all, String(words.length), ...words];
    for (const [i, name] of places.entries()) this.#put(name, given[i]);
    run();
    for (const [i, name] of places.entries()) this.#put(name, before[i]);
  }

  /** The text with what is known in place of variables; what is not known stays. */
  expand(text: string): string {
    if (!text.includes("$")) return text;
    return text
      .replace(ARITHMETIC, (whole, a, b) => {
        const value = this.compute(this.expand(a ?? b ?? ""));
        return value === undefined ? whole : String(value);
      })
      .replace(NAMED, (whole, a, otherwise, b) => this.#values.get(a ?? b) ?? otherwise ?? whole);
  }

  #put(name: string, value: string | undefined): void {
    if (value === undefined) this.#values.delete(name);
    else this.#values.set(name, value);
  }
}
