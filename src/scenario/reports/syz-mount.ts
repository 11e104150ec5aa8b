/** What a program of syzkaller asks of the mount of its image. */
import { askedOfMount } from "./shell-commands.js";
import { number } from "./syz-arguments.js";

/** `{@logbsize={'logbsize', 0x3d, 0x8000}}`; of most the name is all. */
const OPTION = /\{@(\w+)(?:=\{'[^']*', 0x3d, ([^{}]*)\})?/g;
/** MS_RDONLY and MS_SYNCHRONOUS. */
const FLAGS: readonly (readonly [bit: number, option: string])[] = [
  [1, "ro"],
  [16, "sync"],
];

/** What a mount asks for that the model does not have: `dax`, another option, or nothing. */
export function askedOfImage(args: readonly string[]): string | undefined {
  const given = [...args.join(", ").matchAll(OPTION)].map(([, name = "", value]) =>
    value === undefined ? name.replace(/^dax_/, "dax=") : `${name}=${value}`,
  );
  // Older ones have the image, in segments, before the flags.
  const flags = number(args[(args[4] ?? "").includes("=[") ? 5 : 2]);
  const flagged = FLAGS.flatMap(([bit, option]) => ((flags & bit) === 0 ? [] : [option]));
  return askedOfMount([`-o${[...given, ...flagged].join(",")}`]);
}
