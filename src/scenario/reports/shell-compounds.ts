/** What a shell script chooses: `&&` and `||`, pipelines, `if` and `case`. */
import type { AndOr, Case, CompoundList, Pipeline, Statement } from "unbash";
import { expressionIn } from "./shell-arithmetic.js";
import { maybe } from "./shell-maybe.js";
import { matches } from "./shell-patterns.js";
import { Process } from "./shell-race.js";
import { type Flow, NO, type Outcome, type Shell, YES } from "./shell-state.js";
import { expressionSays } from "./shell-tests.js";
import { isKnown } from "./shell-values.js";

/** `[[ ]]` and `(( ))`. */
export function asked(
  shell: Shell,
  node: Extract<Statement["command"], { type: "TestCommand" | "ArithmeticCommand" }>,
): void {
  shell.expander.asked = undefined;
  let ok: boolean | undefined;
  if (node.type === "TestCommand")
    ok = expressionSays(node.expression, {
      text: (word) => shell.expander.text(word),
      pattern: (word) => shell.expander.pattern(word),
      number: (text) => {
        const expression = expressionIn(text);
        return expression === undefined ? Number.NaN : shell.expander.compute(expression);
      },
    });
  else {
    const value = shell.expander.compute(node.expression);
    ok = Number.isNaN(value) ? undefined : value !== 0;
  }
  shell.says(ok, node);
}

/** One after the other, as far as `&&` and `||` let them. */
export function listed(shell: Shell, { commands, operators }: AndOr): Flow | undefined {
  for (const [n, command] of commands.entries()) {
    const isLast = n === commands.length - 1;
    const run = (): Flow | undefined => (isLast ? shell.node(command) : shell.ask(() => shell.node(command)));
    const { ok, asked, mayFail } = shell.status;
    let flow: Flow | undefined;
    if (n > 0 && mayFail === true && isOpen(shell, operators[n - 1] === "&&", run)) {
      const { pos: start, end } = commands[n - 1] ?? command;
      flow = maybe(shell, { start, end }, [run, () => undefined]).flow;
    } else if (n > 0 && ok === undefined && asked !== undefined) {
      const before = shell.status;
      const came = maybe(shell, asked, [run, () => undefined]);
      // What nothing was done for is asked of the next.
      if (!came.isDone) shell.status = before;
      flow = came.flow;
    } else if (n === 0 || ok === (operators[n - 1] === "&&")) flow = run();
    if (flow !== undefined) return flow;
  }
  return undefined;
}

/** Whether what hangs on a command that only mostly succeeds may make a difference: a failure told is none. */
function isOpen(shell: Shell, ifSo: boolean, run: () => Flow | undefined): boolean {
  const { effects } = shell;
  const [done, lost] = [effects.done, effects.lost];
  const { flow, status } = shell.look(run);
  const isDone = effects.done > done || effects.lost > lost;
  if (!effects.isDry) [effects.done, effects.lost] = [done, lost];
  const isFailure = /^(?:exit|return)$/.test(flow?.kind ?? "") && status.ok === false;
  return (flow !== undefined && !isFailure) || (isDone && !ifSo && !isFailure);
}

/** `a | b`, each in a shell of its own, and `! a`. */
export function piped(shell: Shell, { commands, prefixes, pos: start, end }: Pipeline): Flow | undefined {
  const isNegated = prefixes.filter(({ type }) => type === "Negation").length % 2 === 1;
  const [only] = commands;
  let flow: Flow | undefined;
  if (commands.length === 1 && only !== undefined)
    flow = isNegated ? shell.ask(() => shell.node(only)) : shell.node(only);
  else {
    let busy = 0;
    for (const [n, command] of commands.entries()) {
      const { done } = shell.effects;
      shell.inSubshell(new Process(shell.runner), () => {
        if (n > 0) shell.values.input = undefined;
        return shell.node(command);
      });
      if (shell.effects.done > done) busy++;
    }
    if (busy > 1) shell.effects.lose("that commands of a pipeline run side by side", { start, end });
  }
  const { ok, asked } = isNegated ? answer(shell, { pos: start, end }) : shell.status;
  if (isNegated) shell.status = ok === undefined ? { ok, asked } : ok ? NO : YES;
  return flow;
}

/** What was asked came to; whether something succeeds that only mostly does is not known. */
export function answer(
  { status }: Shell,
  { pos: start, end }: { readonly pos: number; readonly end: number },
): Outcome {
  return status.isTaken === true ? { ok: undefined, asked: { start, end } } : status;
}

/** `if`, with its tests in turn. */
export function chosen(
  shell: Shell,
  [first, ...rest]: readonly { readonly clause: CompoundList; readonly then: CompoundList }[],
  otherwise: CompoundList | undefined,
): Flow | undefined {
  if (first === undefined) {
    shell.status = YES;
    return otherwise === undefined ? undefined : shell.run(otherwise.commands);
  }
  const flow = shell.ask(() => shell.run(first.clause.commands));
  if (flow !== undefined) return flow;
  const { ok, asked } = answer(shell, first.clause);
  const then = (): Flow | undefined => shell.run(first.then.commands);
  const other = (): Flow | undefined => chosen(shell, rest, otherwise);
  if (ok !== undefined || asked === undefined) return ok === false ? other() : then();
  return maybe(shell, asked, [then, other]).flow;
}

/** `case`, from one of its patterns on. */
export function matched(shell: Shell, node: Case, from: number): Flow | undefined {
  shell.expander.asked = undefined;
  const subject = shell.expander.text(node.word);
  shell.status = YES;
  const arms: (() => Flow | undefined)[] = [];
  let isSure = false;
  for (let i = from; i < node.items.length && !isSure; i++) {
    const said = node.items[i]?.pattern.map((word) => {
      const pattern = shell.expander.pattern(word);
      if (pattern === "*") return true;
      return pattern === undefined || !isKnown(subject) ? undefined : matches(subject, pattern);
    });
    isSure = said?.includes(true) === true;
    if (isSure || said?.includes(undefined) === true) arms.push(() => arm(shell, node, i));
  }
  const { asked } = shell.expander;
  if (!isSure) arms.push(() => undefined);
  const [first] = arms;
  if (arms.length === 1 && asked === undefined) return first?.();
  const span = { start: node.word.pos, end: node.word.end };
  return maybe(shell, asked ?? span, asked === undefined ? arms : [...arms, () => undefined]).flow;
}

function arm(shell: Shell, node: Case, at: number): Flow | undefined {
  const item = node.items[at];
  const flow = item && shell.run(item.body.commands);
  if (flow !== undefined || item?.terminator === undefined || item.terminator === ";;") return flow;
  if (item.terminator === ";;&") return matched(shell, node, at + 1);
  return at + 1 < node.items.length ? arm(shell, node, at + 1) : undefined;
}
