/**
 * Signals: the first SIGINT or SIGTERM asks the command to stop with what it has; a second one ends the process.
 */
import { EXIT } from "../exit.js";

export class Interrupt {
  #signal: "SIGINT" | "SIGTERM" | undefined;
  readonly #waiting = new Set<() => void>();

  constructor() {
    for (const name of ["SIGINT", "SIGTERM"] as const) {
      process.on(name, () => {
        if (this.#signal !== undefined) process.exit(EXIT[name]);
        this.#signal = name;
        for (const wake of this.#waiting) wake();
      });
    }
  }
  get signal(): "SIGINT" | "SIGTERM" | undefined {
    return this.#signal;
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
    return this.#signal === undefined ? code : EXIT[this.#signal];
  }
}
