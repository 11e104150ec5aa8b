/** What help says of kernels: one where a command runs on one. */
import { Command } from "commander";
import { expect, it } from "vitest";
import { addOptions } from "../../src/cli/command.js";
import { judgeCommand } from "../../src/cli/commands/judge.js";
import { runCommand } from "../../src/cli/commands/run.js";

it.each([
  ["judge", judgeCommand, "--kernel <name> "],
  ["run", runCommand, "--kernel <names> "],
])("%s", (name, spec, said) => {
  const command = new Command(name);
  addOptions(command, spec);
  expect(command.helpInformation()).toContain(said);
});
