/** Texts as mail and web pages give them are what was sent. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { asPosted } from "../../src/scenario/reports/as-posted.js";

it.each<[string, string, string]>([
  ["entities", "&gt; a &amp;&lt;&quot;b&#39;&#x27;&nbsp;c", "> a &<\"b'' c"],
  ["tags", "<pre>a <b>x</b><br/>\nb<br>c</pre>&lt;", "a x\nb\nc<"],
  ["quoted-printable", "r0 =3D open(=\n1)\nb=E2=82=AC=20\n", "r0 = open(1)\n\nb€ \n"],
  ["a part of it that is none", "a=3Db =FF=FE\n", "a=b =FF=FE\n"],
  ["colours", "\u001b[1;31ma\u001b[0mb\n", "ab\n"],
  ["lines that end in CR", "a\rb\r", "a\nb\n"],
])("%s", (_, given, sent) => {
  expect(asPosted(given)).toBe(sent);
});

it("what was sent plainly stays, and no line gets another number", () => {
  const line = fc.stringMatching(/^[ -~]{0,40}$/).map((text) => text.replace(/[=&<]/g, "-"));
  fc.assert(
    fc.property(fc.array(line, { minLength: 2 }), (lines) => {
      const text = lines.join("\n");
      expect(asPosted(text)).toBe(text);
      expect(asPosted(`${lines.join("=\n")}=3D`).split("\n")).toHaveLength(lines.length);
    }),
    { seed: 1 },
  );
});
