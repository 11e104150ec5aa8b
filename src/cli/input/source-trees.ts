/**
 * Kernel source trees: as directories, and as the commits of a git repository, which is read and never checked out.
 */
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import type { TreeChange, TreeCommit } from "../../report/tree-history-text.js";
import { visible } from "../../scenario/yaml/diagnostic.js";
import { BadTree, type ReadFile, readTree, type TreeReading } from "../../tree/read-tree.js";
import { TREE_FILES } from "../../tree/tree-files.js";
import { invalid, type Stop } from "../exit.js";
import { exists, readText } from "./files.js";
import { reason } from "./reasons.js";

const MOST_BYTES = 8 << 20;
const REMEDY = "name the top of a Linux source tree, 4.18 or later, with fs/iomap, fs/xfs and mm in it";

/** Reads the tree in a directory, once; 128 when it is none, or damaged. */
export function readDirectory(directory: string): TreeReading {
  const known = read.get(directory);
  if (known !== undefined) return known;
  checkIsDirectory(directory);
  try {
    const reading = readTree((path) => {
      const file = join(directory, path);
      return exists(file) ? readText(file, MOST_BYTES) : undefined;
    });
    read.set(directory, reading);
    return reading;
  } catch (error) {
    throw error instanceof BadTree ? refused(directory, error) : error;
  }
}

const read = new Map<string, TreeReading>();

function refused(directory: string, { message, place }: BadTree): Stop {
  if (place === undefined) return invalid(`cannot read ${visible(directory)}: ${message}`, REMEDY);
  const file = place.replace(/:\d+$/, "");
  return invalid(
    `cannot read ${visible(join(directory, place))}: ${message}`,
    `restore the file, for example with git checkout ${file}`,
  );
}

function checkIsDirectory(directory: string): void {
  const fail = (why: string) => invalid(`cannot read ${visible(directory || '""')}: ${why}`, REMEDY);
  if (directory === "" || directory.includes("\0")) throw fail("no such directory");
  try {
    if (statSync(directory).isDirectory()) return;
  } catch (error) {
    throw fail(reason(error));
  }
  throw fail("it is not a directory");
}

/** A commit as git tells it, with the parents among those that touch the files. */
interface Commit extends Omit<TreeCommit, "change"> {
  readonly id: string;
  /** "" where there is none. */
  readonly parent: string;
}

/** Commits whose files are asked for at once. */
const BATCH = 40;

/** The commits `A..B` of the directory's repository that touch what is read, oldest first, in batches. */
export function* readHistory(directory: string, range: string): Generator<readonly TreeCommit[]> {
  checkIsDirectory(directory);
  const repository = new Repository(directory);
  const commits = repository.commits(range);
  for (let from = 0; from < commits.length; from += BATCH)
    yield repository.read(commits.slice(from, from + BATCH));
}

const PATHS = [...new Set(TREE_FILES.flat())];

type ReadOrNot = TreeReading | { readonly problem: string };

class Repository {
  readonly #directory: string;
  readonly #prefix: string;
  /** By the contents of the tree's files. */
  readonly #readings = new Map<string, ReadOrNot>();

  constructor(directory: string) {
    this.#directory = directory;
    this.#prefix = this.#git(["rev-parse", "--show-prefix"]).toString().trim();
  }
  commits(range: string): Commit[] {
    if (!/^[^-\s]\S*\.\.\S*$/.test(range))
      throw invalid(
        `no range of commits: ${visible(range)}`,
        "give two of them, for example --git v6.1..v6.2",
      );
    const format = "--format=%H%x00%P%x00%h%x00%as%x00%s";
    const order = ["--reverse", "--topo-order", "--parents", "--no-show-signature", "--abbrev=12"];
    const text = this.#git([
      "log",
      ...order,
      format,
      range,
      "--",
      ...PATHS.map((path) => `./${path}`),
    ]).toString();
    return text.split("\n").flatMap((line) => {
      const [id, parents = "", commit = "", date = "", title] = line.split("\0");
      const parent = parents.split(" ", 1).join("");
      return id === undefined || title === undefined ? [] : [{ id, parent, commit, date, title }];
    });
  }
  read(commits: readonly Commit[]): TreeCommit[] {
    const ids = [...new Set(commits.flatMap(({ id, parent }) => (parent === "" ? [id] : [parent, id])))];
    const blobs = this.#blobsOf(ids);
    const texts = this.#textsOf([...new Set([...blobs.values()].flatMap((files) => [...files.values()]))]);
    const reading = (id: string) => this.#reading(blobs.get(id) ?? new Map(), texts);
    return commits.map(({ id, parent, ...commit }) => {
      const before = parent === "" ? undefined : reading(parent);
      return { ...commit, change: changeOf(before, reading(id)) };
    });
  }
  #reading(files: ReadonlyMap<string, string>, texts: ReadonlyMap<string, string>): ReadOrNot {
    const key = [...files].flat().join(" ");
    const known = this.#readings.get(key);
    if (known !== undefined) return known;
    const result = readOrNot((path) => texts.get(files.get(path) ?? ""));
    this.#readings.set(key, result);
    return result;
  }
  /** Of each commit the objects that its files are. */
  #blobsOf(ids: readonly string[]): Map<string, Map<string, string>> {
    const names = ids.flatMap((id) => PATHS.map((path) => `${id}:${this.#prefix}${path}`));
    const lines = this.#git(["cat-file", "--batch-check"], names).toString().split("\n");
    return new Map(
      ids.map((id, i) => {
        const answers = PATHS.map((path, k) => [path, lines[i * PATHS.length + k] ?? ""] as const);
        const blobs = answers.filter(([, line]) => / blob \d+$/.test(line));
        return [id, new Map(blobs.map(([path, line]) => [path, line.slice(0, line.indexOf(" "))]))];
      }),
    );
  }
  #textsOf(objects: readonly string[]): Map<string, string> {
    const all = this.#git(["cat-file", "--batch"], objects);
    const texts = new Map<string, string>();
    for (let at = 0; at < all.length; ) {
      const end = all.indexOf("\n", at);
      const [object = "", , size] = all.toString("latin1", at, end).split(" ");
      const from = end + 1;
      at = from + Number(size) + 1;
      texts.set(object, all.toString("utf8", from, at - 1));
    }
    return texts;
  }
  #git(args: readonly string[], lines: readonly string[] = []): Buffer {
    const { error, status, stdout, stderr } = spawnSync("git", ["-C", this.#directory, ...args], {
      input: lines.map((line) => `${line}\n`).join(""),
      maxBuffer: 1 << 30,
      env: { ...process.env, LC_ALL: "C", GIT_PAGER: "cat" },
    });
    if (error !== undefined) throw invalid(`cannot run git: ${reason(error)}`, "--git needs git in the PATH");
    if (status === 0) return stdout;
    const [why = `git ended with status ${status}`] = stderr.toString().split("\n");
    throw invalid(`git in ${visible(this.#directory)}: ${visible(why.replace(/^fatal: /, ""))}`, GIT_REMEDY);
  }
}

const GIT_REMEDY = "name a directory in a git repository, and two commits that it has: --git v6.1..v6.2";

function readOrNot(file: ReadFile): ReadOrNot {
  try {
    return readTree(file);
  } catch (error) {
    if (!(error instanceof BadTree)) throw error;
    return { problem: error.place === undefined ? error.message : `${error.place}: ${error.message}` };
  }
}

/** What differs from the parent; everything that is on where there is no parent to compare with. */
function changeOf(before: ReadOrNot | undefined, after: ReadOrNot): TreeChange | { problem: string } {
  if ("problem" in after) return after;
  const states = (reading: ReadOrNot | undefined) =>
    new Map(
      reading === undefined || "problem" in reading ? [] : reading.toggles.map((t) => [t.name, stateOf(t)]),
    );
  const old = states(before);
  const changed = [...states(after)].filter(([name, state]) => (old.get(name) ?? "off") !== state);
  const names = (wanted: string) => changed.filter(([, state]) => state === wanted).map(([name]) => name);
  return { on: names("on"), off: names("off"), unknown: names("unknown"), variant: after.variant };
}

function stateOf({ answer }: TreeReading["toggles"][number]): "on" | "off" | "unknown" {
  if ("unknown" in answer) return "unknown";
  return answer.on ? "on" : "off";
}
