/** How often the loops of a shell script go round, with what value, where numbers and words decide. */
import type { ArithmeticFor, For, While } from "unbash";
import { answer } from "./shell-compounds.js";
import { maybe } from "./shell-maybe.js";
import { type Flow, mayRun, type Shell, YES } from "./shell-state.js";
import { isKnown, shown, unknown } from "./shell-values.js";
import type { Span } from "./told-program.js";

/** A loop of more is there to try the same again and again. */
const MOST_TURNS = 64;
/** Turns that begin something in the background; more of the same are more states, not more races. */
const MOST_RACERS = 4;

type Loop = For | While | ArithmeticFor;
type Turn = () => Flow | undefined;

export function runLoop(shell: Shell, node: Loop): Flow | undefined {
  const turns = new Turns(shell, node);
  shell.status = YES;
  if (node.type === "For") return turns.over(node);
  if (node.type === "While") return turns.asLongAs(node);
  return turns.counting(node);
}

class Turns {
  readonly #shell: Shell;
  readonly #span: Span;
  readonly #body: Turn;
  readonly #began: number;
  #count = 0;

  constructor(shell: Shell, node: Loop) {
    this.#shell = shell;
    this.#span = { start: node.pos, end: node.end };
    this.#body = () => shell.inLoop(() => shell.run(node.body.commands));
    this.#began = shell.processes.length;
  }

  over({ name, wordlist }: For): Flow | undefined {
    const { expander, values, effects } = this.#shell;
    expander.asked = undefined;
    const words =
      wordlist === undefined ? expander.itemsOf("@") : expander.fields(wordlist).map(({ text }) => text);
    const isGlob = wordlist?.some(({ parts }) => parts?.some(({ type }) => /Glob$/.test(type)));
    const { asked } = expander;
    if (
      words === undefined ||
      isGlob === true ||
      words.some((word) => !isKnown(word) && (!word.includes("/") || /\$\(|`/.test(shown(word))))
    ) {
      values.set(name.value, { text: unknown(`\${${name.value}}`) });
      return this.#perhaps(asked ?? this.#span);
    }
    const isLong = words.length > MOST_TURNS;
    const before = effects.asked;
    effects.asked ??= asked;
    let flow: Flow | undefined;
    for (const text of isLong ? words.slice(0, 1) : words) {
      this.#shell.values.set(name.value, { text, asked });
      const turn = this.#turn();
      flow = turn.flow;
      if (turn.isLast) break;
    }
    effects.asked = before;
    if (isLong) this.#again();
    return flow;
  }

  asLongAs({ kind, clause }: While): Flow | undefined {
    const shell = this.#shell;
    const isEndless = /^(?:true|:|1)$/.test(clause.commands.length === 1 ? shell.source(clause) : "");
    const test = (): {
      readonly flow: Flow | undefined;
      readonly asked: Span | undefined;
      readonly goesOn: boolean;
    } => {
      const flow = shell.ask(() => shell.inLoop(() => shell.run(clause.commands)));
      const { ok, asked } = answer(shell, clause);
      return { flow, asked, goesOn: ok === (kind === "while") };
    };
    if (isEndless && !this.#ends()) {
      const { flow } = this.#turn();
      this.#again();
      return flow;
    }
    return this.#while(test, () => undefined);
  }

  counting({ initialize, test, update }: ArithmeticFor): Flow | undefined {
    const { expander } = this.#shell;
    if (initialize !== undefined) expander.compute(initialize);
    return this.#while(
      () => {
        expander.asked = undefined;
        const value = test === undefined ? 1 : expander.compute(test);
        const asked = expander.asked ?? (Number.isNaN(value) ? this.#span : undefined);
        return { flow: undefined, asked, goesOn: value !== 0 };
      },
      () => {
        if (update !== undefined) expander.compute(update);
      },
    );
  }

  #while(
    test: () => {
      readonly flow: Flow | undefined;
      readonly asked: Span | undefined;
      readonly goesOn: boolean;
    },
    after: () => void,
  ): Flow | undefined {
    for (let n = 0; n < MOST_TURNS && !this.#shell.isCut; n++) {
      const { flow, asked, goesOn } = test();
      if (flow !== undefined) return leaving(flow);
      if (asked !== undefined) {
        if (mayRun(this.#shell)) this.#shell.effects.lose("whom a loop may wait for", asked);
        return this.#perhaps(asked);
      }
      if (!goesOn) {
        this.#shell.status = YES;
        return undefined;
      }
      const turn = this.#turn();
      if (turn.isLast) return turn.flow;
      after();
    }
    this.#again();
    return undefined;
  }

  /** Whether a loop without end leaves by itself. */
  #ends(): boolean {
    let isLeft = false;
    this.#shell.look(() => {
      for (let n = 0; n < MOST_TURNS && !isLeft && !this.#shell.isCut; n++) {
        const flow = this.#body();
        isLeft = flow !== undefined && (flow.kind !== "continue" || flow.count > 1);
      }
      return undefined;
    });
    return isLeft;
  }

  /** Only a shell knows whether it goes round: once. */
  #perhaps(asked: Span): Flow | undefined {
    let flow: Flow | undefined;
    const { isDone } = maybe(this.#shell, asked, [
      () => {
        flow = this.#body();
        return /^(?:break|continue)$/.test(flow?.kind ?? "") ? undefined : flow;
      },
      () => undefined,
    ]);
    if (isDone) this.#again();
    return flow === undefined || /^(?:return|exit)$/.test(flow.kind) ? undefined : leaving(flow);
  }

  #turn(): { readonly flow: Flow | undefined; readonly isLast: boolean } {
    const { session } = this.#shell.effects;
    const isMore = this.#shell.processes.length > this.#began;
    if (this.#count++ > 0 && (session.race.isOver || (isMore && this.#count > MOST_RACERS))) {
      this.#again();
      return { flow: undefined, isLast: true };
    }
    const flow = this.#body();
    const isLast = flow !== undefined && (flow.kind !== "continue" || flow.count > 1);
    return { flow: flow && leaving(flow), isLast };
  }

  #again(): void {
    this.#shell.effects.lose("what a loop does again", this.#span);
  }
}

/** What is left of it outside of a loop. */
function leaving(flow: Flow): Flow | undefined {
  if (flow.kind === "return" || flow.kind === "exit") return flow;
  return flow.count > 1 ? { ...flow, count: flow.count - 1 } : undefined;
}
