/** Where values stand in a JSON text, for what is to be said about them. */

/** A place on the way to a value that is looked for. */
interface Wanted {
  readonly children: Map<string, Wanted>;
  offset: number;
}

/**
 * Offsets of the values at the paths in a text that is known to be JSON; of the innermost that exists where a path
 * goes further. One walk over the text serves all paths.
 */
export function offsetsOf(paths: readonly (readonly string[])[], text: string): number[] {
  const root: Wanted = { children: new Map(), offset: 0 };
  for (const path of paths) {
    let at = root;
    for (const key of path) {
      const next = at.children.get(key) ?? { children: new Map(), offset: -1 };
      at.children.set(key, next);
      at = next;
    }
  }
  walk(text, root);
  return paths.map((path) => {
    let { offset } = root;
    let at: Wanted | undefined = root;
    for (const key of path) {
      at = at.children.get(key);
      if (at === undefined || at.offset < 0) break;
      offset = at.offset;
    }
    return offset;
  });
}

/** A container around the place at hand. */
interface Around {
  readonly wanted: Wanted | undefined;
  /** Index of the element at hand, or the key; undefined before a key. */
  key: number | string | undefined;
}

function walk(text: string, root: Wanted): void {
  const around: Around[] = [];
  let inner: Around | undefined;
  for (let at = 0; at < text.length; ) {
    const c = text.charAt(at);
    if (c === '"' && inner !== undefined && inner.key === undefined) {
      const end = stringEnd(text, at);
      // Only keys of what is looked for need to be read.
      inner.key = inner.wanted === undefined ? "" : (JSON.parse(text.slice(at, end)) as string);
      at = end;
    } else if (c === "," && inner !== undefined) {
      inner.key = typeof inner.key === "number" ? inner.key + 1 : undefined;
      at++;
    } else if (c === "]" || c === "}") {
      around.pop();
      inner = around.at(-1);
      at++;
    } else if (c === ":" || c <= " ") at++;
    else {
      const wanted = inner === undefined ? root : inner.wanted?.children.get(String(inner.key));
      if (wanted !== undefined) wanted.offset = at;
      if (c === "[" || c === "{") {
        inner = { wanted, key: c === "[" ? 0 : undefined };
        around.push(inner);
        at++;
      } else at = c === '"' ? stringEnd(text, at) : scalarEnd(text, at);
    }
  }
}

/** A regular expression for a whole string would run out of stack on a long one. */
function stringEnd(text: string, start: number): number {
  let end = start + 1;
  while (text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  return end + 1;
}

function scalarEnd(text: string, start: number): number {
  let end = start + 1;
  while (/[\w.+-]/.test(text[end] ?? "")) end++;
  return end;
}
