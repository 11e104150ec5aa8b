/**
 * Signals: the first SIGINT, SIGTERM or SIGHUP asks the command to stop with what it has; a second one ends the
 * process, unless the command has said that it hears that too; a third one does in any case.
 */
import { EXIT } from "../exit.js";

/** Exit status by signal. 129, what a shell makes of a hangup, already means wrong usage. */
const STATUS = { SIGINT: EXIT.SIGINT, SIGTERM: EXIT.SIGTERM, SIGHUP: EXIT.SIGTERM } as const;
type SignalName = keyof typeof STATUS;

export class Interrupt {
  #signal: SignalName | undefined;
  #count = 0;
  #most = 1;
  #tell = (): void => {};
  readonly #waiting = new Set<() => void>();

  constructor() {
    for (const name of Object.keys(STATUS) as SignalName[]) {
      process.on(name, () => {
        this.#signal ??= name;
        if (++this.#count > this.#most) process.exit(STATUS[name]);
        if (this.#count === 1) this.#tell();
        for (const wake of this.#waiting) wake();
      });
    }
  }
  /** The command hears a second signal itself, by `isHurried`; `tell` says at the first what that one skips. */
  hearSecond(tell: () => void): void {
    this.#most = 2;
    this.#tell = tell;
  }
  get signal(): SignalName | undefined {
    return this.#signal;
  }
  /** A second signal has come. */
  get isHurried(): boolean {
    return this.#count > 1;
  }
  /** The promise's value, or undefined once a signal has come first. */
  async race<T>(promise: Promise<T>): Promise<T | undefined> {
    // Nobody hears of a failure after the signal.
    promise.catch(() => {});
    if (this.#signal !== undefined) return undefined;
    let wake = (): void => {};
    const stopped = new Promise<undefined>((resolve) => {
      wake = () => resolve(undefined);
      this.#waiting.add(wake);
    });
    try {
      return await Promise.race([promise, stopped]);
    } finally {
      this.#waiting.delete(wake);
    }
  }
  /** The values as they come, until a signal comes first. */
  async *until<T>(values: AsyncIterator<T, unknown>): AsyncGenerator<T> {
    while (true) {
      const next = await this.race(values.next());
      if (next === undefined || next.done === true) return;
      yield next.value;
    }
  }
  /** The exit status after a signal, else the given one. */
  status(code: number): number {
    return this.#signal === undefined ? code : STATUS[this.#signal];
  }
}
