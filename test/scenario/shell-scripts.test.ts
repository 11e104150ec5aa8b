/** Shell scripts around xfs_io: commands that read the file, sizes that they state, and what only a shell decides. */
import { describe, expect, it } from "vitest";
import { printOp } from "../../src/scenario/language/print-ops.js";
import type { HowRead } from "../../src/scenario/reports/how-read.js";
import { parseSyz } from "../../src/scenario/reports/syz.js";
import { parseXfsIo } from "../../src/scenario/reports/xfs-io.js";
import type { Scenario } from "../../src/scenario/types.js";
import { renderDiagnostics } from "../../src/scenario/yaml/diagnostic.js";

type Parse = typeof parseXfsIo;

function read(text: string, how: HowRead = {}, parse: Parse = parseXfsIo): Scenario {
  const result = parse(text, "a.sh", how);
  if ("diagnostics" in result) throw new Error(renderDiagnostics(result.diagnostics));
  return result.scenario;
}

function refused(text: string, how: HowRead = {}): string {
  const result = parseXfsIo(text, "a.sh", how);
  return "diagnostics" in result ? renderDiagnostics(result.diagnostics) : "read";
}

const opsOf = ({ setup, threads }: Scenario): string[] =>
  [{ name: "setup", ops: setup }, ...threads].flatMap(({ name, ops }) =>
    ops.map((op) => `${name.replace("xfs_io", "")}${printOp(op).slice(2, -2)}`),
  );

const WRITES = `f=$SCRATCH_MNT/a\nxfs_io -fc "pwrite 0 3k" $f\n`;
const ALL = "read: 0..3k";

describe("commands that name the file", () => {
  it.each<[string, string[]]>([
    ["md5sum $f | _filter_scratch", [ALL]],
    ["od -Ax -tx1 $f", [ALL]],
    ["cat $SCRATCH_MNT/a > /dev/null", [ALL]],
    ["cat < $f", [ALL]],
    ["/usr/bin/hexdump -C <$f", [ALL]],
    ["LC_ALL=C sudo cmp $f $f.ref || echo differs", [ALL]],
    ["$XXD_PROG $f", [ALL]],
    ['sum=$(md5sum $f | cut -d" " -f1)', [ALL]],
    ["echo `sha1sum $f`", [ALL]],
    ["cd $SCRATCH_MNT; wc -c a", [ALL]],
    ["head -c 10 $SCRATCH_MNT/*", [ALL]],
    ["if ! cmp -s $f $f.ref; then echo differs; fi", [ALL]],
    ["sum() {\nmd5sum $1\n}\nsum $f", [ALL]],
    ["{ cat\n} <$f | od", [ALL]],
    ["(cat; true) < $f >/dev/null", [ALL]],
    ["truncate -s 5k $f\nmd5sum $f", ["truncate: 5k", "read: 0..5k"]],
    ["xfs_io -ac 'pwrite 0 1k' $f\nmd5sum $f", ["append: 1k", "read: 0..4k"]],
    ["echo 3 > /proc/sys/vm/drop_caches", ["evict: 0..64k"]],
    ["_scratch_cycle_mount; md5sum $f", ["fsync: {}", "evict: 0..64k", ALL]],
    ["stat $f; ls -l $f; filefrag -v $f; touch $f; echo $f; [ -e $f ]; rm -f $f", []],
    ["md5sum $f.ref; cat $tmp.out; echo x > $f.log; md5sum $SCRATCH_MNT/other", []],
  ])("%s", (line, ops) => {
    const scenario = read(`${WRITES}${line}\n`);
    expect(opsOf(scenario)).toEqual(["write: 0..3k", ...ops]);
    expect(scenario.isPart).toBeUndefined();
  });

  it("read as far as the file reaches, from a thread of their own, too", () => {
    const text = `${WRITES}xfs_io -c "pwrite 3k 1k" $f &\nmd5sum $f &\nwait\n`;
    expect(opsOf(read(text))).toEqual(["setupwrite: 0..3k", "-1write: 3k..4k", "-2read: 0..4k"]);
  });

  it.each<[string, RegExp]>([
    ["sed -i s/a/b/ $f", /what "sed" does, at 3:1/],
    ["timeout 5 md5sum $f", /what "timeout" does, at 3:1/],
    ["mount -o loop $f /mnt2", /what "mount" does/],
    ["cat x > $f", /what "cat" writes/],
    ["cat x >>$f", /what "cat" writes/],
    ["tee $f < x", /what "tee" does/],
    ["for i in 1 2; do echo x; done > $f", /what "done" writes/],
    ["(echo x; echo y) >> $f", /what "\)" writes/],
    ["mystery $f", /"mystery", which is not read/],
    ["cp $f $f.2", /"cp", which is not read/],
    ["md5sum $1", /what "md5sum" does, at 3:1/],
  ])("%s is named", (line, note) => {
    const scenario = read(`${WRITES}${line}\n`);
    expect(scenario.isPart).toBe(true);
    expect(scenario.notes?.join()).toMatch(note);
    expect(opsOf(scenario)).toEqual(["write: 0..3k"]);
  });
});

describe("sizes that a script states", () => {
  const OF_1K = { block: 1024, page: 4096 };
  it.each<[string, { block: number; page: number }]>([
    [`_scratch_mkfs_blocksized 1024 >> $seqres.full\n${WRITES}`, OF_1K],
    [`bs=1k\n_scratch_mkfs_blocksized $bs\n${WRITES}`, OF_1K],
    [`_scratch_mkfs_sized $((256 * 1024)) 1024\n${WRITES}`, OF_1K],
    [`_scratch_mkfs -m reflink=0 -b size=1024 > /dev/null 2>&1\n${WRITES}`, OF_1K],
    [`/sbin/mkfs.xfs -f -bsize=1k /dev/vdb\n${WRITES}`, OF_1K],
    [`mkfs.xfs -b log=10 /dev/vdb\n${WRITES}`, OF_1K],
    [`export MKFS_OPTIONS="-b size=1024"\n${WRITES}`, OF_1K],
    [`# block 1k\n${WRITES}`, OF_1K],
    [`# page size: 64k, block size: 1k\n${WRITES}`, { block: 1024, page: 65536 }],
    ["# block 1k\nxfs_io> pwrite 0 1k\n", OF_1K],
    ['# mkfs.xfs -f -b size=1k /dev/vdb\n# xfs_io -fc "pwrite 0 1k" /mnt/f\n', OF_1K],
    [`# writes into block 2 of the file, page 3\n${WRITES}`, { block: 4096, page: 4096 }],
    [`_scratch_mkfs >> $seqres.full\n_scratch_mkfs_sized 1g\n${WRITES}`, { block: 4096, page: 4096 }],
  ])("%s", (text, sizes) => {
    expect(read(text).file).toMatchObject(sizes);
    expect(read(text).notes).toBeUndefined();
  });

  it("are those of numbers that it asks for", () => {
    const text = `_scratch_mkfs_blocksized 1024\nbs=$(_get_block_size $SCRATCH_MNT)\nxfs_io -c "pwrite $bs $bs" f\n`;
    expect(opsOf(read(text))).toEqual(["write: 1k..2k"]);
  });

  it("are those of programs of syzkaller", () => {
    const text = "# block 1k\nr0 = open(&(0x7f0000000000)='./file0\\x00', 0x42, 0x0)\nftruncate(r0, 0x8)\n";
    expect(read(text, {}, parseSyz).file).toMatchObject(OF_1K);
  });

  it("go behind options, which is said", () => {
    const scenario = read(`# block 1k\n${WRITES}`, { block: 2048 });
    expect(scenario.file.block).toBe(2048);
    expect(scenario.isPart).toBeUndefined();
    expect(scenario.notes).toEqual(["--block goes before what line 1 says, a block of 1k"]);
    expect(read(`# block 1k\n${WRITES}`, { block: 1024 }).notes).toBeUndefined();
  });

  it.each<[string, RegExp]>([
    [`_scratch_mkfs_blocksized $blksz\n${WRITES}`, /the size of a block in line 1, which only a shell knows/],
    [`# block 1k\nmkfs.xfs -b size=2k d\n${WRITES}`, /the block of 2k in line 2, as another came first/],
  ])("make it a part where they cannot be taken: %s", (text, note) => {
    expect(read(text)).toMatchObject({ isPart: true });
    expect(read(text).notes?.join()).toMatch(note);
  });

  it.each<[string, RegExp]>([
    [
      `\n_scratch_mkfs_blocksized 65536\n${WRITES}`,
      /a\.sh:2:1: error: the model has no blocks larger than pages/,
    ],
    [`mkfs.xfs -b size=3000 d\n${WRITES}`, /a\.sh:1:1: error: expected a block of a power of two/],
    [`# page 1k\n${WRITES}`, /a\.sh:1:1: error: expected a page of a power of two from 4k/],
  ])("are refused where the model has none: %s", (text, message) => {
    expect(refused(text)).toMatch(message);
  });
});

describe("what a shell decides", () => {
  const CASE = (subject: string) =>
    `case ${subject} in\npunch) xfs_io -c "fpunch 0 1k" $f ;;\na|"z"*)\n  xfs_io -c "fzero 0 1k" $f\n  ;;\n*) xfs_io -c "truncate 0" $f\nesac`;
  it.each<[string, string[]]>([
    [CASE("punch"), ["punch: 0..1k"]],
    [CASE("a"), ["zero: 0..1k"]],
    [`m=zero\n${CASE("$m")}`, ["zero: 0..1k"]],
    [CASE("other"), ["truncate: 0"]],
    ["[ 1 -lt 2 ] && truncate -s 1k $f", ["truncate: 1k"]],
    ["[ 1 -gt 2 ] && truncate -s 1k $f", []],
    ["[ 1 -gt 2 ] && truncate -s 1k $f || truncate -s 2k $f", ["truncate: 2k"]],
    ["((1 < 2)) || truncate -s 1k $f", []],
    ["_require_test || truncate -s 1k $f", []],
    ["mkdir -p x && truncate -s 1k $f || _fail no", ["truncate: 1k"]],
    ["if grep -q x y; then echo yes; fi; [ -n $x ] && echo no", []],
    [": <<'COMMENT'\ntruncate -s 1k $f\nCOMMENT\ncat > $tmp.sh <<X\ntruncate -s 2k $f\nX", []],
  ])("is known: %s", (text, ops) => {
    const scenario = read(`${WRITES}${text}\n`);
    expect(opsOf(scenario)).toEqual(["write: 0..3k", ...ops]);
    expect(scenario.isPart).toBeUndefined();
  });

  it.each<[string, string[], RegExp]>([
    [CASE("$1"), ["punch: 0..1k"], /a shell may decide otherwise at 3:6 /],
    ['[ -n "$x" ] && truncate -s 1k $f', ["truncate: 1k"], /a shell may decide otherwise at 3:1 /],
    ["[ -n $x ] && truncate -s 1k $f || truncate -s 2k $f", ["truncate: 1k"], /otherwise at 3:1 /],
    ["case a in\n[z-a]) truncate -s 1k $f;;\nesac", ["truncate: 1k"], /otherwise at 3:6 /],
    ["grep -q x y || truncate -s 1k $f", ["truncate: 1k"], /otherwise at 3:1 /],
    ["if [ -n $x ]; then echo x; else truncate -s 1k $f; fi", ["truncate: 1k"], /otherwise at 3:4 /],
    [
      "if [ -n $x ]; then truncate -s 1k $f; elif [ 1 -lt 2 ]; then truncate -s 2k $f; fi",
      ["truncate: 1k"],
      /otherwise at 3:4 /,
    ],
  ])("is not, and named: %s", (text, ops, note) => {
    const scenario = read(`${WRITES}${text}\n`);
    expect(opsOf(scenario)).toEqual(["write: 0..3k", ...ops]);
    expect(scenario.isPart).toBe(true);
    expect(scenario.notes?.join()).toMatch(note);
  });
});

it("patterns of many stars come to an end", () => {
  const stars = `${"*a".repeat(80)}b`;
  const text = `f=/m/${"a".repeat(150)}\nxfs_io -c "pwrite 0 1k" $f\nmd5sum /m/${stars}\ncase ${"a".repeat(150)} in\n${stars}) truncate -s 0 $f;;\nesac\n`;
  expect(opsOf(read(text))).toEqual(["write: 0..1k"]);
});

describe("documents", () => {
  it.each<[string, string[]]>([
    ["cat <<END > $tmp.cmds\npread 0 1k\nfsync\nEND\nxfs_io $f < $tmp.cmds", ["read: 0..1k", "fsync: {}"]],
    [
      "cat >$tmp.a <<'X'\nfsync\nX\ncat >>$tmp.a <<'X'\npread 0 1k\nX\nxfs_io $f <$tmp.a",
      ["fsync: {}", "read: 0..1k"],
    ],
    ["xfs_io -f $f < /dev/null", []],
  ])("that xfs_io reads later: %s", (text, ops) => {
    const scenario = read(`${WRITES}${text}\n`);
    expect(opsOf(scenario)).toEqual(["write: 0..3k", ...ops]);
    expect(scenario.isPart).toBeUndefined();
  });

  it.each([
    ["xfs_io $f < $tmp.other", 'what xfs_io reads from "$tmp.other"'],
    ['echo "pwrite 0 4k" | xfs_io -f $f', "what xfs_io is told without -c"],
  ])("that are not there are named: %s", (text, note) => {
    const scenario = read(`${WRITES}${text}\n`);
    expect(scenario.isPart).toBe(true);
    expect(scenario.notes?.join()).toContain(note);
  });
});

describe("what is refused or left out has its place and name", () => {
  it.each<[string, RegExp]>([
    [
      `${WRITES}xfs_io -c fsync -c "pwrite 0 1g" $f`,
      /a\.sh:3:20: error: expected operations to touch at most 4096/,
    ],
    [
      Array.from({ length: 18 }, (_, i) => `xfs_io -c "pwrite ${i}k 1k" f &\n`).join(""),
      /a\.sh:17:11: error: expected at most 16 threads, found 18\n[^=]*= keep those/,
    ],
    [
      'xfs_io -c "pwrite 0 1k" -c "finsert 0 1g" -c "fcollapse 512 512" f',
      /a\.sh:1:28: error: expected operations/,
    ],
  ])("%s", (text, message) => {
    expect(refused(text)).toMatch(message);
  });

  it("programs may touch more pages than scenarios", () => {
    expect(
      opsOf(read('xfs_io -c "pwrite 0 1m" f; xfs_io -c "fpunch 0 1m" f &\nxfs_io -c fsync f')),
    ).toHaveLength(3);
  });

  it("the commands that are read are listed once", () => {
    expect(refused('xfs_io -c "pwrit 0 4k" -c "frob" -c "fsink" f').match(/read are/g)).toHaveLength(1);
  });

  it("commands that the model does not have are left out by name, and those that only look are not", () => {
    const scenario = read('xfs_io -c "pwrite 0 1k" -c "error_tag x" -c "allocsp 8k 0" -c imap -c parent f');
    expect(scenario).toMatchObject({ isPart: true });
    expect(scenario.notes).toEqual(["left out, and this is about the rest: error_tag and allocsp"]);
  });
});
