/** Simple commands of a shell script: words and variables, then a function, a builtin, or what it does to the file. */
import type { Assignment, Command } from "unbash";
import { beyondModel } from "../beyond-model.js";
import { quoted } from "../yaml/diagnostic.js";
import { assign } from "./shell-assign.js";
import { BUILTINS, isAbout } from "./shell-builtins.js";
import {
  askedOfMount,
  endsScript,
  isAsked,
  isHarmless,
  isMount,
  isName,
  isReader,
  mayFail,
  nameOf,
  useOf,
  wordsBefore,
} from "./shell-commands.js";
import { given, keep, told, trimmed } from "./shell-documents.js";
import { placeOf, SYNCS, UNMOUNTS } from "./shell-places.js";
import { type Call, type Flow, LIKELY, mayRun, NO, type Shell, TAKEN, YES } from "./shell-state.js";
import { isTool } from "./shell-tools.js";
import { isKnown, shown } from "./shell-values.js";
import type { Word } from "./word-split.js";
import { callOf } from "./xfs-io-call.js";

const PROGRAM = /(?:^|[/"'{$(`])(?:xfs_io|XFS_IO_PROG)\}?$/;
/** Arguments of a function; one that calls itself with twice as many would have any number. */
const MOST_GIVEN = 100;

export function simple(shell: Shell, node: Command): Flow | undefined {
  const { expander, effects } = shell;
  expander.asked = undefined;
  expander.missed = undefined;
  expander.beside = 0;
  const last = shell.status;
  const written = [...(node.name === undefined ? [] : [node.name]), ...node.args];
  const words = written.flatMap((one) =>
    one.type === "Word" ? expander.fields([one]) : [asWord(shell, one)],
  );
  const redirects = shell.targets(node.redirects);
  const input = given(node.redirects, expander);
  const before = effects.asked;
  shell.status = YES;
  const call: Call = {
    last,
    node,
    span: { start: node.pos, end: node.end },
    redirects,
    input,
    asked: before ?? expander.asked,
  };
  if (expander.missed !== undefined) effects.lose("what a shell makes of words", expander.missed);
  effects.asked = call.asked;
  const { beside } = expander;
  const { done } = effects;
  const flow = words.length === 0 ? alone(shell, call) : run(shell, words, call);
  const isReading = beside === 1 && isReader(nameOf(shown(words[0]?.text ?? ""))) && effects.done === done;
  if (beside > 0 && !isReading) effects.lose("that commands in <(...) run side by side", call.span);
  effects.asked = before;
  return flow;
}

/** `a=1` behind a command: for one that assigns, shell-builtins.ts has it. */
function asWord(shell: Shell, { pos: start, end, name, append, value, text }: Assignment): Word {
  if (value.type === "ArrayValue") return { text, start, end };
  const isDeclared = shell.expander.text(value);
  return { text: `${name}${append === true ? "+" : ""}=${isDeclared}`, start, end };
}

/** No command: assignments, and what redirections alone do. */
function alone(shell: Shell, call: Call): undefined {
  for (const one of call.node.prefix) if (one.type === "Assignment") assign(shell, one);
  written(shell, "", call);
}

/** Output of a command that prints nothing: the file is empty. What others write is not known. */
function written(shell: Shell, name: string, { redirects }: Call): boolean {
  const { effects, runner } = shell;
  const use = useOf(name, [], redirects, effects.file);
  if (use !== "writes") return false;
  const isSilent = /^(?:|:|true)$/.test(name) && redirects.every(({ sign }) => /^>\|?$/.test(sign));
  if (isSilent) effects.empty(runner);
  else effects.lose(`what ${quoted(name)} writes`);
  return true;
}

function run(shell: Shell, words: readonly Word[], call: Call): Flow | undefined {
  const { values, expander } = shell;
  const [first] = words;
  const name = first?.text ?? "";
  const prefix = call.node.prefix.filter((one) => one.type === "Assignment");
  if (!values.functions.has(name)) {
    for (const { value } of prefix) if (value.type === "Word") expander.text(value);
    return shell.command(words, call);
  }
  const args = words.slice(1, MOST_GIVEN).map(({ text }) => text);
  const before = (): void => {
    for (const one of prefix) {
      values.makeLocal(one.name);
      assign(shell, one);
    }
  };
  const flow = shell.reading(call.input, () => shell.call(name, args, before));
  if (!written(shell, name, call) && isAbout(shell, call.redirects)) shell.effects.readAll(shell.runner);
  keep(values, name, [], call.redirects, undefined);
  return flow;
}

/** A command that is no function; its name may stand behind what says how it runs. */
export function afterwards(shell: Shell, all: readonly Word[], call: Call): Flow | undefined {
  const texts = all.map(({ text }) => shown(text));
  const words = all.slice(wordsBefore(texts));
  const args = words.slice(1);
  const name = nameOf(shown(words[0]?.text ?? ""));
  const builtin = Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined;
  if (builtin !== undefined) {
    const flow = builtin(shell, args, call);
    written(shell, name, call);
    return flow;
  }
  if (endsScript(name)) {
    shell.status = NO;
    return { kind: "exit", count: 0 };
  }
  shell.status = isAsked(
    name,
    args.map(({ text }) => shown(text)),
  )
    ? { ok: undefined, asked: call.span }
    : mayFail(name)
      ? LIKELY
      : isHarmless(name)
        ? YES
        : TAKEN;
  const at = words.findIndex(({ text }) => PROGRAM.test(shown(text)));
  if (at === 0 || (at > 0 && !isHarmless(name))) {
    xfsIo(shell, words.slice(at + 1), call);
    if (at > 0) shell.effects.lose(`what ${quoted(name)} does`, call.span);
    written(shell, name, call);
  } else other(shell, name, args, call);
  return undefined;
}

function xfsIo(shell: Shell, words: readonly Word[], { input, redirects }: Call): void {
  const isTold = input !== undefined || callOf(words).commands.length > 0;
  const lines = isTold ? input : told(shell.values, redirects);
  shell.effects.xfsIo(shell.runner, words, typeof lines === "string" ? lines : lines && trimmed(lines));
}

function other(shell: Shell, name: string, words: readonly Word[], call: Call): void {
  const { effects, runner, values } = shell;
  const { redirects, span, input } = call;
  const args = words.map(({ text }) => shown(text));
  keep(values, name, args, redirects, input);
  if (name === "cat" && values.input !== undefined && args.length === 0) values.input.lines.length = 0;
  const use = useOf(name, args, redirects, effects.file);
  if (name === "tail" && args.some((arg) => /^(?:--pid|--follow|-\w*[fF])/.test(arg)) && mayRun(shell))
    effects.lose(`whom ${quoted("tail")} waits for`, span);
  const place = placeOf(name, args, effects.file);
  if (SYNCS.test(name) || UNMOUNTS.test(name)) {
    if (place === "unknown" && !effects.isEnding) effects.lose(`what ${quoted(name)} is about`, span);
    if (place === "other" || (place === "unknown" && !UNMOUNTS.test(name))) return;
  }
  if (SYNCS.test(name)) effects.sync(runner);
  else if (name === "rm") {
    if (use !== "nothing" || args.some((arg) => isFolder(arg, effects.file))) effects.remove();
  } else if (isTool(name)) effects.tool(runner, name, args, span);
  else if (isMount(name) && asksForMore(shell, name, args, call)) return;
  else if (UNMOUNTS.test(name)) effects.dropAll(runner, true);
  else if (
    [...args, ...redirects.map(({ target }) => target)].some((word) => /drop_caches(?:=\d)?$/.test(word))
  )
    effects.dropAll(runner, false);
  else if (use === "writes") effects.lose(`what ${quoted(name)} writes`);
  else if (/^(?:_scratch_)?mkfs/.test(name) && /extszinherit|rtinherit|cowextsize/.test(args.join(" ")))
    effects.lose(`what ${quoted(name)} does`, span);
  else if (isHarmless(name)) {
    if (use === "reads") effects.readAll(runner);
    else if (use !== "nothing") effects.lose(`what ${quoted(name)} does`, span);
  } else unread(shell, name, args, call);
}

const isFolder = (word: string, file: string): boolean =>
  word !== "" && file.startsWith(`${word.replace(/\/$/, "")}/`);

/** A mount that is unlike what the model has. */
function asksForMore(shell: Shell, name: string, args: readonly string[], { span }: Call): boolean {
  const asked = askedOfMount(args);
  if (asked === "dax") shell.effects.beyond("dax", `${name} -o dax`, span);
  else if (asked !== undefined) shell.effects.lose(`what ${quoted(`${name} ${asked}`)} does`, span);
  return asked !== undefined;
}

/** What this knows nothing of. In `$(...)` it is only asked for what it is given the name of. */
function unread(shell: Shell, name: string, args: readonly string[], call: Call): void {
  const { effects } = shell;
  const { file } = effects;
  if (/^(?:timeout|xargs)$/.test(name)) {
    const inner = args[args.findIndex((arg) => /^[\d.]+[smhd]?$/.test(arg)) + 1] ?? "";
    const isIdle = name === "timeout" && isHarmless(nameOf(inner));
    if (isIdle && useOf(nameOf(inner), args, call.redirects, file) === "nothing") return;
    effects.lose(`what ${quoted(name)} does`, call.span);
    return;
  }
  const isIts = args.some((arg) => isName(arg, file) || isFolder(arg, file));
  if (shell.isPrinting && !isIts) return;
  const beyond = isKnown(name) ? beyondModel(name) : undefined;
  if (beyond === undefined) effects.lose(`${quoted(name)}, which is not read`);
  else effects.beyond(beyond.name, name, call.span);
}
