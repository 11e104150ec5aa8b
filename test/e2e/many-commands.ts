/** Command lines run by one process of the built program. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { BIN, cleanEnv, type Outcome, ROOT } from "./program.js";

export interface Line {
  readonly words: readonly string[];
  readonly cwd: string;
  /** Interrupts it when this is on stderr. */
  readonly stopAt?: string | undefined;
}

export class ManyCommands {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  /** `npm`: what npm says of how it was started; "exec" is npx. */
  constructor(npm: string) {
    const env = cleanEnv({ npm_command: npm });
    this.#child = spawn(process.execPath, [join(ROOT, "test/e2e/many-commands.mjs"), BIN], { env });
    const lines: Interface = createInterface({ input: this.#child.stdout });
    this.#lines = lines[Symbol.asyncIterator]();
  }
  async run(line: Line): Promise<Outcome> {
    this.#child.stdin.write(`${JSON.stringify(line)}\n`);
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error(`the program ended at ${line.words.join(" ")}`);
    return JSON.parse(value);
  }
  close(): void {
    this.#child.stdin.end();
  }
}
