/** Variables of a shell script get values: `a=1`, `a+=1`, `a=(1 2)`, `a[1]=2`. */
import type { Assignment } from "unbash";
import { askedOfMount } from "./shell-commands.js";
import type { Shell } from "./shell-state.js";
import { isKnown, shown, unknown, type Value } from "./shell-values.js";

/** `isPlain`: its value is what is written, and no number to be worked out or letters to be changed. */
export function assign(shell: Shell, node: Assignment, isPlain = true): void {
  const { expander, values, effects } = shell;
  const { name, value, append, index } = node;
  expander.asked = undefined;
  const old = append === true ? (values.get(name) ?? { text: unknown(`\${${name}}`) }) : undefined;
  if (value.type === "ArrayValue") {
    const items = expander.fields(value.elements).map(({ text }) => text);
    const isList = value.elements.every(({ text }) => !/^\[.*\]=/.test(text)) && isPlain;
    const all = [...(old === undefined ? [] : (old.items ?? [old.text])), ...items];
    put(shell, name, isList ? { text: all[0] ?? "", items: all } : { text: unknown(`\${${name}}`) });
    return;
  }
  const text = expander.text(value);
  if (index !== undefined) setItem(shell, node, text);
  else if (!isPlain) put(shell, name, { text: unknown(`\${${name}}`) });
  else if (old?.items !== undefined) {
    const [first = "", ...rest] = old.items;
    put(shell, name, { text: `${first}${text}`, items: [`${first}${text}`, ...rest] });
  } else put(shell, name, { text: `${old?.text ?? ""}${text}` });
  told(shell, name, text, node);
  if (effects.asked === undefined && expander.asked !== undefined) {
    const now = values.get(name);
    if (now !== undefined) values.set(name, { ...now, asked: expander.asked });
  }
}

function setItem(shell: Shell, { name, index, append }: Assignment, text: string): void {
  const { expander, values } = shell;
  const old = values.get(name);
  const items = [...(old?.items ?? (old === undefined ? [] : [old.text]))];
  const at = index === undefined ? Number.NaN : expander.indexOf(index);
  if (
    Number.isNaN(at) ||
    at < 0 ||
    at > 1000 ||
    append === true ||
    (old !== undefined && !isKnown(old.text))
  ) {
    values.set(name, { text: unknown(`\${${name}}`) });
    return;
  }
  items[at] = text;
  put(shell, name, { text: items[0] ?? "", items });
}

function put({ expander, values }: Shell, name: string, value: Value): void {
  values.set(name, expander.asked === undefined ? value : { ...value, asked: expander.asked });
}

/** Variables that a shell or fstests looks at itself. */
function told({ effects }: Shell, name: string, text: string, { pos: start, end }: Assignment): void {
  if (name === "IFS" && text !== " \t\n") effects.lose("what IFS changes", { start, end });
  if (!/^(?:TEST_FS_)?MOUNT_(?:OPTIONS|OPTS)$/.test(name)) return;
  const asked = askedOfMount([shown(text)]);
  if (asked === "dax") effects.beyond("dax", `${name}=${shown(text)}`, { start, end });
  else if (asked !== undefined) effects.lose(`what the mount option ${asked} does`, { start, end });
}
