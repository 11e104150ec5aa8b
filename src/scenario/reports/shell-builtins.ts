/** Commands that are part of bash, as far as they change what a script does next. */
import { quoted } from "../yaml/diagnostic.js";
import { expressionIn } from "./shell-arithmetic.js";
import { assign } from "./shell-assign.js";
import { type Redirected, useOf } from "./shell-commands.js";
import { type Call, type Flow, NO, type Shell } from "./shell-state.js";
import { testSays } from "./shell-tests.js";
import { isKnown, processesIn, shown, unknown } from "./shell-values.js";
import type { Word } from "./word-split.js";

type Builtin = (shell: Shell, args: readonly Word[], call: Call) => Flow | undefined;

/** Options of `set` that change nothing of what is done. */
const SET = /^[-+](?:[uxvhmbBCET]+|o|pipefail|\w*e\w*)$/;
/** What fstests begin with; all that it has is known here by name. */
const COMMON = /(?:^|\/)common\/\w+$|\/(?:tests\/)?common$/;

/** Whether input comes from the file. */
export const isAbout = ({ effects }: Shell, redirects: readonly Redirected[]): boolean =>
  useOf("", [], redirects, effects.file) === "reads";

const says = (shell: Shell, ok: boolean | undefined, { span, asked }: Call): void => {
  shell.status = ok === undefined || asked !== undefined ? { ok: undefined, asked: asked ?? span } : { ok };
};

/** `break 2` and `continue`: undefined where there is no loop. */
const leaves =
  (kind: "break" | "continue"): Builtin =>
  (shell, [first], call) => {
    const count = Number(first?.text ?? 1);
    if (shell.loops === 0) return undefined;
    if (Number.isInteger(count) && count > 0) return { kind, count: Math.min(count, shell.loops) };
    shell.effects.lose(`what ${quoted(`${kind} ${shown(first?.text ?? "")}`)} leaves`, call.span);
    return { kind, count: 1 };
  };

const ends =
  (kind: "return" | "exit"): Builtin =>
  (shell, [first], { span, last }) => {
    if (kind === "return" && !shell.values.isInFunction) {
      shell.status = NO;
      return undefined;
    }
    const code = Number(first?.text ?? Number.NaN);
    if (first === undefined) shell.status = last;
    else
      shell.status = Number.isNaN(code)
        ? { ok: undefined, asked: span }
        : { ok: (code & 255) === 0, code: code & 255 };
    return { kind, count: 0 };
  };

const declares =
  (isLocal: boolean): Builtin =>
  (shell, words, { node, span }) => {
    const flags = words.flatMap(({ text }) => /^[-+](\w+)$/.exec(text)?.[1] ?? []).join("");
    if (/[pfF]/.test(flags)) return undefined;
    const isPlain = !/[iAnlu]/.test(flags);
    if (flags.includes("n")) shell.effects.lose("what another name for a variable does", span);
    const { values } = shell;
    for (const one of node.args) {
      if (one.type === "Assignment") {
        if (isLocal && !flags.includes("g")) values.makeLocal(one.name);
        assign(shell, one, isPlain);
        continue;
      }
      for (const { text } of shell.expander.fields([one])) {
        const [, name, value] = /^([A-Za-z_]\w*)(?:=(.*))?$/s.exec(text) ?? [];
        if (name === undefined) continue;
        const isNew = isLocal && !flags.includes("g") && values.makeLocal(name);
        if (value !== undefined) values.set(name, { text: isPlain ? value : unknown(`\${${name}}`) });
        else if (isNew) values.set(name, { text: "" });
        else if (!isPlain) values.set(name, { text: unknown(`\${${name}}`) });
      }
    }
    return undefined;
  };

const shift: Builtin = (shell, [first], { span }) => {
  const { values } = shell;
  const count = Number(first?.text ?? 1);
  if (values.args === undefined || !Number.isInteger(count)) {
    if (values.args !== undefined) shell.effects.lose("what shift leaves", span);
    values.args = undefined;
  } else if (count > values.args.length) shell.status = NO;
  else values.args = values.args.slice(count);
  return undefined;
};

const set: Builtin = (shell, words, { span }) => {
  const { values, effects } = shell;
  const texts = words.map(({ text }) => shown(text));
  const at = texts.findIndex((text) => text === "--" || !/^[-+]/.test(text));
  const isName = texts[at - 1] === "-o" || texts[at - 1] === "+o";
  if (isName) {
    if (texts[at] === "errexit") values.exitsOnError = texts[at - 1] === "-o";
    else if (texts[at] !== "pipefail" && texts[at] !== "nounset" && texts[at] !== "xtrace")
      effects.lose(`what "set -o ${texts[at] ?? ""}" does`, span);
  } else if (at >= 0) values.args = words.slice(texts[at] === "--" ? at + 1 : at).map(({ text }) => text);
  for (const text of at < 0 ? texts : texts.slice(0, at)) {
    if (/^-\w*e/.test(text)) values.exitsOnError = true;
    else if (/^\+\w*e/.test(text)) values.exitsOnError = false;
    if (!SET.test(text)) effects.lose(`what "set ${text}" does`, span);
  }
  return undefined;
};

const read: Builtin = (shell, words, call) => {
  const { values } = shell;
  const names = words.map(({ text }) => text).filter((text) => !/^-[a-zA-Z]+$/.test(text));
  const isPlain = words.every(({ text }) => !text.startsWith("-") || /^-[rs]+$/.test(text));
  const own = call.input?.map(({ text }) => text);
  const lines = call.redirects.length > 0 || !isPlain ? undefined : (own ?? values.input?.lines);
  const prefix = call.node.prefix.find((one) => one.type === "Assignment" && one.name === "IFS");
  const isWhole = prefix?.type === "Assignment" && prefix.value.type === "Word" && prefix.value.value === "";
  if (
    lines === undefined ||
    (prefix !== undefined && !(isWhole && names.length === 1)) ||
    /\\/.test(lines[0] ?? "")
  ) {
    for (const name of names) values.set(name, { text: unknown(`\${${name}}`) });
    says(shell, undefined, call);
    return undefined;
  }
  const line = lines.shift();
  const fields = (line ?? "").trim().split(/\s+/);
  for (const [n, name] of names.entries()) {
    const isLast = n === names.length - 1;
    const rest = isLast ? restOf(line ?? "", n) : (fields[n] ?? "");
    values.set(name, { text: isWhole ? (line ?? "") : rest });
  }
  says(shell, line !== undefined, call);
  return undefined;
};

/** Behind so many fields. */
function restOf(line: string, fields: number): string {
  let rest = line.trim();
  for (let n = 0; n < fields; n++) rest = rest.replace(/^\S+\s*/, "");
  return rest;
}

const readAll: Builtin = (shell, words) => {
  const name = words.findLast(({ text }) => !text.startsWith("-"))?.text ?? "MAPFILE";
  shell.values.set(name, { text: unknown(`\${${name}}`) });
  return undefined;
};

const wait: Builtin = (shell, words, { span }) => {
  const { effects, runner } = shell;
  const names = words.filter(({ text }) => !text.startsWith("-"));
  if (names.length < words.length) effects.lose(`which of them ${quoted("wait -n")} waits for`, span);
  const some = names.flatMap(({ text }) => processesIn(text).flatMap((id) => shell.processes[id] ?? []));
  if (names.length > 0 && some.length === 0) effects.lose("whom a wait is for", span);
  const { race, program } = effects.session;
  if (!effects.isDry) race.wait(program, runner, some.length > 0 ? some : runner.children);
  return undefined;
};

const kill: Builtin = (shell, words, { span }) => {
  const { effects } = shell;
  if (words.some(({ text }) => /^-(?:0|l|L)$/.test(text))) return undefined;
  if (words.some(({ text }) => /^(?:-?\$\$|-?\$\{?(?:BASHPID|PPID)\}?|0)$/.test(shown(text))))
    effects.lose("what a signal does to the script", span);
  const some = words.flatMap(({ text }) => processesIn(text).flatMap((id) => shell.processes[id] ?? []));
  const isOpen =
    some.length === 0 || words.some(({ text }) => !isKnown(text) && processesIn(text).length === 0);
  if (effects.isDry || effects.session.race.runs(isOpen ? undefined : some))
    effects.lose("what a signal cuts short", span);
  return undefined;
};

const source: Builtin = (shell, [file], { span }) => {
  const name = shown(file?.text ?? "");
  if (!COMMON.test(name)) shell.effects.lose(`what ${quoted(name)} does`, span);
  return undefined;
};

const trap: Builtin = (shell, [action]) => {
  if (action !== undefined && !/^-|^$/.test(action.text)) shell.traps.push(shown(action.text));
  return undefined;
};

const unset: Builtin = ({ values }, words) => {
  const isFunction = words[0]?.text === "-f";
  for (const { text } of words) {
    if (isFunction) values.functions.delete(text);
    else if (/^\w+$/.test(text)) values.set(text, { text: "" });
    else values.set(text.replace(/\[.*$/s, ""), { text: unknown(`\${${text}}`) });
  }
  return undefined;
};

const calculate: Builtin = (shell, words, call) => {
  let value = Number.NaN;
  for (const { text } of words) {
    const expression = isKnown(text) ? expressionIn(text) : undefined;
    value = expression === undefined ? Number.NaN : shell.expander.compute(expression);
  }
  says(shell, Number.isNaN(value) ? undefined : value !== 0, call);
  return undefined;
};

/** With what it is given put in place of the shell, or only with other files. */
const replaces: Builtin = (shell, words, call) => {
  if (words.length === 0) return undefined;
  return shell.command(words, call) ?? { kind: "exit", count: 0 };
};

const test =
  (isBracket: boolean): Builtin =>
  (shell, words, call) => {
    const texts = words.map(({ text }) => text);
    const isClosed = texts.at(-1) === "]";
    says(shell, isBracket && !isClosed ? undefined : testSays(isBracket ? texts.slice(0, -1) : texts), call);
    return undefined;
  };

/** `printf -v NAME`. */
const print: Builtin = ({ values }, words) => {
  const name = words[0]?.text === "-v" ? words[1]?.text : undefined;
  if (name !== undefined) values.set(name, { text: unknown(`\${${name}}`) });
  return undefined;
};

const nothing: Builtin = () => undefined;

/** What is not worked out: whatever it would do is left out. */
const lost =
  (name: string): Builtin =>
  ({ effects }, _, { span }) => {
    effects.lose(`what ${quoted(name)} does`, span);
    return undefined;
  };

/** Options of the shell that change nothing that is read here, where globs are not. */
const SHOPT = /^(?:-[suq]+|nullglob|dotglob|globstar|extglob|expand_aliases|checkwinsize|histappend)$/;
/** Limits that no write to a file meets. */
const ULIMIT = /^(?:-[HS]?[acnslu]|-[HS]|unlimited|\d+)$/;

/** As `name`, but for words that change nothing. */
const lostUnless =
  (name: string, harmless: RegExp): Builtin =>
  (shell, words, call) => {
    const isPlain = /^-/.test(words[0]?.text ?? "") && words.every(({ text }) => harmless.test(text));
    return isPlain ? undefined : lost(name)(shell, words, call);
  };

export const BUILTINS: Readonly<Record<string, Builtin>> = {
  ":": nothing,
  true: nothing,
  false: (shell) => {
    shell.status = NO;
    return undefined;
  },
  break: leaves("break"),
  continue: leaves("continue"),
  return: ends("return"),
  exit: ends("exit"),
  local: declares(true),
  declare: declares(true),
  typeset: declares(true),
  export: declares(false),
  readonly: declares(false),
  unset,
  shift,
  set,
  read,
  mapfile: readAll,
  readarray: readAll,
  wait,
  kill,
  killall: kill,
  pkill: kill,
  _pkill: kill,
  source,
  ".": source,
  trap,
  let: calculate,
  exec: replaces,
  test: test(false),
  "[": test(true),
  printf: print,
  eval: lost("eval"),
  shopt: lostUnless("shopt", SHOPT),
  ulimit: lostUnless("ulimit", ULIMIT),
  alias: lost("alias"),
  getopts: lost("getopts"),
};
