/**
 * Campaigns whose workers, store and server are killed: nothing is lost and nothing counts twice. STALEMAP_KILLS says
 * how often each is killed: once here, 50 times (four workers) before a release.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, it } from "vitest";
import { makeRng, type Rng } from "../../src/explore/strategies/rng.js";
import { BIN, directoryWith, stalemap } from "./program.js";

const KILLS = Number(process.env.STALEMAP_KILLS ?? "1");
const SEED = process.env.STALEMAP_KILLS_SEED ?? "1";
const PROGRAMS = Math.max(150, 40 * KILLS);
const SCENARIO = resolve("scenarios/witnesses/eof-punch.yaml");
const WORK = [
  "--kernel",
  "6.2",
  "--programs",
  String(PROGRAMS),
  "--seed",
  "5",
  "--range",
  "25",
  "--twice",
  "20",
  "--scenario",
  SCENARIO,
  "--scenario-weights",
  "5,1",
  "--explore",
  SCENARIO,
];
/** Long enough for the slowest machine: a hang is a fault too. */
const LIMIT_MS = 600_000;

interface Status {
  readonly parts: readonly { readonly seconds: number; readonly checked: number }[];
  readonly findings: readonly object[];
  readonly disagreements: readonly object[];
}

async function campaign(cwd: string, store: readonly string[], ...words: readonly string[]): Promise<string> {
  const { stdout, stderr, status } = await stalemap(["campaign", ...words, ...store], { cwd });
  expect([0, 1], stdout + stderr).toContain(status);
  return stdout;
}

/** What does not depend on who did it and when. */
async function outcome(cwd: string, store: readonly string[]): Promise<object> {
  const status = JSON.parse(await campaign(cwd, store, "status", "c", "--json")) as Status;
  expect(status.disagreements).toEqual([]);
  return {
    parts: status.parts.map((part) => ({ ...part, seconds: 0, checked: 0 })),
    findings: status.findings.map((found) => ({ ...found, firstSeen: "", lastSeen: "" })),
  };
}

function worker(cwd: string, store: readonly string[]): ChildProcess {
  return spawn(process.execPath, [BIN, "campaign", "work", "c", ...store], { cwd, stdio: "ignore" });
}

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once("exit", () => resolve()));

const wait = (rng: Rng, most: number) => new Promise((resolve) => setTimeout(resolve, rng.below(most)));

/** What an undisturbed campaign comes to; made once. */
let undisturbed: Promise<object> | undefined;
function reference(): Promise<object> {
  undisturbed ??= (async () => {
    const cwd = directoryWith();
    const store = ["--store", "store"];
    await campaign(cwd, store, "start", "c", ...WORK);
    await campaign(cwd, store, "work", "c", "--jobs", "2");
    const result = await outcome(cwd, store);
    rmSync(cwd, { recursive: true });
    return result;
  })();
  return undisturbed;
}

it("the embedded store and its worker are killed", { timeout: LIMIT_MS, concurrent: true }, async () => {
  const rng = makeRng(`${SEED}:embedded`);
  const cwd = directoryWith();
  const store = ["--store", "store"];
  await campaign(cwd, store, "start", "c", ...WORK);
  for (let n = 0; n < KILLS; n++) {
    const child = worker(cwd, store);
    await wait(rng, 6_000);
    child.kill("SIGKILL");
    await ended(child);
  }
  // What the last one had is given out again when it has been silent for long enough.
  await campaign(cwd, store, "work", "c");
  expect(await outcome(cwd, store)).toEqual(await reference());
  const again = await stalemap(["run", "campaign:c", ...store], { cwd });
  expect(again).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^(\d+) of \1 as they should be$/m),
  });
  const [one] = /campaign:c\/\S+/.exec(again.stderr) ?? [];
  expect(await stalemap(["run", one ?? "", ...store], { cwd })).toMatchObject({ status: 0 });
  const words = ["fuzz", "--kernel", "6.2", "--seed", "5", "--runs", "45", "--keep-going"];
  const known = await stalemap([...words, "--known", "campaign:c", ...store], { cwd });
  expect(known).toMatchObject({ status: 0, stdout: expect.stringMatching(/0 kinds, \d+ known before/) });
  rmSync(cwd, { recursive: true });
});

/** Waits until whoever looks at processes does not see the address; fails when it is to be seen till the end. */
async function untilHidden({ pid }: ChildProcess, url: string): Promise<void> {
  const seen = (): string => readFileSync(`/proc/${pid}/cmdline`, "utf8");
  while (seen().includes(url)) await wait(makeRng("look"), 100);
  expect(seen()).toMatch(/^stalemap/);
}

const VERSIONS = "/usr/lib/postgresql";
const BINARIES = (existsSync(VERSIONS) ? readdirSync(VERSIONS) : [])
  .map((version) => join(VERSIONS, version, "bin"))
  .find((folder) => existsSync(join(folder, "initdb")));
const NOBODY = 65_534;

// Much of the time they wait: side by side.
it.skipIf(BINARIES === undefined)(
  "a server and workers of a plain role are killed",
  { timeout: LIMIT_MS, concurrent: true },
  async () => {
    const rng = makeRng(`${SEED}:server`);
    const cwd = directoryWith();
    const server = new Server(cwd);
    const store = ["--database", server.url];
    try {
      await campaign(cwd, store, "start", "c", ...WORK);
      const workers = Array.from({ length: KILLS > 1 ? 4 : 2 }, () => worker(cwd, store));
      await untilHidden(workers[0]!, server.url);
      for (let n = 0; n < KILLS; n++) {
        await wait(rng, 4_000);
        const at = rng.below(workers.length + 1);
        if (at === workers.length) server.restart();
        else {
          workers[at]!.kill("SIGKILL");
          workers[at] = worker(cwd, store);
        }
      }
      await Promise.all(workers.map(ended));
      await campaign(cwd, store, "work", "c");
      expect(await outcome(cwd, store)).toEqual(await reference());
    } finally {
      server.stop();
    }
    rmSync(cwd, { recursive: true });
  },
);

/** PostgreSQL for one test, on a socket in its folder, and a role without any right but to its database. */
class Server {
  readonly url: string;
  readonly #folder: string;
  readonly #data: string;
  readonly #as: { uid?: number; gid?: number; cwd: string; stdio: "ignore" };

  constructor(folder: string) {
    this.#folder = folder;
    this.#data = join(folder, "pg");
    const isRoot = process.getuid?.() === 0;
    if (isRoot) {
      chownSync(folder, NOBODY, NOBODY);
      chmodSync(dirname(folder), 0o711);
    }
    this.#as = { ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}), cwd: folder, stdio: "ignore" };
    this.#run("initdb", "-D", this.#data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--no-locale", "-N");
    writeFileSync(
      join(this.#data, "postgresql.auto.conf"),
      // Processes are killed, never the machine: what was written is there without waiting for a disk.
      `fsync = off\nlisten_addresses = ''\nunix_socket_directories = '${folder}'\n`,
    );
    this.#start();
    const at = ["-h", folder, "-U", "owner"];
    this.#run("createuser", ...at, "plain");
    this.#run("createdb", ...at, "-O", "plain", "fuzz");
    this.url = `postgres://plain@/fuzz?host=${folder}`;
  }

  /** Killed and started again: what was committed is there. */
  restart(): void {
    const [pid] = readFileSync(join(this.#data, "postmaster.pid"), "utf8").split("\n");
    process.kill(Number(pid), "SIGKILL");
    this.#start();
  }

  stop(): void {
    this.#run("pg_ctl", "-D", this.#data, "-m", "immediate", "stop");
  }

  #start(): void {
    // Processes of the one that was killed may hold its memory a moment longer.
    for (let tries = 0; ; tries++) {
      try {
        this.#run("pg_ctl", "-D", this.#data, "-l", join(this.#folder, "log"), "-w", "start");
        return;
      } catch (error) {
        if (tries === 20) throw error;
      }
    }
  }

  #run(name: string, ...args: readonly string[]): void {
    execFileSync(`${BINARIES}/${name}`, args, this.#as);
  }
}
