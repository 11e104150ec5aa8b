/** Command lines of xfs_io and programs of syzkaller: what is read, and what is said of the rest. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseFile } from "../../src/cli/input/files.js";
import { printOp } from "../../src/scenario/language/print-ops.js";
import type { HowRead } from "../../src/scenario/reports/how-read.js";
import { Expander } from "../../src/scenario/reports/shell-expand.js";
import { commandsOf, readScript } from "../../src/scenario/reports/shell-syntax.js";
import { ShellValues } from "../../src/scenario/reports/shell-values.js";
import { looksLikeSyz, parseSyz } from "../../src/scenario/reports/syz.js";
import { looksLikeXfsIo, parseXfsIo } from "../../src/scenario/reports/xfs-io.js";
import type { Scenario } from "../../src/scenario/types.js";
import { renderDiagnostics } from "../../src/scenario/yaml/diagnostic.js";

type Parse = typeof parseXfsIo;

function read(parse: Parse, text: string, how: HowRead = {}): Scenario {
  const result = parse(text, "a.sh", how);
  if ("diagnostics" in result) throw new Error(renderDiagnostics(result.diagnostics));
  return result.scenario;
}

function shown(parse: Parse, text: string, how: HowRead = {}): string[] {
  const { setup, threads } = read(parse, text, how);
  const all = [{ name: "setup", ops: setup }, ...threads].filter(({ ops }) => ops.length > 0);
  return all.flatMap(({ name, ops }) => ops.map((op) => `${name} ${printOp(op).slice(2, -2)}`));
}

function refused(parse: Parse, text: string, how: HowRead = {}): string {
  const result = parse(text, "a.sh", how);
  return "diagnostics" in result ? renderDiagnostics(result.diagnostics) : "read";
}

describe("xfs_io", () => {
  const G567 = readFileSync("test/data/public-reports/46-punch-and-map.sh", "utf8");
  const PUNCHED = ["xfs_io store: 2k..10k", "xfs_io punch: 2k..10k", "xfs_io store: 2k..10k"];
  const WRITTEN = [
    "xfs_io truncate: 0",
    "xfs_io write: 0..4k",
    "xfs_io write: 4k..8k",
    "xfs_io write: 8k..12k",
  ];

  it("is read as fstests writes it, pwrite call by call", () => {
    expect(looksLikeXfsIo(G567)).toBe(true);
    expect(shown(parseXfsIo, G567)).toEqual([...WRITTEN, ...PUNCHED]);
    expect(read(parseXfsIo, G567).isPart).toBeUndefined();
  });

  it.each<[string, string, string[]]>([
    [
      "a test's shell, with variables and lines that go on",
      `#! /bin/bash\n. ./common/preamble\n_begin_fstest auto quick\nlen=8192\n\n# comment "pwrite 0 1"\n$XFS_IO_PROG -f -c "pwrite -b 64k 0 $len" \\\n  -c 'falloc -k 8k 4k' "$testfile" >> $seqres.full 2>&1\nmd5sum $testfile | _filter_scratch\nstatus=0\nexit\n`,
      ["xfs_io write: 0..8k", "xfs_io fallocate: 8k..12k, keep-size: true", "xfs_io read: 0..12k"],
    ],
    [
      "commands behind prompts",
      "xfs_io> pwrite 0 512\nwrote 512/512 bytes at offset 0\nxfs_io> fzero 0 256\nxfs_io> truncate 1k\nxfs_io> fsync\n",
      ["xfs_io write: 0..512", "xfs_io zero: 0..256", "xfs_io truncate: 1k", "xfs_io fsync: {}"],
    ],
    [
      "mappings, msync and sync",
      'xfs_io -c "mmap -rw 4k 8k" -c mread -c "mwrite -S 0x5a 4k 1k" -c "msync -s" f; sync\n',
      ["xfs_io load: 4k..12k", "xfs_io store: 4k..5k", "xfs_io msync: 4k..12k", "xfs_io fsync: {}"],
    ],
    [
      "what forgets a mapping, and a close",
      'xfs_io -c "mmap 0 4k" -c "madvise -d 0 4k" -c "funshare 0 4k" -c close -c "open f" -c "pwrite -U 0 4k" -c "pread -U 0 4k" -c "fwzero 0 4k" -c "copy_range -s 1k -d 8k -l 2k f" f\n',
      [
        ...["xfs_io madvise: 0..4k", "xfs_io unshare: 0..4k", "xfs_io close: {}"],
        ...["xfs_io write: 0..4k, dontcache: true", "xfs_io read: 0..4k, dontcache: true"],
        ...["xfs_io write_zeroes: 0..4k", "xfs_io copy_range: 1k..3k, to: 8k"],
      ],
    ],
    [
      "what moves, and appends",
      'xfs_io -fac "pwrite 0 4k" -c "finsert 0 8k" f\nxfs_io -c "fcollapse 4k 4k" -c "pwrite 0 1k" f\n',
      ["xfs_io append: 4k", "xfs_io insert: 0..8k", "xfs_io collapse: 4k..8k", "xfs_io write: 0..1k"],
    ],
    [
      "lines that run beside others",
      'xfs_io -fc "pwrite 0 4k" f\nxfs_io -c "pwrite 1k 1k" f &\nxfs_io -c "fpunch 0 4k" f &\nxfs_io -c "pread 0 4k" f\nwait\n',
      ["setup write: 0..4k", "xfs_io-1 write: 1k..2k", "xfs_io-2 punch: 0..4k", "xfs_io read: 0..4k"],
    ],
    [
      "groups and pipelines in the background, until all of them are waited for",
      'xfs_io -fc "pwrite 0 4k" f\n(xfs_io -c "fpunch 0 1k" f; xfs_io -c "pwrite 0 1k" f) &\n{ xfs_io -c "pread 0 2k" f\n} > log &\n' +
        'xfs_io -c "truncate 6k" f | cat &\np=$!\nwait $p\nxfs_io -c "pread 0 4k" f\nwait\nxfs_io -c "pread 0 16k" f; sync\n',
      [
        "setup write: 0..4k",
        "xfs_io-1 punch: 0..1k",
        "xfs_io-1 write: 0..1k",
        "xfs_io-2 read: 0..2k",
        "xfs_io-3 truncate: 6k",
        "xfs_io read: 0..4k",
      ],
    ],
    [
      "ranges up to the end",
      'xfs_io -fc "pwrite 0 4k" -c "sync_range -w 1k 0" -c "fadvise -d 0 0" -c "sync_range 4k 0" f\n',
      ["xfs_io write: 0..4k", "xfs_io writeback: 1k..4k", "xfs_io fadvise: 0..4k"],
    ],
    [
      "what is waited for before anything ran beside it",
      'xfs_io -fc "pwrite 0 4k" f &\nwait $!\nxfs_io -c "fpunch 0 1k" f &\nxfs_io -c "pread 0 4k" f\n',
      ["setup write: 0..4k", "xfs_io-1 punch: 0..1k", "xfs_io read: 0..4k"],
    ],
    [
      "functions and arithmetic",
      'blksz=$(_get_block_size $SCRATCH_MNT)\nlen=$((blksz * 4 - 0x800))\n_pass()\n{\n  xfs_io -c "sync_range -w 0 $len" f\n}\n' +
        `xfs_io -fc "falloc 0 \${len}" f\n_pass > /dev/null &\nxfs_io -c "pwrite $(((len + 1) / 2)) $((2*blksz))" f\nkill -0 $!\nwait\n`,
      [
        "setup fallocate: 0..14k",
        "xfs_io-1 writeback: 0..14k",
        "xfs_io write: 7k..11k",
        "xfs_io write: 11k..15k",
      ],
    ],
    [
      "loops over values that are known",
      `for i in 0 1; do xfs_io -c "pwrite $((i*4096)) 1k" f; done\nfor o in $(seq 0 4 8) \`seq 1 2\`; do xfs_io -c "fpunch \${o}k 1k" f; done\n` +
        `for x in {3..2}; do xfs_io -c "fzero \${x}k 1k" f; done\nfor ((i = 1; i <= 2; i++)); do xfs_io -c "falloc $(( i << 12 )) 1k" f; done\n`,
      [
        ...["xfs_io write: 0..1k", "xfs_io write: 4k..5k"],
        ...["xfs_io punch: 0..1k", "xfs_io punch: 4k..5k", "xfs_io punch: 8k..9k"],
        ...["xfs_io punch: 1k..2k", "xfs_io punch: 2k..3k", "xfs_io zero: 3k..4k", "xfs_io zero: 2k..3k"],
        ...["xfs_io fallocate: 4k..5k", "xfs_io fallocate: 8k..9k"],
      ],
    ],
    [
      "loops that count, and what numbers decide",
      `i=0\nwhile [ $i -lt 3 ]; do\n  if ((i % 2)); then xfs_io -c "pwrite \${i}k 1k" f; else xfs_io -c "pread \${i}k 1k" f; fi\n  let i++\ndone\n` +
        `until [ $i -eq 0 ]; do xfs_io -c "truncate \${i}k" f; i=$((i - 2 + i % 2)); done\n`,
      [
        ...["xfs_io read: 0..1k", "xfs_io write: 1k..2k", "xfs_io read: 2k..3k"],
        ...["xfs_io truncate: 3k", "xfs_io truncate: 2k"],
      ],
    ],
    [
      "functions with arguments, and variables that are lists",
      `offs="0 8192"\npunch() {\n  local len=\${2:-512}\n  $XFS_IO_PROG -c "fpunch $1 $len" f\n}\nfor o in $offs; do punch $o 1k; done\npunch 4k\n`,
      ["xfs_io punch: 0..1k", "xfs_io punch: 8k..9k", "xfs_io punch: 4k..0x1200"],
    ],
    [
      "functions that hand on what they are given",
      't() { xfs_io "$@" f; }\nt -f -c "pwrite 0 1k" -c fsync\n(t -c "fpunch 0 1k") & t -c "pread 0 1k"; wait\n',
      ["setup write: 0..1k", "setup fsync: {}", "xfs_io-1 punch: 0..1k", "xfs_io read: 0..1k"],
    ],
    [
      "commands in a document, and in what is printed",
      'xfs_io -f f <<EOF > log\npwrite 0 1k\n  fsync\nEOF\nout=$(xfs_io -c "pread 0 1k" f)\n',
      ["xfs_io write: 0..1k", "xfs_io fsync: {}", "xfs_io read: 0..1k"],
    ],
    [
      "dd, fallocate and truncate, of the same file only",
      "dd if=/dev/zero of=disk.img bs=1M count=300\ntruncate -s 1G disk.img\nxfs_io -fc fsync /mnt/f\ndd if=/dev/zero of=/mnt/f bs=1k count=2 seek=1 conv=notrunc,fsync\n" +
        "fallocate -p -o 1KiB -l 512 /mnt/f; fallocate --length 4k -n /mnt/f\ntruncate -s 3k /mnt/f\ndd if=/mnt/f of=/dev/null bs=1k count=1 skip=1\n",
      [
        ...["xfs_io fsync: {}", "xfs_io write: 1k..2k", "xfs_io write: 2k..3k", "xfs_io fsync: {}"],
        ...["xfs_io punch: 1k..0x600", "xfs_io fsync: {}", "xfs_io fallocate: 0..4k, keep-size: true"],
        ...["xfs_io fsync: {}", "xfs_io truncate: 3k", "xfs_io read: 1k..2k"],
      ],
    ],
    [
      "helpers of fstests, and modes of falloc",
      "_pwrite_byte 0x62 1k 512 $f >> log\n_mwrite_byte 0x63 0 256 4096 $f\n_mwrite_byte_and_msync 0x64 0 16 4k $f\n_mread $f 0 1k\n$XFS_IO_PROG -c 'falloc -p 0 1k' -c 'falloc -i 0 4k' $f\n",
      [
        ...["xfs_io write: 1k..0x600", "xfs_io store: 0..256", "xfs_io store: 0..16", "xfs_io msync: 0..4k"],
        ...["xfs_io load: 0..1k", "xfs_io punch: 0..1k", "xfs_io insert: 0..4k"],
      ],
    ],
    [
      "a test of fstests that goes on with a new file",
      'trap "_cleanup; exit" 0 1\nf=$D/t.$seq\n$XFS_IO_PROG -t -f \\\n-c "mmap -rw 0 5k" `# mmap  |    |` \\\n-c "mremap -m 6k" -c mread $f | head -n1\nrm -f $f\n_require_scratch x\nxfs_io -f -c "pwrite 0 1k" $f\nxfs_io -ft -c fsync $f; rm $f\n',
      [
        ...["xfs_io truncate: 0", "xfs_io load: 0..6k", "xfs_io truncate: 0", "xfs_io write: 0..1k"],
        ...["xfs_io truncate: 0", "xfs_io fsync: {}"],
      ],
    ],
    [
      "a loop that was typed, with its second prompt",
      '$ f=/mnt/f\n$ for o in 0 4k; do\n> xfs_io -c "pwrite $o 1k" $f\n> done\nwrote 1024/1024 bytes at offset 0\n$ xfs_io -c "open /mnt/f" -c fsync\n',
      ["xfs_io write: 0..1k", "xfs_io write: 4k..5k", "xfs_io fsync: {}"],
    ],
    [
      "a patch in a mail",
      'Hi,\n> diff --git a/t b/t\n> +++ b/t\n> @@ -0,0 +1,4 @@\n> +#! /bin/bash\n> -xfs_io -c "pwrite 0 9k" f\n> +xfs_io -c "pwrite 0 1k" f &\n>  xfs_io -c "fpunch 0 4k" f\n> +wait\n> -- \n> 2.40\n',
      ["xfs_io-1 write: 0..1k", "xfs_io punch: 0..4k"],
    ],
    [
      "a session in a mail, with quotes as a word processor makes them",
      'It is easy:\n[root@vm ~]# xfs_io -f -c \u201cpwrite 0 512\u201d \\\n> -c "fzero 0 256" f\nwrote 512/512 bytes at offset 0\n$ md5sum f\n',
      ["xfs_io write: 0..512", "xfs_io zero: 0..256", "xfs_io read: 0..512"],
    ],
  ])("%s", (_, text, ops) => {
    expect(looksLikeXfsIo(text)).toBe(true);
    expect(shown(parseXfsIo, text)).toEqual(ops);
    expect(read(parseXfsIo, text).isPart).toBeUndefined();
  });

  it.each<[string, string, RegExp]>([
    ["direct I/O", 'xfs_io -d -c "pwrite 0 4k" f', /a\.sh:1:8: error: the model has no direct I\/O/],
    ["clones", 'xfs_io -c "pwrite 0 4k" -c "reflink g 0 0 4k" f', /1:28: error: the model has no reflink/],
    ["crashes", 'xfs_io -c "pwrite 0 4k" -c "shutdown" f', /the model has no crash/],
    ["non-blocking writes", 'xfs_io -c "pwrite -N 0 4k" f', /the model has no non-blocking I\/O/],
    [
      "other files",
      'xfs_io -c "pwrite 0 4k" f\nxfs_io -c "pwrite 0 4k" g',
      /2:25: error: the model has no other files/,
    ],
    [
      "other files by one name",
      "f=$d/a\nxfs_io -c fsync $f\nf=$d/b\nxfs_io -c fsync $f",
      /4:17: error: the model has no other files/,
    ],
    ["variables without a value", 'xfs_io -c "pwrite 0 $x" f', /found "\$x"/],
    ["arithmetic of the shell", 'xfs_io -c "pwrite 0 $((4*k))" f', /a shell\s+is not asked/],
    ["a misspelt command", 'xfs_io -c "pwrit 0 4k" f', /expected a command of xfs_io, found "pwrit"/],
    [
      "a command that is not known, in a document",
      "xfs_io -f f << 'E'\nfsync\n  pwrit 0 1\nE\n",
      /3:3: error: expected a command of xfs_io/,
    ],
    [
      "direct I/O of dd",
      "xfs_io -fc fsync f\ndd if=/dev/zero of=f bs=4k count=1 oflag=direct",
      /2:1: error: the model has no direct I\/O/,
    ],
    ["a missing length", 'xfs_io -c "pwrite 0" f', /pwrite: expected an offset and a length/],
  ])("%s is refused", (_, text, message) => {
    expect(refused(parseXfsIo, text)).toMatch(message);
  });

  it.each<[string, string, RegExp]>([
    [
      "bodies of loops stand once",
      'for i in 1 2; do\nxfs_io -c "pwrite 0 1k" f &\nxfs_io -c "fpunch 0 1k" f\nwait\ndone\n',
      /what a loop does again, at 1:1/,
    ],
    [
      "loops without end go round once",
      'while true; do xfs_io -c "pwrite 0 1k" -c fsync f; done',
      /what a loop does again, at 1:1/,
    ],
    [
      "what only a shell can decide",
      'if grep -q x y; then xfs_io -c "pwrite 0 1k" -c fsync f; else xfs_io -c "truncate 0" f; fi',
      /what a shell may decide otherwise at 1:4 /,
    ],
    ["what a shell writes itself", 'xfs_io -c "pwrite 0 1k" -c fsync f; echo x >> f', /what "echo" writes/],
    [
      "what changes the file after a race",
      'xfs_io -c "pwrite 0 1k" f &\nxfs_io -c "fpunch 0 1k" f &\nwait\nxfs_io -c "pread 0 1k" -c "truncate 0" f\n',
      /what runs after wait/,
    ],
  ])("%s, which is a part", (_, text, note) => {
    const scenario = read(parseXfsIo, text);
    expect(scenario.isPart).toBe(true);
    expect(scenario.notes?.join()).toMatch(note);
    expect(scenario.threads.flatMap(({ ops }) => ops)).toHaveLength(2);
  });

  it("functions that call others many times come to an end", () => {
    const text = Array.from({ length: 40 }, (_, i) => `f${i}() {\nf${i - 1} &\nf${i - 1}\n}\n`).join("");
    expect(refused(parseXfsIo, `f-1() {\nxfs_io -c "pwrite 0 1k" f\n}\n${text}f39\n`)).toMatch(
      /expected a script that runs at most/,
    );
  });

  it("a function that calls itself comes to an end", () => {
    const text = 'xfs_io -c fsync f\nf() {\nf "$@" "$@"\n}\nf 1\n';
    expect(refused(parseXfsIo, text)).toMatch(/expected a script that runs at most/);
  });

  it("loops in loops come to an end", () => {
    const text = `xfs_io -c fsync f\n${"for i in {1..64}; do ".repeat(9)}:; ${"done; ".repeat(9)}`;
    expect(refused(parseXfsIo, text)).toMatch(/expected a script that runs at most/);
  });

  it("groups without end come to one", () => {
    const text = `xfs_io -c fsync f\n${"if [ 1 -lt 2 ]; then ".repeat(50_000)}`;
    expect(refused(parseXfsIo, text)).toMatch(/60\s+deep/);
  });

  it("what is left out makes it a part", () => {
    const scenario = read(parseXfsIo, 'xfs_io -c "pwrite 0 4k" -c "reflink g 0 0 4k" f\nmystery f\n', {
      leaveOut: ["clone"],
    });
    expect(scenario.isPart).toBe(true);
    expect(scenario.notes?.join()).toContain('reflink and "mystery", which is not read');
  });
});

it("words of a shell keep their places", () => {
  const text = 'a \'b c\' "d\\"e"f # g\n\\\n  h;i & j';
  const expander = new Expander(new ShellValues({ page: 4096, block: 4096 }), {
    substitute: () => undefined,
  });
  const commands = [...commandsOf(readScript(text).script)];
  const words = commands.map(({ name, args }) =>
    expander.fields([name, ...args].filter((one) => one?.type === "Word")),
  );
  expect(words.map((some) => some.map((word) => word.text))).toEqual([
    ["a", "b c", 'd"ef'],
    ["h"],
    ["i"],
    ["j"],
  ]);
  for (const word of words.flat()) expect(text.slice(word.start, word.end)).not.toBe("");
});

describe("syzkaller", () => {
  const OPEN = "r0 = open(&(0x7f0000000000)='./file0\\x00', 0x42, 0x0)\n";

  it("is read where the model has it", () => {
    const text = readFileSync("test/data/public-reports/48-syz.txt", "utf8");
    expect(looksLikeSyz(text)).toBe(true);
    expect(shown(parseSyz, text)).toEqual([
      "syz write: 5k..0x1401",
      "syz fallocate: 0..64k, keep-size: true",
      "syz truncate: 2k",
    ]);
  });

  it.each<[string, string, string[]]>([
    [
      "copies within the file, and calls with RWF_DONTCACHE",
      'copy_file_range(r0, &(0x7f0000000040)=0x400, r0, &(0x7f0000000080)=0x2000, 0x800, 0x0)\ncopy_file_range(r0, 0x0, r0, 0x0, 0x1000)\npwritev2(r0, &(0x7f0000000000)=[{&(0x7f0000000040)="aa", 0x200}, {&(0x7f0000000080), 0x200}], 0x2, 0x1000, 0x0, 0x80)\n',
      ["syz copy_range: 1k..3k, to: 8k", "syz write: 4k..5k, dontcache: true"],
    ],
    [
      "what syzkaller is to work out, and vectors",
      `pwrite64(r0, &AUTO="616161", AUTO, 0x400)\nwrite(r0, &AUTO='abcd', AUTO) (fail_nth: 3)\nwritev(r0, &AUTO=[{&AUTO="aabb", AUTO}, {&AUTO=""/16, AUTO}], 0x2)\npreadv(r0, &AUTO=[{&AUTO=""/10, AUTO}], 0x1, 0x0, 0x0)\n`,
      ["syz write: 1k..0x403", "syz write: 0..4", "syz write: 4..22", "syz read: 0..10"],
    ],
    [
      "positions of descriptors",
      'write(r0, &(0x7f0000000040)="aabb", 0x400)\nread(r0, &(0x7f0000000080)=""/16, 0x10)\nlseek(r0, 0x0, 0x0)\nwrite(r0, &(0x7f0000000040), 0x8)\n',
      ["syz write: 0..1k", "syz read: 1k..0x410", "syz write: 0..8"],
    ],
    [
      "modes of fallocate, with comments",
      "# {Threaded:true}\nfallocate(r0, 0x3, 0x0, 0x1000)\nfallocate(r0, 0x10, 0x0, 0x1000)\nfallocate(r0, 0x0, 0x0, 0x2000)\nfallocate(r0, 0x8, 0x0, 0x1000)\nfallocate(r0, 0x20, 0x0, 0x1000)\nfallocate(r0, 0x40, 0x0, 0x1000)\nfallocate(r0, 0x80, 0x0, 0x1000)\nclose(r0)\n",
      [
        "syz punch: 0..4k",
        "syz zero: 0..4k",
        "syz fallocate: 0..8k",
        "syz collapse: 0..4k",
        "syz insert: 0..4k",
        "syz unshare: 0..4k",
        "syz write_zeroes: 0..4k",
        "syz close: {}",
      ],
    ],
    [
      "calls beside others",
      'pwrite64(r0, &(0x7f0000000040)="aa", 0x1000, 0x0)\nfsync(r0) (async)\nftruncate(r0, 0x10)\n',
      ["setup write: 0..4k", "syz-1 fsync: {}", "syz truncate: 16"],
    ],
    [
      "stores into mapped memory, before the call that they are for",
      [
        "mmap(&(0x7f0000001000/0x2000)=nil, 0x2000, 0x3, 0x11, r0, 0x1000)",
        'pwrite64(r0, &(0x7f0000001010)="aabbcc", 0x3, 0x0)',
        "stat(&(0x7f0000002ffc)='./file0\\x00', &(0x7f0000000000))",
        "munmap(&(0x7f0000001000/0x2000)=nil, 0x2000)",
        'pwrite64(r0, &(0x7f0000001010)="aa", 0x1, 0x0)\n',
      ].join("\n"),
      [
        "syz store: 0x1010..0x1013",
        "syz write: 0..3",
        "syz store: 0x2ffc..12k",
        "syz write: 0..1, fault-at: 0",
      ],
    ],
    [
      "no stores into a private mapping",
      'mmap(&(0x7f0000001000/0x1000)=nil, 0x1000, 0x3, 0x12, r0, 0x0)\npwrite64(r0, &(0x7f0000001000)="aa", 0x1, 0x0)\n',
      ["syz write: 0..1"],
    ],
  ])("%s", (_, text, ops) => {
    expect(shown(parseSyz, OPEN + text)).toEqual(ops);
  });

  it("names what the model does not have", () => {
    expect(refused(parseSyz, OPEN.replace("0x42", "0x4042"))).toContain("the model has no direct I/O");
    expect(refused(parseSyz, `${OPEN}ioctl$FICLONE(r0, 0x40049409, r0)\n`)).toContain(
      "the model has no reflink",
    );
    const rest = read(
      parseSyz,
      `${OPEN}ftruncate(r0, 0x8)\nr1 = socket(0x1)\nsendmsg(r1, &(0x7f0000000040), 0x0)\n`,
    );
    expect(rest).toMatchObject({ isPart: true, notes: ["left out, and this is about the rest: sendmsg"] });
  });

  it("is one program of syzkaller's log", () => {
    const log = `2024/01/02 03:04:05 executing program 0:\n${OPEN}ftruncate(r0, 0x800)\n`;
    expect(shown(parseSyz, log)).toEqual(["syz truncate: 2k"]);
    expect(refused(parseSyz, log + log)).toMatch(/a\.sh:4:1: error: expected one program of syzkaller/);
  });

  it("refuses what is no call", () => {
    expect(refused(parseSyz, `${OPEN}hello\n`)).toContain("expected a call of syzkaller");
  });
});

it.each([
  ["a program in C", "#include <fcntl.h>\nint main(void)\n{\n}\n", /programs in C are not read/],
  [
    "a mail of syzbot",
    "Subject: [syzbot] WARNING\n\nsyz repro: https://a.b/c\n",
    /behind the link "syz repro"/,
  ],
])("%s is told what to give instead", (_, text, remedy) => {
  const read = parseFile("a.txt", text);
  expect("diagnostics" in read && renderDiagnostics(read.diagnostics).replace(/\s+/g, " ")).toMatch(remedy);
});
