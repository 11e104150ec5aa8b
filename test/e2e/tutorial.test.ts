/** The tutorial, typed in; and the package as npm would pack it, unpacked and run. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { commandOutcome, directoryWith, ROOT, stalemap } from "./program.js";

it("the tutorial's commands do what it says, one after the other", async () => {
  const text = readFileSync(join(ROOT, "docs/tutorial.md"), "utf8");
  const [program = "", expectation = ""] = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml]) => yaml!);
  const cwd = directoryWith({ "mine.yaml": program });
  const commands = [...text.matchAll(/^ {4}stalemap (.*)$/gm)].map(([, words]) => words!.split(" "));
  const statuses: string[] = [];
  for (const [i, words] of commands.entries()) {
    if (i === commands.length - 1) writeFileSync(join(cwd, "mine.yaml"), program + expectation);
    const { status, stdout } = await stalemap([...words, "-q"], { cwd });
    statuses.push(`${words[0]} ${status}`);
    if (words[0] === "explain" && !words.includes("-o")) expect(stdout).toContain("The race as an order");
  }
  expect(statuses).toEqual("check 0,run 1,explain 1,explain 1,run 0,bisect 0,matrix 0,run 0".split(","));
});

it("the package holds what a user needs and nothing else, and runs without its packages", async () => {
  const pack = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const packed = JSON.parse(execFileSync("npm", pack, { cwd: ROOT, encoding: "utf8", stdio: "pipe" }));
  const files = (packed[0].files as { path: string }[]).map(({ path }) => path);
  for (const path of ["LICENSE", "README.md", "bin/stalemap.js", "dist/main.js", "dist/LICENCES.txt"])
    expect(files).toContain(path);
  // What the README leads to is there, but for what is about the repository.
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const linked = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, path]) => path!);
  expect(linked.filter((path) => !files.includes(path))).toEqual(["ARCHITECTURE.md", "CONTRIBUTING.md"]);
  expect(files.filter((path) => /scenarios.found|dist.dev|\.ts$|^test|^tools/.test(path))).toEqual([]);
  const cwd = directoryWith();
  for (const path of files) {
    mkdirSync(join(cwd, "p", dirname(path)), { recursive: true });
    cpSync(join(ROOT, path), join(cwd, "p", path));
  }
  const run = (...words: string[]) =>
    commandOutcome(process.execPath, ["p/bin/stalemap.js", ...words], { cwd, env: { npm_command: "" } });
  expect(await run("demo")).toMatchObject({ status: 0, stdout: expect.stringContaining("bytes lost") });
  const { stdout, stderr } = await run("run", "unwritten-tail", "-k", "6.0");
  expect(stdout).toContain("as expected");
  const suggested = /^try {2}(.*?)(?: {3}#.*)?$/m.exec(stderr)?.[1] ?? "";
  expect(suggested).toMatch(/^node \/.*\/p\/bin\/stalemap\.js step /);
  expect((await commandOutcome("sh", ["-c", suggested], { cwd })).status).toBe(1);
});
