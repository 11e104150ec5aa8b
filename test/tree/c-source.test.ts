import { describe, expect, it } from "vitest";
import { Damage, readC } from "../../src/tree/c-source.js";

function bodyOf(text: string, name = "f"): string | undefined {
  const source = readC(text, new Set([name]));
  const found = source.definitions.get(name);
  return found === undefined ? undefined : source.tokens.slice(found.from, found.to).join(" ");
}

const lines = (...all: readonly string[]) => `${all.join("\n")}\n`;

describe("a function in C text", () => {
  it.each<[what: string, text: string, body: string]>([
    ["on one line", "int f(void) { return 1; }", "return 1 ;"],
    [
      "with its name on a line of its own",
      lines("static int", "f(", "\tint\t\ta)", "{", "\ta->b++;", "}"),
      "a -> b ++ ;",
    ],
    [
      "with parts in braces",
      "void f(int a) { if (a) { g(); } else { h(); } }",
      "if ( a ) { g ( ) ; } else { h ( ) ; }",
    ],
    ["that was declared before", lines("int f(int a);", "int f(int a) { return a; }"), "return a ;"],
    ["after an annotation", "int f(int a) __must_hold(lock(a)) { return a; }", "return a ;"],
    [
      "after a macro without a semicolon",
      lines("DEFINE_THING(x, f)", "int f(void) { return 2; }"),
      "return 2 ;",
    ],
    [
      "of several characters at once",
      "int f(void) { return a <= b && c || d << 1; }",
      "return a <= b && c || d << 1 ;",
    ],
    ["with Windows line ends", "int f(void)\r\n{\r\n\treturn 1;\r\n}\r\n", "return 1 ;"],
  ])("%s", (_, text, body) => expect(bodyOf(text)).toBe(body));

  it.each<[what: string, text: string, body: string]>([
    ["block comments", "int f(void) { /* } g(); { */ return 1; }", "return 1 ;"],
    ["line comments", lines("int f(void) {", "\t// } g();", "\treturn 1; }"), "return 1 ;"],
    ["texts", String.raw`int f(void) { say("} /* \" g();"); say('}'); }`, 'say ( "" ) ; say ( "" ) ;'],
    [
      "directives and their continuations",
      lines("int f(void) {", "#define X \\", "\t}}}", "\treturn 1; }"),
      "return 1 ;",
    ],
    [
      "what is compiled never",
      lines("int f(void) {", "#if 0", "don't } {", "#else", "g();", "#endif", "}"),
      "g ( ) ;",
    ],
    [
      "the other branch of #if 1",
      lines("int f(void) {", "#if 1", "g();", "#else", "h();", "#endif", "}"),
      "g ( ) ;",
    ],
    [
      "the second of two branches that open a block each",
      lines("int f(void) {", "#ifdef X", "if (a) {", "#else", "if (b) {", "#endif", "g(); } }"),
      "if ( a ) { g ( ) ; }",
    ],
    [
      "a condition within a directive's comment",
      lines("int f(void) {", "#ifdef X /* #if", "0 */", "g();", "#endif", "}"),
      "g ( ) ;",
    ],
  ])("is read without %s", (_, text, body) => expect(bodyOf(text)).toBe(body));

  it("is not a prototype, a call, a structure or a name in a text", () => {
    const text = lines(
      "int f(int);",
      "struct f { int a; };",
      "const struct ops f = { .begin = g };",
      "int g(void) { return f(1); }",
      'char *h = "f() {";',
    );
    expect(bodyOf(text)).toBeUndefined();
  });

  it("knows its lines and conditions, and of two of a name is the first", () => {
    const text = lines(
      "#ifdef A",
      "int f(void)",
      "{",
      "#ifdef B",
      "\tg();",
      "#endif",
      "}",
      "#else",
      "int f(void) { }",
      "#endif",
    );
    const { definitions, lines: at, guards, tokens } = readC(text, new Set(["f"]));
    const { line, from, to } = definitions.get("f")!;
    expect([line, tokens[from], at[from], guards[from], guards[from - 1], at[to]]).toEqual([
      2,
      "g",
      5,
      "#ifdef B",
      "#ifdef A",
      7,
    ]);
  });
});

describe("text that is no C, or damaged C, is refused with its line", () => {
  it.each<[what: string, text: string, line: number, message: string]>([
    ["nothing", "/* no more */\n", 2, "it is empty"],
    ["bytes", "int a;\n\0\0", 2, "it is not text"],
    [
      "a function cut short",
      lines("int a;", "int f(void)", "{", "\tif (a) {", "\t}"),
      2,
      "f begins here and does not end",
    ],
    ["a } too many", lines("int f(void) {", "} }"), 2, "a } closes nothing"],
    ["a comment cut short", lines("int a;", "/* this"), 2, "a comment begins here and does not end"],
    ["a text cut short", lines("int a;", 'char *b = "c;'), 2, "a string begins here and does not end"],
    [
      "a condition cut short",
      lines("int a;", "#ifdef B", "int c;"),
      2,
      "#ifdef B begins here and does not end",
    ],
    ["half a condition", lines("int a;", "#endif"), 2, "an #else or #endif without an #if"],
    ["a merge conflict", lines("int a;", "<<<<<<< HEAD", "int b;"), 2, "a merge conflict is left here"],
  ])("%s", (_, text, line, message) => {
    const read = () => readC(text, new Set(["f"]));
    expect(read).toThrow(Damage);
    expect(read).toThrow(message);
    try {
      read();
    } catch (error) {
      expect((error as Damage).line).toBe(line);
    }
  });
});
