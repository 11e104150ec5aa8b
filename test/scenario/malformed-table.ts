/**
 * Malformed scenarios, each with what `check` prints about it. The expected text is written out so that a change
 * of a diagnostic is read by whoever makes it.
 */
import { noOperation } from "./no-operation.js";

export interface MalformedScenario {
  readonly title: string;
  readonly text: string;
  readonly shown: readonly string[];
}

const HEAD = "name: x\nfile: { size: 12k }\n";
const PROGRAM = `${HEAD}threads: { w: [{ write: 0..4k }] }\n`;
const setup = (op: string) => `${HEAD}setup:\n  - ${op}\n`;

export const MALFORMED: readonly MalformedScenario[] = [
  {
    title: "an empty file",
    text: "",
    shown: [
      "a.yaml:1:1: error: expected a scenario, found an empty file",
      " 1 |",
      "   | ^",
      '   = begin with "name: ..."',
    ],
  },
  {
    title: "a file of comments",
    text: "# nothing\n",
    shown: [
      "a.yaml:1:1: error: expected a scenario, found an empty file",
      " 1 | # nothing",
      "   | ^",
      '   = begin with "name: ..."',
    ],
  },
  {
    title: "a list as root",
    text: "- write: 0..4k\n",
    shown: [
      "a.yaml:1:1: error: expected a map with name, about, source, file, setup,",
      "    threads, budget, background, oracles, expect, variants, reached, schedule or",
      "    order, found a list",
      " 1 | - write: 0..4k",
      "   | ^^^^^^^^^^^^^^",
    ],
  },
  {
    title: "a word as root",
    text: "hello\n",
    shown: [
      "a.yaml:1:1: error: expected a map with name, about, source, file, setup,",
      "    threads, budget, background, oracles, expect, variants, reached, schedule or",
      '    order, found "hello"',
      " 1 | hello",
      "   | ^^^^^",
    ],
  },
  {
    title: "two documents",
    text: `${PROGRAM}---\nname: y\n`,
    shown: [
      "a.yaml:4:1: error: expected one YAML document per file, found a second one",
      " 4 | ---",
      "   | ^^^",
    ],
  },
  {
    title: "a NUL byte",
    text: "name: x\0y\n",
    shown: [
      "a.yaml:1:8: error: expected text, found a NUL byte",
      " 1 | name: x·y",
      "   |        ^",
      "   = is this the right file?",
    ],
  },
  {
    title: "a tab as indentation",
    text: "name: x\nfile:\n\tsize: 4k\n",
    shown: ["a.yaml:3:1: error: expected spaces as indentation, found a tab", " 3 |  size: 4k", "   | ^"],
  },
  {
    title: "an unclosed flow list",
    text: "name: x\nthreads: { w: [{ write: 0..4k }\n",
    shown: [
      "a.yaml:2:32: error: expected a closing ]",
      " 2 | threads: { w: [{ write: 0..4k }",
      "   |                                ^",
      "a.yaml:2:32: error: expected a closing }",
      " 2 | threads: { w: [{ write: 0..4k }",
      "   |                                ^",
    ],
  },
  {
    title: "an unclosed quote",
    text: 'name: "x\n',
    shown: ['a.yaml:1:9: error: expected a closing "', ' 1 | name: "x', "   |         ^"],
  },
  {
    title: "two keys on one line",
    text: "name: x: y\n",
    shown: [
      "a.yaml:1:7: error: expected one value after the key, found a second key on the",
      "    same line",
      " 1 | name: x: y",
      "   |       ^",
    ],
  },
  {
    title: "a duplicate key",
    text: `${PROGRAM}name: y\n`,
    shown: ['a.yaml:4:1: error: expected each key once, found "name" again', " 4 | name: y", "   | ^^^^"],
  },
  {
    title: "an unknown key with a near one",
    text: `${PROGRAM}buget: { evictions: 1 }\n`,
    shown: [
      "a.yaml:4:1: error: expected a key of a scenario: name, about, source, file,",
      "    setup, threads, budget, background, oracles, expect, variants, reached,",
      '    schedule or order, found "buget"',
      " 4 | buget: { evictions: 1 }",
      "   | ^^^^^",
      '   = did you mean "budget"?',
    ],
  },
  {
    title: "an unknown key with none near",
    text: `${PROGRAM}colour: blue\n`,
    shown: [
      "a.yaml:4:1: error: expected a key of a scenario: name, about, source, file,",
      "    setup, threads, budget, background, oracles, expect, variants, reached,",
      '    schedule or order, found "colour"',
      " 4 | colour: blue",
      "   | ^^^^^^",
    ],
  },
  {
    title: "no name and no file",
    text: "about: nothing else\n",
    shown: [
      'a.yaml:1:1: error: expected a scenario to have the key "name"',
      " 1 | about: nothing else",
      "   | ^^^^^",
      'a.yaml:1:1: error: expected a scenario to have the key "file"',
      " 1 | about: nothing else",
      "   | ^^^^^",
      "a.yaml:1:1: error: expected at least one operation, in setup or in threads",
      " 1 | about: nothing else",
      "   | ^^^^^^^^^^^^^^^^^^^",
    ],
  },
  {
    title: "no operation at all",
    text: HEAD,
    shown: [
      "a.yaml:1:1: error: expected at least one operation, in setup or in threads",
      " 1 | name: x",
      "   | ^^^^^^^",
    ],
  },
  {
    title: "a name with a slash",
    text: "name: a/b\nfile: { size: 4k }\nsetup: [{ write: 0..4k }]\n",
    shown: [
      'a.yaml:1:7: error: expected a name: letters, digits and . _ + -, found "a/b"',
      " 1 | name: a/b",
      "   |       ^^^",
    ],
  },
  {
    title: "an empty value",
    text: `${HEAD}about:\nthreads: { w: [{ write: 0..4k }] }\n`,
    shown: [
      "a.yaml:3:1: error: expected a text that says what the scenario is about, found",
      "    nothing",
      " 3 | about:",
      "   | ^^^^^",
    ],
  },
  {
    title: "an alias",
    text: `${HEAD}setup: &s [{ write: 0..4k }]\nthreads: { w: *s }\n`,
    shown: [
      "a.yaml:3:11: error: expected a list of operations, found a YAML anchor",
      " 3 | setup: &s [{ write: 0..4k }]",
      "   |           ^^^^^^^^^^^^^^^^^^",
      "   = anchors and aliases are not part of the language: write the value out",
      "a.yaml:4:15: error: expected a list of operations, found a YAML alias",
      " 4 | threads: { w: *s }",
      "   |               ^^",
      "   = anchors and aliases are not part of the language: write the value out",
    ],
  },
  {
    title: "a tag",
    text: `${HEAD}setup: [{ write: !!str 0..4k }]\n`,
    shown: [
      "a.yaml:3:24: error: expected a byte range from..to such as 0..12k, found a YAML",
      "    tag",
      " 3 | setup: [{ write: !!str 0..4k }]",
      "   |                        ^^^^^",
      "   = write the value without a tag",
    ],
  },
  {
    title: "a tag on a list",
    text: `${HEAD}setup: !ops [{ write: 0..4k }]\n`,
    shown: [
      "a.yaml:3:13: error: expected a list of operations, found a YAML tag",
      " 3 | setup: !ops [{ write: 0..4k }]",
      "   |             ^^^^^^^^^^^^^^^^^^",
      "   = write the value without a tag",
    ],
  },
  {
    title: "a merge key",
    text: `${PROGRAM}<<: { name: y }\n`,
    shown: [
      "a.yaml:4:1: error: expected a key of a scenario: name, about, source, file,",
      "    setup, threads, budget, background, oracles, expect, variants, reached,",
      '    schedule or order, found "<<"',
      " 4 | <<: { name: y }",
      "   | ^^",
    ],
  },
  {
    title: "a map as key",
    text: `${PROGRAM}? { a: b }\n: c\n`,
    shown: ["a.yaml:4:3: error: expected a word as key, found a map", " 4 | ? { a: b }", "   |   ^^^^^^^^"],
  },
  {
    title: "a control character in a text",
    text: `${PROGRAM}about: "bell \\a"\n`,
    shown: [
      "a.yaml:4:8: error: expected a text that says what the scenario is about without",
      "    control characters",
      ' 4 | about: "bell \\a"',
      "   |        ^^^^^^^^^",
    ],
  },
  {
    title: "a terminal escape",
    text: `${PROGRAM}\x1b[31mabout: x\n`,
    shown: [
      "a.yaml:4:1: error: expected a key of a scenario: name, about, source, file,",
      "    setup, threads, budget, background, oracles, expect, variants, reached,",
      '    schedule or order, found "·[31mabout"',
      " 4 | ·[31mabout: x",
      "   | ^^^^^^^^^^",
    ],
  },
  {
    title: "a file that is no map",
    text: "name: x\nfile: 12k\nsetup: [{ write: 0..4k }]\n",
    shown: [
      'a.yaml:2:7: error: expected a map with size, block or page, found "12k"',
      " 2 | file: 12k",
      "   |       ^^^",
    ],
  },
  {
    title: "a file without size",
    text: "name: x\nfile: { block: 4k }\nsetup: [{ write: 0..4k }]\n",
    shown: [
      'a.yaml:2:9: error: expected file to have the key "size"',
      " 2 | file: { block: 4k }",
      "   |         ^^^^^",
    ],
  },
  {
    title: "a block that is no power of two",
    text: "name: x\nfile: { size: 4k, block: 3k }\nsetup: [{ write: 0..4k }]\n",
    shown: [
      "a.yaml:2:26: error: expected a power of two from 512 to 64k, found 3k",
      " 2 | file: { size: 4k, block: 3k }",
      "   |                          ^^",
    ],
  },
  {
    title: "a block larger than the page",
    text: "name: x\nfile: { size: 4k, block: 8k }\nsetup: [{ write: 0..4k }]\n",
    shown: [
      "a.yaml:2:26: error: expected a block of at most the page size, 4k",
      " 2 | file: { size: 4k, block: 8k }",
      "   |                          ^^",
    ],
  },
  {
    title: "a page that is too large",
    text: "name: x\nfile: { size: 4k, page: 128k }\nsetup: [{ write: 0..4k }]\n",
    shown: [
      "a.yaml:2:25: error: expected a power of two from 4k to 64k, found 128k",
      " 2 | file: { size: 4k, page: 128k }",
      "   |                         ^^^^",
    ],
  },
  {
    title: "a negative size",
    text: "name: x\nfile: { size: -4k }\nsetup: [{ write: 0..4k }]\n",
    shown: [
      "a.yaml:2:15: error: expected a quantity of bytes that is not negative, found",
      '    "-4k"',
      " 2 | file: { size: -4k }",
      "   |               ^^^",
    ],
  },
  {
    title: "a fractional size",
    text: "name: x\nfile: { size: 1.5k }\nsetup: [{ write: 0..4k }]\n",
    shown: [
      'a.yaml:2:15: error: expected a whole number of bytes, found "1.5k"',
      " 2 | file: { size: 1.5k }",
      "   |               ^^^^",
    ],
  },
  {
    title: "NaN",
    text: "name: x\nfile: { size: .nan }\nsetup: [{ write: 0..4k }]\n",
    shown: [
      "a.yaml:2:15: error: expected a quantity of bytes such as 512, 12k, 1m or 0x600,",
      '    found ".nan"',
      " 2 | file: { size: .nan }",
      "   |               ^^^^",
    ],
  },
  {
    title: "a leading zero",
    text: "name: x\nfile: { size: 010 }\nsetup: [{ write: 0..4k }]\n",
    shown: [
      "a.yaml:2:15: error: expected a quantity of bytes without leading zeros, found",
      '    "010"',
      " 2 | file: { size: 010 }",
      "   |               ^^^",
    ],
  },
  {
    title: "a size of 2^53",
    text: "name: x\nfile: { size: 9007199254740992 }\nsetup: [{ write: 0..4k }]\n",
    shown: [
      "a.yaml:2:15: error: offsets and sizes must be below 2^53, found",
      '    "9007199254740992"',
      " 2 | file: { size: 9007199254740992 }",
      "   |               ^^^^^^^^^^^^^^^^",
    ],
  },
  {
    title: "a huge number",
    text: `name: x\nfile: { size: ${"9".repeat(100)} }\nsetup: [{ write: 0..4k }]\n`,
    shown: [
      "a.yaml:2:15: error: offsets and sizes must be below 2^53, found",
      '    "999999999999999999999999999999999999999…"',
      " 2 | file: { size: 99999999999999999999999999999999999999999999999999999999999…",
      "   |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
    ],
  },
  {
    title: "a misspelt operation",
    text: setup("wirte: 0..12k"),
    shown: [
      ...noOperation("a.yaml:4:5:", '"wirte"'),
      " 4 |   - wirte: 0..12k",
      "   |     ^^^^^",
      '   = did you mean "write"?',
    ],
  },
  {
    title: "an operation without near word",
    text: setup("{ frobnicate: 0..12k }"),
    shown: [
      ...noOperation("a.yaml:4:7:", '"frobnicate"'),
      " 4 |   - { frobnicate: 0..12k }",
      "   |       ^^^^^^^^^^",
    ],
  },
  {
    title: "an operation that is a word",
    text: setup("fsync"),
    shown: [
      "a.yaml:4:5: error: expected an operation such as { write: 0..12k }, found",
      '    "fsync"',
      " 4 |   - fsync",
      "   |     ^^^^^",
      "   = write { fsync: {} }",
    ],
  },
  {
    title: "an empty operation",
    text: setup("{}"),
    shown: [...noOperation("a.yaml:4:5:", "an empty map"), " 4 |   - {}", "   |     ^^"],
  },
  {
    title: "only a modifier",
    text: setup("{ fault-at: 4k }"),
    shown: [...noOperation("a.yaml:4:7:", '"fault-at"'), " 4 |   - { fault-at: 4k }", "   |       ^^^^^^^^"],
  },
  {
    title: "two operations in one entry",
    text: setup("{ write: 0..4k, read: 0..4k }"),
    shown: [
      'a.yaml:4:21: error: expected one operation per entry, found "read" beside',
      '    "write"',
      " 4 |   - { write: 0..4k, read: 0..4k }",
      "   |                     ^^^^",
      "   = begin a new list entry for it",
    ],
  },
  {
    title: "a modifier of another operation",
    text: setup("{ read: 0..4k, fault-at: 2k }"),
    shown: [
      'a.yaml:4:20: error: read takes dontcache, found "fault-at"',
      " 4 |   - { read: 0..4k, fault-at: 2k }",
      "   |                    ^^^^^^^^",
    ],
  },
  {
    title: "a copy onto itself",
    text: setup("{ copy_range: 0..4k, to: 2k }"),
    shown: [
      'a.yaml:4:30: error: expected "to" so far off that the copy lies outside the',
      "    range of the copy_range (EINVAL)",
      " 4 |   - { copy_range: 0..4k, to: 2k }",
      "   |                              ^^",
    ],
  },
  {
    title: "a copy to nowhere",
    text: setup("{ copy_range: 0..4k }"),
    shown: [
      'a.yaml:4:5: error: expected "to" beside "copy_range"',
      " 4 |   - { copy_range: 0..4k }",
      "   |     ^^^^^^^^^^^^^^^^^^^^^",
      "   = write { copy_range: 0..4k, to: 8k }",
    ],
  },
  {
    title: "a misspelt modifier",
    text: setup("{ write: 0..4k, falt-at: 2k }"),
    shown: [
      "a.yaml:4:21: error: write takes fault-at, short-copy or dontcache, found",
      '    "falt-at"',
      " 4 |   - { write: 0..4k, falt-at: 2k }",
      "   |                     ^^^^^^^",
      '   = did you mean "fault-at"?',
    ],
  },
  {
    title: "a misspelt keep-size",
    text: setup("{ fallocate: 0..4k, keep_size: true }"),
    shown: [
      'a.yaml:4:25: error: fallocate takes keep-size, found "keep_size"',
      " 4 |   - { fallocate: 0..4k, keep_size: true }",
      "   |                         ^^^^^^^^^",
      '   = did you mean "keep-size"?',
    ],
  },
  {
    title: "yes for true",
    text: setup("{ fallocate: 0..4k, keep-size: yes }"),
    shown: [
      'a.yaml:4:36: error: expected true or false, found "yes"',
      " 4 |   - { fallocate: 0..4k, keep-size: yes }",
      "   |                                    ^^^",
    ],
  },
  {
    title: "a single offset as range",
    text: setup("{ write: 4k }"),
    shown: [
      'a.yaml:4:14: error: expected a byte range from..to such as 0..12k, found "4k"',
      " 4 |   - { write: 4k }",
      "   |              ^^",
    ],
  },
  {
    title: "an empty range",
    text: setup("{ write: 4k..4k }"),
    shown: [
      "a.yaml:4:14: error: the range is empty: its end must lie after its start, found",
      '    "4k..4k"',
      " 4 |   - { write: 4k..4k }",
      "   |              ^^^^^^",
      "   = a range is half-open: 4k..8k is one page",
    ],
  },
  {
    title: "a reversed range",
    text: setup("{ write: 8k..4k }"),
    shown: [
      "a.yaml:4:14: error: the range is empty: its end must lie after its start, found",
      '    "8k..4k"',
      " 4 |   - { write: 8k..4k }",
      "   |              ^^^^^^",
      "   = write 4k..8k",
    ],
  },
  {
    title: "a bad end of a range",
    text: setup("{ write: 0..4q }"),
    shown: [
      "a.yaml:4:14: error: the end of the range: expected a quantity of bytes such as",
      '    512, 12k, 1m or 0x600, found "0..4q"',
      " 4 |   - { write: 0..4q }",
      "   |              ^^^^^",
    ],
  },
  {
    title: "a range past 2^53",
    text: setup("{ write: 0..9007199254740992 }"),
    shown: [
      "a.yaml:4:14: error: the end of the range: offsets and sizes must be below 2^53,",
      '    found "0..9007199254740992"',
      " 4 |   - { write: 0..9007199254740992 }",
      "   |              ^^^^^^^^^^^^^^^^^^^",
    ],
  },
  {
    title: "a list as range",
    text: setup("{ write: [0, 4k] }"),
    shown: [
      "a.yaml:4:14: error: expected a byte range from..to such as 0..12k, found a list",
      " 4 |   - { write: [0, 4k] }",
      "   |              ^^^^^^^",
    ],
  },
  {
    title: "fault-at at the end",
    text: setup("{ write: 0..4k, fault-at: 4k }"),
    shown: [
      "a.yaml:4:31: error: expected fault-at inside the range of the write (its start",
      "    included)",
      " 4 |   - { write: 0..4k, fault-at: 4k }",
      "   |                               ^^",
    ],
  },
  {
    title: "short-copy at the start",
    text: setup("{ write: 4k..8k, short-copy: 4k }"),
    shown: [
      "a.yaml:4:34: error: expected short-copy strictly inside the range of the write",
      " 4 |   - { write: 4k..8k, short-copy: 4k }",
      "   |                                  ^^",
    ],
  },
  {
    title: "short-copy at the end",
    text: setup("{ write: 4k..8k, short-copy: 8k }"),
    shown: [
      "a.yaml:4:34: error: expected short-copy strictly inside the range of the write",
      " 4 |   - { write: 4k..8k, short-copy: 8k }",
      "   |                                  ^^",
    ],
  },
  {
    title: "a kind beside ok in a variant",
    text: `${PROGRAM}variants:\n  - { base: "6.2", with: [validate], expect: ok, kind: x }\n`,
    shown: [
      "a.yaml:5:56: error: expected no kind beside the verdict ok",
      ' 5 |   - { base: "6.2", with: [validate], expect: ok, kind: x }',
      "   |                                                        ^",
      "   = only a finding has a kind",
    ],
  },
  {
    title: "a kworker without number",
    text: `${PROGRAM}schedule: [kworker/0 end, kworker end]\n`,
    shown: [
      'a.yaml:4:12: error: expected the name of a thread, found "kworker/0"',
      " 4 | schedule: [kworker/0 end, kworker end]",
      "   |            ^^^^^^^^^",
      "a.yaml:4:27: error: expected a thread of this file, setup, reclaim or kworker/N;",
      '    found "kworker"',
      " 4 | schedule: [kworker/0 end, kworker end]",
      "   |                           ^^^^^^^",
    ],
  },
  {
    title: "a control character in the schedule",
    text: `${PROGRAM}schedule: ["w until \\x07"]\n`,
    shown: [
      "a.yaml:4:12: error: expected a step: the name of a kernel function, or",
      '    FUNCTION@OFFSET, found "·"',
      ' 4 | schedule: ["w until \\x07"]',
      "   |            ^^^^^^^^^^^^^^",
      "   = there are __iomap_write_begin, iomap_writepages, shrink_folio_list,",
      "     xfs_buffered_write_iomap_begin, xfs_vm_writepages",
    ],
  },
  {
    title: "fsync with a size",
    text: setup("{ fsync: 4k }"),
    shown: [
      'a.yaml:4:14: error: expected a byte range from..to such as 0..12k, found "4k"',
      " 4 |   - { fsync: 4k }",
      "   |              ^^",
    ],
  },
  {
    title: "fsync with a map",
    text: setup("{ fsync: { from: 0 } }"),
    shown: [
      "a.yaml:4:14: error: expected {} for the whole file, or a byte range from..to,",
      "    found a map",
      " 4 |   - { fsync: { from: 0 } }",
      "   |              ^^^^^^^^^^^",
    ],
  },
  {
    title: "truncate to a range",
    text: setup("{ truncate: 0..4k }"),
    shown: [
      "a.yaml:4:17: error: expected a quantity of bytes such as 512, 12k, 1m or 0x600,",
      '    found "0..4k"',
      " 4 |   - { truncate: 0..4k }",
      "   |                 ^^^^^",
    ],
  },
  {
    title: "threads misspelt: what is in them is not missed as well",
    text: "name: x\nfile: { size: 4k }\nthread:\n  w: [{ write: 0..4k }]\n",
    shown: [
      "a.yaml:3:1: error: expected a key of a scenario: name, about, source, file,",
      "    setup, threads, budget, background, oracles, expect, variants, reached,",
      '    schedule or order, found "thread"',
      " 3 | thread:",
      "   | ^^^^^^",
      '   = did you mean "threads"?',
    ],
  },
  {
    title: "setup that is a map",
    text: `${HEAD}setup: { write: 0..4k }\n`,
    shown: [
      "a.yaml:3:8: error: expected a list of operations, found a map",
      " 3 | setup: { write: 0..4k }",
      "   |        ^^^^^^^^^^^^^^^^",
      "   = a list is written [ ONE, ANOTHER ], or a line with - each",
    ],
  },
  {
    title: "65 operations",
    text: `${HEAD}setup: [${Array(65).fill("{ read: 0..4k }").join(", ")}]\n`,
    shown: [
      "a.yaml:3:8: error: expected at most 64 operations, found 65",
      " 3 | setup: [{ read: 0..4k }, { read: 0..4k }, { read: 0..4k }, { read: 0..4k …",
      "   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
    ],
  },
  {
    title: "65 pages",
    text: setup("{ fallocate: 0..260k }"),
    shown: [
      "a.yaml:4:3: error: expected operations to touch at most 64 pages, found 65",
      " 4 |   - { fallocate: 0..260k }",
      "   |   ^^^^^^^^^^^^^^^^^^^^^^^^",
      "   = make ranges shorter: only near their ends do pages differ; command lines of",
      "     xfs_io may touch more",
    ],
  },
  {
    title: "17 threads",
    text: `${HEAD}threads:\n${Array.from({ length: 17 }, (_, i) => `  t${i}: [{ read: 0..4k }]\n`).join("")}`,
    shown: [
      "a.yaml:4:3: error: expected at most 16 threads, found 17",
      " 4 |   t0: [{ read: 0..4k }]",
      "   |   ^^^^^^^^^^^^^^^^^^^^^",
    ],
  },
  {
    title: "a thread named twice",
    text: `${HEAD}threads:\n  w: [{ write: 0..4k }]\n  w: [{ read: 0..4k }]\n`,
    shown: [
      'a.yaml:5:3: error: expected each key once, found "w" again',
      " 5 |   w: [{ read: 0..4k }]",
      "   |   ^",
    ],
  },
  {
    title: "reserved thread names",
    text: `${HEAD}threads:\n  setup: [{ write: 0..4k }]\n  kworker: [{ read: 0..4k }]\n  drain: [{ read: 0..4k }]\n`,
    shown: [
      'a.yaml:4:3: error: expected another name for the thread: "setup" is reserved',
      " 4 |   setup: [{ write: 0..4k }]",
      "   |   ^^^^^",
      'a.yaml:5:3: error: expected another name for the thread: "kworker" is reserved',
      " 5 |   kworker: [{ read: 0..4k }]",
      "   |   ^^^^^^^",
      'a.yaml:6:3: error: expected another name for the thread: "drain" is reserved',
      " 6 |   drain: [{ read: 0..4k }]",
      "   |   ^^^^^",
    ],
  },
  {
    title: "a thread name with a space",
    text: `${HEAD}threads:\n  my writer: [{ write: 0..4k }]\n`,
    shown: [
      "a.yaml:4:3: error: expected the name of a thread: letters, digits, _ and -, not",
      '    beginning with a digit, found "my writer"',
      " 4 |   my writer: [{ write: 0..4k }]",
      "   |   ^^^^^^^^^",
    ],
  },
  {
    title: "a thread reclaim beside ambient reclaim",
    text: `${HEAD}threads: { reclaim: [{ evict: 0..4k }] }\nbudget: { evictions: 1 }\n`,
    shown: [
      "a.yaml:4:9: error: expected no evictions beside a thread named reclaim: both",
      "    would be called reclaim",
      " 4 | budget: { evictions: 1 }",
      "   |         ^^^^^^^^^^^^^^^^",
      "   = rename the thread",
    ],
  },
  {
    title: "a negative budget",
    text: `${PROGRAM}budget: { evictions: -1 }\n`,
    shown: [
      'a.yaml:4:22: error: expected a whole number from 0 to 255, found "-1"',
      " 4 | budget: { evictions: -1 }",
      "   |                      ^^",
    ],
  },
  {
    title: "a budget of 256",
    text: `${PROGRAM}budget: { device-error: 256 }\n`,
    shown: [
      'a.yaml:4:25: error: expected a whole number from 0 to 255, found "256"',
      " 4 | budget: { device-error: 256 }",
      "   |                         ^^^",
    ],
  },
  {
    title: "an unknown budget",
    text: `${PROGRAM}budget: { device-errors: 1 }\n`,
    shown: [
      "a.yaml:4:11: error: expected a key of budget: short-allocation,",
      "    allocation-failure, reservation-failure, device-error, short-copy,",
      '    fatal-signal, evictions or faults, found "device-errors"',
      " 4 | budget: { device-errors: 1 }",
      "   |           ^^^^^^^^^^^^^",
      '   = did you mean "device-error"?',
    ],
  },
  {
    title: "too many ambient threads",
    text: `${PROGRAM}background: { writeback: 9 }\n`,
    shown: [
      'a.yaml:4:26: error: expected a whole number from 0 to 8, found "9"',
      " 4 | background: { writeback: 9 }",
      "   |                          ^",
    ],
  },
  {
    title: "an unknown oracle",
    text: `${PROGRAM}oracles: [content, bakcing]\n`,
    shown: [
      "a.yaml:4:20: error: expected an oracle (content, exposure, backing, results,",
      '    accounting, progress, warning), found "bakcing"',
      " 4 | oracles: [content, bakcing]",
      "   |                    ^^^^^^^",
      '   = did you mean "backing"?',
    ],
  },
  {
    title: "an oracle twice",
    text: `${PROGRAM}oracles: [content, content]\n`,
    shown: [
      'a.yaml:4:10: error: expected each of the oracles once, found "content" twice',
      " 4 | oracles: [content, content]",
      "   |          ^^^^^^^^^^^^^^^^^^",
    ],
  },
  {
    title: "no oracle",
    text: `${PROGRAM}oracles: []\n`,
    shown: [
      "a.yaml:4:10: error: expected a list of oracles that is not empty",
      " 4 | oracles: []",
      "   |          ^^",
    ],
  },
  {
    title: "an unknown verdict",
    text: `${PROGRAM}expect: { "6.0": mismatched }\n`,
    shown: [
      "a.yaml:4:18: error: expected ok, mismatch, or the oracles that must be violated",
      "    (content, exposure, backing, results, accounting, progress, warning), found",
      '    "mismatched"',
      ' 4 | expect: { "6.0": mismatched }',
      "   |                  ^^^^^^^^^^",
      '   = did you mean "mismatch"?',
    ],
  },
  {
    title: "an unknown kernel",
    text: `${PROGRAM}expect: { "6.02": ok }\n`,
    shown: [
      'a.yaml:4:11: error: expected the name of a kernel, found "6.02"',
      ' 4 | expect: { "6.02": ok }',
      "   |           ^^^^^^",
      '   = did you mean "6.0"?',
    ],
  },
  {
    title: "a kernel twice",
    text: `${PROGRAM}expect: { "6.0": ok, 6.0: mismatch }\n`,
    shown: [
      'a.yaml:4:22: error: expected each key once, found "6.0" again',
      ' 4 | expect: { "6.0": ok, 6.0: mismatch }',
      "   |                      ^^^",
    ],
  },
  {
    title: "a kind beside ok",
    text: `${PROGRAM}expect: { "6.0": { verdict: ok, kind: x } }\n`,
    shown: [
      "a.yaml:4:39: error: expected no kind beside the verdict ok",
      ' 4 | expect: { "6.0": { verdict: ok, kind: x } }',
      "   |                                       ^",
      "   = only a finding has a kind",
    ],
  },
  {
    title: "a kind without verdict",
    text: `${PROGRAM}expect: { "6.0": { kind: x } }\n`,
    shown: [
      'a.yaml:4:20: error: expected an expectation to have the key "verdict"',
      ' 4 | expect: { "6.0": { kind: x } }',
      "   |                    ^^^^",
    ],
  },
  {
    title: "a variant with an unknown fix",
    text: `${PROGRAM}variants:\n  - { base: rfc-v1, with: [cookie-under-lock], expect: ok }\n`,
    shown: [
      'a.yaml:5:28: error: expected the name of a fix, found "cookie-under-lock"',
      " 5 |   - { base: rfc-v1, with: [cookie-under-lock], expect: ok }",
      "   |                            ^^^^^^^^^^^^^^^^^",
      '   = did you mean "cookie-under-ilock"?',
    ],
  },
  {
    title: "a variant without changes",
    text: `${PROGRAM}variants:\n  - { base: rfc-v1, expect: ok }\n`,
    shown: [
      "a.yaml:5:5: error: expected a variant to add fixes (with) or to remove some",
      "    (without)",
      " 5 |   - { base: rfc-v1, expect: ok }",
      "   |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
      "   = the verdict of a plain kernel belongs into expect",
    ],
  },
  {
    title: "a fix in with and without",
    text: `${PROGRAM}variants:\n  - { base: "6.2", with: validate, without: [validate], expect: ok }\n`,
    shown: [
      'a.yaml:5:45: error: expected a fix in with or in without, found "validate" in',
      "    both",
      ' 5 |   - { base: "6.2", with: validate, without: [validate], expect: ok }',
      "   |                                             ^^^^^^^^^^",
    ],
  },
  {
    title: "an unknown window",
    text: `${PROGRAM}reached: [write-map-stale-at-foliage]\n`,
    shown: [
      "a.yaml:4:11: error: expected the name of a window, found",
      '    "write-map-stale-at-foliage"',
      " 4 | reached: [write-map-stale-at-foliage]",
      "   |           ^^^^^^^^^^^^^^^^^^^^^^^^^^",
      '   = did you mean "write-map-stale-at-folio"?',
    ],
  },
  {
    title: "an unknown thread in the schedule",
    text: `${PROGRAM}schedule: [w end, flusher end]\n`,
    shown: [
      "a.yaml:4:19: error: expected a thread of this file, setup, reclaim or kworker/N;",
      '    found "flusher"',
      " 4 | schedule: [w end, flusher end]",
      "   |                   ^^^^^^^",
    ],
  },
  {
    title: "an unknown verb in the schedule",
    text: `${PROGRAM}schedule:\n  - w goes home\n`,
    shown: [
      "a.yaml:5:5: error: expected a schedule entry: THREAD until STEP, THREAD end,",
      '    THREAD step N or { choose: NAME=VALUE }, found "w goes home"',
      " 5 |   - w goes home",
      "   |     ^^^^^^^^^^^",
    ],
  },
  {
    title: "an unknown step in the schedule",
    text: `${PROGRAM}schedule: [w until __iomap_write_begin_@8k]\n`,
    shown: [
      "a.yaml:4:20: error: expected a step: the name of a kernel function, or",
      '    FUNCTION@OFFSET, found "__iomap_write_begin_"',
      " 4 | schedule: [w until __iomap_write_begin_@8k]",
      "   |                    ^^^^^^^^^^^^^^^^^^^^^^^",
      '   = did you mean "__iomap_write_begin"?',
    ],
  },
  {
    title: "a bad offset in the schedule",
    text: `${PROGRAM}schedule: [w until __iomap_write_begin@8kb]\n`,
    shown: [
      "a.yaml:4:20: error: expected a quantity of bytes such as 512, 12k, 1m or 0x600,",
      '    found "8kb"',
      " 4 | schedule: [w until __iomap_write_begin@8kb]",
      "   |                    ^^^^^^^^^^^^^^^^^^^^^^^",
    ],
  },
  {
    title: "zero steps",
    text: `${PROGRAM}schedule: [w step 0]\n`,
    shown: [
      'a.yaml:4:19: error: expected a number of steps, found "0"',
      " 4 | schedule: [w step 0]",
      "   |                   ^",
    ],
  },
  {
    title: "an unknown choice",
    text: `${PROGRAM}schedule: [{ choose: short-alocation=1 }]\n`,
    shown: [
      'a.yaml:4:22: error: expected the name of a choice, found "short-alocation"',
      " 4 | schedule: [{ choose: short-alocation=1 }]",
      "   |                      ^^^^^^^^^^^^^^^^^",
      '   = did you mean "short-allocation"?',
    ],
  },
  {
    title: "a choice without value",
    text: `${PROGRAM}schedule: [{ choose: short-allocation }]\n`,
    shown: [
      "a.yaml:4:22: error: expected NAME=VALUE with a whole number, found",
      '    "short-allocation"',
      " 4 | schedule: [{ choose: short-allocation }]",
      "   |                      ^^^^^^^^^^^^^^^^",
    ],
  },
  {
    title: "writeback thread that is not there",
    text: `${PROGRAM}background: { writeback: 1 }\nschedule: [writeback/2 end]\n`,
    shown: [
      "a.yaml:5:12: error: expected a thread of this file, setup, reclaim or kworker/N;",
      '    found "writeback/2"',
      " 5 | schedule: [writeback/2 end]",
      "   |            ^^^^^^^^^^^",
      '   = did you mean "writeback/1"?',
    ],
  },
  {
    title: "an order without <",
    text: `${PROGRAM}order: ["w:__iomap_write_begin > w:iomap_writepages"]\n`,
    shown: [
      "a.yaml:4:9: error: expected an order such as writer:STEP@8k < flusher:STEP,",
      '    found "w:__iomap_write_begin > w:iomap_writepa…"',
      ' 4 | order: ["w:__iomap_write_begin > w:iomap_writepages"]',
      "   |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
    ],
  },
  {
    title: "an order without a step",
    text: `${PROGRAM}order: [w < w:iomap_writepages]\n`,
    shown: [
      'a.yaml:4:9: error: expected THREAD:STEP, found "w"',
      " 4 | order: [w < w:iomap_writepages]",
      "   |         ^",
    ],
  },
  {
    title: "an order with an unknown thread",
    text: `${PROGRAM}order: [w:iomap_writepages < x:iomap_writepages@4k]\n`,
    shown: [
      "a.yaml:4:30: error: expected a thread of this file, setup, reclaim or kworker/N;",
      '    found "x"',
      " 4 | order: [w:iomap_writepages < x:iomap_writepages@4k]",
      "   |                              ^",
      '   = did you mean "w"?',
    ],
  },
  {
    title: "an order of a step with itself",
    text: `${PROGRAM}order: [w:iomap_writepages < w:iomap_writepages]\n`,
    shown: [
      "a.yaml:4:9: error: expected two different steps around <",
      " 4 | order: [w:iomap_writepages < w:iomap_writepages]",
      "   |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
    ],
  },
  {
    title: "a long line",
    text: `${HEAD}setup: [${Array(20).fill("{ read: 0..4k }").join(", ")}, { raed: 0..4k }, ${Array(20).fill("{ read: 0..4k }").join(", ")}]\n`,
    shown: [
      ...noOperation("a.yaml:3:351:", '"raed"'),
      " 3 | … }, { read: 0..4k }, { raed: 0..4k }, { read: 0..4k }, { read: 0..4k }, …",
      "   |                         ^^^^",
      '   = did you mean "read"?',
    ],
  },
  {
    title: "CRLF line ends",
    text: "name: x\r\nfile: { size: 4kb }\r\nsetup: [{ write: 0..4k }]\r\n",
    shown: [
      "a.yaml:2:15: error: expected a quantity of bytes such as 512, 12k, 1m or 0x600,",
      '    found "4kb"',
      " 2 | file: { size: 4kb }",
      "   |               ^^^",
    ],
  },
  {
    title: "a byte order mark",
    text: "\uFEFFnaem: x\nfile: { size: 4k }\nsetup: [{ write: 0..4k }]\n",
    shown: [
      "a.yaml:1:1: error: expected a key of a scenario: name, about, source, file,",
      "    setup, threads, budget, background, oracles, expect, variants, reached,",
      '    schedule or order, found "naem"',
      " 1 | naem: x",
      "   | ^^^^",
      '   = did you mean "name"?',
    ],
  },
  {
    title: "several errors at once",
    text: 'name: x\nfile: { size: 4k, blok: 1k }\nsetup:\n  - wirte: 0..4k\n  - { write: 8k..4k }\nexpect: { "6.0": bad }\n',
    shown: [
      'a.yaml:2:19: error: expected a key of file: size, block or page, found "blok"',
      " 2 | file: { size: 4k, blok: 1k }",
      "   |                   ^^^^",
      '   = did you mean "block"?',
      ...noOperation("a.yaml:4:5:", '"wirte"'),
      " 4 |   - wirte: 0..4k",
      "   |     ^^^^^",
      '   = did you mean "write"?',
      "a.yaml:5:14: error: the range is empty: its end must lie after its start, found",
      '    "8k..4k"',
      " 5 |   - { write: 8k..4k }",
      "   |              ^^^^^^",
      "   = write 4k..8k",
      "a.yaml:6:18: error: expected ok, mismatch, or the oracles that must be violated",
      "    (content, exposure, backing, results, accounting, progress, warning), found",
      '    "bad"',
      ' 6 | expect: { "6.0": bad }',
      "   |                  ^^^",
    ],
  },
  {
    title: "deep flow nesting",
    text: `a: ${"[".repeat(40)}\n`,
    shown: [
      "a.yaml:1:36: error: expected at most 32 levels of nesting",
      " 1 | a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
      "   |                                    ^",
    ],
  },
  {
    title: "deep block nesting",
    text: `${"- ".repeat(40)}a\n`,
    shown: [
      "a.yaml:1:1: error: expected at most 32 levels of nesting",
      " 1 | - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -…",
      "   | ^",
    ],
  },
  ...[
    {
      title: "a lap among operations",
      threads: "f: [{ repeat: [{ read: 0..4k }] }]",
      shown: [
        ...noOperation("a.yaml:3:18:", '"repeat"'),
        " 3 | threads: { f: [{ repeat: [{ read: 0..4k }] }] }",
        "   |                  ^^^^^^",
        "   = a whole thread repeats: NAME: { repeat: [{ writeback: 0..8k }] }",
      ],
    },
    {
      title: "threads that all repeat",
      threads: "f: { repeat: [{ read: 0..4k }] }",
      shown: [
        "a.yaml:3:10: error: expected a thread that does not repeat: laps go on for as",
        "    long as one does",
        " 3 | threads: { f: { repeat: [{ read: 0..4k }] } }",
        "   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "   = write one as a list, NAME: [{ write: 0..4k }]",
      ],
    },
    {
      title: "a lap that appends",
      threads: "w: [{ read: 0..4k }], f: { repeat: [{ append: 4k }] }",
      shown: [
        "a.yaml:3:48: error: expected no append in a thread that repeats: where its bytes",
        "    go has no end",
        " 3 | threads: { w: [{ read: 0..4k }], f: { repeat: [{ append: 4k }] } }",
        "   |                                                ^^^^^^^^^^^^^^",
      ],
    },
    {
      title: "a thread with operations and laps",
      threads: "f: { ops: [{ read: 0..4k }], repeat: [{ read: 0..4k }] }",
      shown: [
        "a.yaml:3:49: error: expected ops or repeat, found both",
        " 3 | threads: { f: { ops: [{ read: 0..4k }], repeat: [{ read: 0..4k }] } }",
        "   |                                                 ^^^^^^^^^^^^^^^^^",
      ],
    },
    {
      title: "a thread without either",
      threads: "f: { fd: own }",
      shown: [
        'a.yaml:3:15: error: expected a thread to have the key "ops" or "repeat"',
        " 3 | threads: { f: { fd: own } }",
        "   |               ^^^^^^^^^^^",
      ],
    },
  ].map(({ title, threads, shown }) => ({ title, text: `${HEAD}threads: { ${threads} }\n`, shown })),
];
