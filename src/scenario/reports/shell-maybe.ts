/**
 * Where only a shell knows which way a script goes: every way is looked at, the first that does something to the file is
 * gone, and that is told. What differs between the ways is only perhaps so from there on.
 */
import type { Flow, Shell } from "./shell-state.js";
import type { Span } from "./told-program.js";

type Arm = () => Flow | undefined;

interface Came {
  readonly flow: Flow | undefined;
  /** Something was done, or left out. */
  readonly isDone: boolean;
}

/** `asked` only a shell knows; one of the arms runs. */
export function maybe(shell: Shell, asked: Span, arms: readonly Arm[]): Came {
  const { effects, values } = shell;
  const looks = arms.map((run) => {
    const [done, lost, removed] = [effects.done, effects.lost, effects.removed];
    const { flow, values: its, status } = shell.look(run);
    const came = {
      run,
      flow,
      values: its,
      isDone: effects.done > done,
      isLost: effects.lost > lost || effects.removed > removed,
      // A script that ends so was not run to its end by whoever tells of it.
      fails: /^(?:exit|return)$/.test(flow?.kind ?? "") && status.ok === false,
    };
    if (!effects.isDry) [effects.done, effects.lost, effects.removed] = [done, lost, removed];
    return came;
  });
  const some = looks.filter(({ fails }) => !fails);
  if (some.length < looks.length)
    effects.note("a script is taken not to end where it would end as a failure");
  const chosen =
    some.find(({ isDone }) => isDone) ??
    some.find(({ isLost }) => isLost) ??
    some.find(({ flow }) => flow === undefined);
  const isOpen = some.some(({ isDone, isLost, flow }) => isDone || isLost || flow !== undefined);
  if (isOpen) {
    effects.sayAsked(asked);
    effects.lost++;
  }
  if (chosen === undefined) return { flow: undefined, isDone: isOpen };
  const before = effects.asked;
  effects.asked ??= asked;
  const flow = chosen.run();
  effects.asked = before;
  for (const other of some) if (other !== chosen) values.doubt(other.values, asked);
  return { flow, isDone: chosen.isDone || chosen.isLost };
}
