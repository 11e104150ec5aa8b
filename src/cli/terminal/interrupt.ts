/**
 * Signals: the first SIGINT or SIGTERM asks the command to stop with what it has; a second one ends the process.
 */
import { EXIT } from "../exit.js";

export class Interrupt {
  #signal: "SIGINT" | "SIGTERM" | undefined;
  readonly #waiting: (() => void)[] = [];

  constructor() {
    for (const name of ["SIGINT", "SIGTERM"] as const) {
      process.on(name, () => {
        if (this.#signal !== undefined) process.exit(EXIT[name]);
        this.#signal = name;
        for (const wake of this.#waiting.splice(0)) wake();
      });
    }
  }
  get signal(): "SIGINT" | "SIGTERM" | undefined {
    return this.#signal;
  }
  /** The promise's value, or undefined once a signal has come first. */
  async race<T>(promise: Promise<T>): Promise<T | undefined> {
    if (this.#signal !== undefined) {
      promise.catch(() => {});
      return undefined;
    }
    let wake = (): void => {};
    const stopped = new Promise<undefined>((resolve) => {
      wake = () => resolve(undefined);
      this.#waiting.push(wake);
    });
    try {
      return await Promise.race([promise, stopped]);
    } finally {
      const at = this.#waiting.indexOf(wake);
      if (at >= 0) this.#waiting.splice(at, 1);
      promise.catch(() => {});
    }
  }
  /** The exit status after a signal, else the given one. */
  status(code: number): number {
    return this.#signal === undefined ? code : EXIT[this.#signal];
  }
}
