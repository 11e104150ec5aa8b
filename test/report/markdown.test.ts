/** Markdown as GitHub shows it and as a mail shows it: nothing is markup by accident, and little is escaped. */
import { describe, expect, it } from "vitest";
import { escaped } from "../../src/report/markdown-text.js";

describe("text in Markdown", () => {
  it.each([
    ["writer in __iomap_write_begin zeroes 2k..4k", "writer in `__iomap_write_begin` zeroes 2k..4k"],
    ["content: write -> zero, UNWRITTEN map", "content: write -> zero, UNWRITTEN map"],
    ["a *b* <c> [d](e) `f` g|h \\", "a \\*b\\* \\<c> \\[d\\](e) \\`f\\` g\\|h \\\\"],
    ["_a_ b_C ~~d~~ ~e", "\\_a\\_ b_C \\~~d\\~~ ~e"],
    ["# a", "\\# a"],
    ["> a - b", "\\> a - b"],
    ["1. a", "1\\. a"],
  ])("%s", (text, markdown) => {
    expect(escaped(text)).toBe(markdown);
  });
});
