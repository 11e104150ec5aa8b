/**
 * A shell script that calls xfs_io, run as far as that can be said without a shell: what goes on where. What a command
 * does is told in shell-simple.ts. A script is run twice, first only to see what file it is about.
 */
import type { CompoundList, Script, Statement, SyntaxNode } from "unbash";
import { quoted } from "../yaml/diagnostic.js";
import type { Redirected } from "./shell-commands.js";
import { useOf } from "./shell-commands.js";
import { asked, chosen, listed, matched, piped } from "./shell-compounds.js";
import { given, keep, readable } from "./shell-documents.js";
import { Effects } from "./shell-effects.js";
import { Expander } from "./shell-expand.js";
import { runLoop } from "./shell-loops.js";
import { printed } from "./shell-printed.js";
import { Process } from "./shell-race.js";
import { afterwards, simple } from "./shell-simple.js";
import { type Call, type Flow, type Outcome, type Shell, YES } from "./shell-state.js";
import { MOST_DEPTH, readList, type Syntax } from "./shell-syntax.js";
import { processSign, type ShellValues, shown } from "./shell-values.js";
import type { Word } from "./word-split.js";
import type { XfsIoSession } from "./xfs-io-session.js";

/** More lines than any report has: functions that call others many times make many of few. */
const MOST_LINES = 200_000;
const CLOSES: Partial<Record<SyntaxNode["type"], string>> = {
  Subshell: ")",
  BraceGroup: "}",
  If: "fi",
  Case: "esac",
};

type Node = Statement["command"];

export class ScriptRun implements Shell {
  readonly effects: Effects;
  readonly expander: Expander;
  values: ShellValues;
  runner: Process;
  status: Outcome = YES;
  loops = 0;
  isPrinting = false;
  processes: Process[] = [];
  traps: string[] = [];
  readonly #session: XfsIoSession;
  readonly #syntax: Syntax;
  #left = MOST_LINES;
  #depth = 0;
  /** Inside of what is asked whether it succeeds. */
  #tests = 0;

  constructor(session: XfsIoSession, syntax: Syntax) {
    this.#session = session;
    this.#syntax = syntax;
    this.effects = new Effects(session);
    this.values = session.values;
    this.runner = session.race.main;
    this.expander = new Expander(this.values, {
      substitute: (script, isProcess) => this.#inside(script, isProcess),
    });
    this.expander.status = () => {
      const { ok, code } = this.status;
      return ok === undefined ? undefined : String(code ?? (ok ? 0 : 1));
    };
  }

  /** Runs the script. */
  start(): void {
    const { script, errors } = this.#syntax;
    this.effects.dry(() => this.inSubshell(this.runner, () => this.run(script.commands)));
    this.effects.done = 0;
    this.effects.lost = 0;
    [this.status, this.processes, this.traps] = [YES, [], []];
    if (!this.isCut) this.#left = MOST_LINES;
    for (const start of errors) this.effects.lose("what bash cannot read", { start, end: start + 1 });
    this.run(script.commands);
    for (const trap of this.traps) this.#trap(trap);
    this.#session.race.finish(this.#session.program);
    const { tooMany } = this.expander;
    if (tooMany !== undefined)
      this.#session.program.fail(tooMany, "expected braces that make at most 16384 words of one");
    else if (this.isCut) {
      const message = `expected a script that runs at most ${MOST_LINES} lines, at most ${MOST_DEPTH} deep`;
      this.#session.program.fail({ start: 0, end: 1 }, message);
    }
  }

  get isCut(): boolean {
    return this.#left < 0 || this.#syntax.isDeep || this.expander.tooMany !== undefined;
  }

  /** As it is written. */
  source({ pos, end }: { readonly pos: number; readonly end: number }): string {
    return this.#session.program.report.text.slice(pos, end);
  }

  /** What is to run at the end matters where it does more than take the file away. */
  #trap(text: string): void {
    const { done, lost } = this.effects;
    this.effects.isEnding = true;
    this.effects.dry(() => this.inSubshell(this.runner, () => this.run(readList(text))));
    if (this.effects.done > done || this.effects.lost > lost)
      this.effects.lose(`what is trapped, ${quoted(text)}`);
  }

  run(statements: readonly Statement[]): Flow | undefined {
    if (++this.#depth > MOST_DEPTH) this.#left = -1;
    let flow: Flow | undefined;
    for (const statement of statements) {
      if (this.isCut || this.#session.program.report.full) break;
      this.#left--;
      flow = statement.background === true ? this.#behind(statement.command) : this.#statement(statement);
      if (flow !== undefined) break;
    }
    this.#depth--;
    return flow;
  }

  /** Runs something whose variables and ends are its own. */
  inSubshell(runner: Process, run: () => Flow | undefined): void {
    const { values, runner: before } = this;
    const copy = values.clone();
    copy.input = values.input;
    this.#become(copy, runner);
    run();
    this.#become(values, before);
  }

  #become(values: ShellValues, runner: Process): void {
    this.values = values;
    this.expander.values = values;
    this.runner = runner;
  }

  /** What running something would come to, with all as it was before it. */
  look(run: () => Flow | undefined): {
    readonly flow: Flow | undefined;
    readonly values: ShellValues;
    readonly status: Outcome;
  } {
    const { values, runner, status, traps } = this;
    const copy = values.clone();
    this.traps = [...traps];
    this.#become(copy, runner);
    const flow = this.effects.dry(run);
    this.#become(values, runner);
    const came = { flow, values: copy, status: this.status };
    this.status = status;
    this.traps = traps;
    return came;
  }

  ask(run: () => Flow | undefined): Flow | undefined {
    this.#tests++;
    const flow = run();
    this.#tests--;
    return flow;
  }

  inLoop(run: () => Flow | undefined): Flow | undefined {
    this.loops++;
    const flow = run();
    this.loops--;
    return flow;
  }

  #statement({ command, pos: start, end }: Statement): Flow | undefined {
    const flow = this.node(command);
    const isPlain = /^(?:Command|TestCommand|ArithmeticCommand)$/.test(command.type);
    if (
      isPlain &&
      this.values.exitsOnError &&
      this.#tests === 0 &&
      this.status.ok === false &&
      flow === undefined
    )
      this.effects.lose("where set -e ends the script", { start, end });
    return flow;
  }

  #behind(command: Node): undefined {
    const runner = new Process(this.runner, true);
    this.processes.push(runner);
    this.inSubshell(runner, () => this.node(command));
    this.values.set("!", { text: processSign(this.processes.length - 1) });
    this.status = YES;
  }

  node(node: Node | CompoundList): Flow | undefined {
    switch (node.type) {
      case "Command":
        return this.isCut ? undefined : simple(this, node);
      case "AndOr":
        return listed(this, node);
      case "Pipeline":
        return piped(this, node);
      case "BraceGroup":
        return this.run(node.body.commands);
      case "Subshell":
        this.inSubshell(new Process(this.runner), () => this.run(node.body.commands));
        return undefined;
      case "CompoundList":
        return this.run(node.commands);
      case "If":
        return chosen(this, [node, ...node.elif], node.else);
      case "Case":
        return matched(this, node, 0);
      case "For":
      case "While":
      case "ArithmeticFor":
        return runLoop(this, node);
      case "Function":
        this.values.functions.set(node.name.value, node);
        this.status = YES;
        return undefined;
      case "Redirected":
        return this.#redirected(node.command, node.redirects);
      case "TestCommand":
      case "ArithmeticCommand":
        asked(this, node);
        return undefined;
      default:
        this.effects.lose(`what ${quoted(node.type.toLowerCase())} does`, { start: node.pos, end: node.end });
        return undefined;
    }
  }

  /** The last command says so; what it says by a value that is only perhaps so is not known. */
  says(ok: boolean | undefined, { pos: start, end }: { readonly pos: number; readonly end: number }): void {
    const asked = this.expander.asked ?? (ok === undefined ? { start, end } : undefined);
    this.status = asked === undefined ? { ok } : { ok: undefined, asked };
  }

  command(words: readonly Word[], call: Call): Flow | undefined {
    return afterwards(this, words, call);
  }

  call(name: string, args: readonly string[], before: () => void): Flow | undefined {
    const called = this.values.functions.get(name);
    if (called === undefined || this.#left-- < 0) return undefined;
    const { loops } = this;
    this.loops = 0;
    this.status = YES;
    const flow = this.values.within(args, () => {
      before();
      return this.node(called.body);
    });
    this.loops = loops;
    return flow?.kind === "exit" ? flow : undefined;
  }

  reading(input: readonly Word[] | undefined, run: () => Flow | undefined): Flow | undefined {
    if (input === undefined) return run();
    const values: ShellValues = this.values;
    const before = values.input;
    const lines = readable(input);
    values.input = lines === undefined ? undefined : { lines };
    const flow = run();
    values.input = before;
    return flow;
  }

  #redirected(
    command: Extract<Node, { type: "Redirected" }>["command"],
    redirects: Extract<Node, { type: "Redirected" }>["redirects"],
  ): Flow | undefined {
    const name = CLOSES[command.type] ?? "done";
    const targets = this.targets(redirects);
    const flow = this.reading(given(redirects, this.expander), () => {
      const { input } = this.values;
      if (targets.some(({ sign }) => sign === "<")) this.values.input = undefined;
      const inner = this.node(command);
      this.values.input = input;
      return inner;
    });
    keep(this.values, name, [], targets, undefined);
    const use = useOf(name, [], targets, this.effects.file);
    if (use === "writes") this.effects.lose(`what ${quoted(name)} writes`);
    else if (use === "reads") this.effects.readAll(this.runner);
    return flow;
  }

  targets(redirects: Extract<Node, { type: "Redirected" }>["redirects"]): Redirected[] {
    return redirects.flatMap((one) => {
      if (one.type !== "Redirect" || one.target === undefined) return [];
      const target = shown(this.expander.text(one.target));
      return /&$/.test(one.operator) && /^(?:\d+|-)$/.test(target) ? [] : [{ sign: one.operator, target }];
    });
  }

  /** What runs in a word, and whether it goes on beside what follows. */
  #inside(script: Script, isProcess: boolean): string | undefined {
    const { effects, processes } = this;
    const [done, began, { beside }] = [effects.done, processes.length, this.expander];
    const text = this.#printed(script);
    this.expander.beside = beside;
    if (effects.done === done) return text;
    if (isProcess) this.expander.beside++;
    else if (processes.length > began)
      effects.lose("what goes on in the background of $(...)", { start: script.pos, end: script.end });
    return text;
  }

  #printed(script: Script): string | undefined {
    const { isPrinting, expander, status } = this;
    const { asked, missed } = expander;
    let text: string | undefined;
    this.isPrinting = true;
    // What is put in words counts once: each begins anew.
    this.inSubshell(new Process(this.runner), () => {
      text = printed(this, script);
      return undefined;
    });
    if (text === undefined) this.inSubshell(new Process(this.runner), () => this.run(script.commands));
    this.isPrinting = isPrinting;
    expander.asked = asked ?? expander.asked;
    expander.missed = missed ?? expander.missed;
    if (text !== undefined) this.status = status;
    return text;
  }
}
