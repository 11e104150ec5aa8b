/** Tokens as mails and terminals leave them. */
import { describe, expect, it } from "vitest";
import { unpasted, withOneToken } from "../../src/cli/input/pasted.js";
import { readInput } from "../../src/cli/input/run-input.js";
import { MODEL } from "../../src/kernel/versions/model-version.js";
import { encodeToken } from "../../src/scenario/token.js";
import { witnesses } from "../scenarios.js";

const [scenario] = witnesses();
if (scenario === undefined) throw new Error("no witness");
const TOKEN = encodeToken({
  scenario,
  variant: { base: "6.0", with: [], without: [] },
  choices: [0, 1, 0, 2],
});
const [a, b, c] = [TOKEN.slice(0, 20), TOKEN.slice(20, 45), TOKEN.slice(45)];

describe("a token", () => {
  it.each([
    ["alone", TOKEN],
    ["with blanks around it", `  ${TOKEN}\n`],
    ["with a line break in it", `${a}\n${b}${c}`],
    ["quoted in a mail", `> ${a}\n> ${b}\n> ${c}`],
    ["broken by quoted-printable", `${a}=\n${b}=\r\n${c}`],
    ["in quotes", `"${TOKEN}"`],
    ["in backticks", `\`${TOKEN}\``],
    ["in typographic quotes and a full stop's place", `“${TOKEN}”`],
    ["as the command line that showed it", `$ npx stalemap repro ${TOKEN}`],
    ["in a sentence", `try npx stalemap step ${a} ${b}${c}`],
  ])("is found %s", (_, text) => {
    expect(unpasted([text])).toBe(TOKEN);
    expect(readInput(text, {}).run.choices).toEqual([0, 1, 0, 2]);
  });

  it("is put together from words of the command line", () => {
    const argv = ["node", "stalemap", "repro"];
    expect(withOneToken([...argv, a, b + c, "--json"])).toEqual([...argv, TOKEN, "--json"]);
    expect(withOneToken([...argv, "npx", "stalemap", "repro", TOKEN])).toEqual([...argv, TOKEN]);
    expect(withOneToken([...argv, "npx", "stalemap", "repro", "8:6.0:a:1", "-q"])).toEqual([
      ...argv,
      "8:6.0:a:1",
      "-q",
    ]);
    expect(withOneToken([...argv, "--kernel", "6.0", TOKEN])).toEqual([...argv, "--kernel", "6.0", TOKEN]);
  });

  it("is not taken for what it is not", () => {
    expect(unpasted(["a file.yaml"])).toBe("a file.yaml");
    expect(() => readInput(`${TOKEN.slice(0, -1)}!`, {})).toThrow(/cannot use/);
    expect(() => unpasted([`npx stalemap repro ${TOKEN} --kernel 6.12`])).toThrow(/behind the token stands/);
  });
});

it.each(["8:6.0:7:15", '"8:6.0:7:15"', "$ npx stalemap repro 8:6.0:7:15\n", "try \u201c8:6.0:7:15\u201d."])(
  "a case seed is found in %j",
  (text) => {
    expect(readInput(text.replace("8:", `${MODEL}:`), {}).caseSeed).toBe(`${MODEL}:6.0:7:15`);
  },
);
