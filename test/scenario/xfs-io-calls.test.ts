/**
 * What commands of xfs_io, dd, fallocate and truncate do to the file, option by option. The rows are what strace saw of
 * xfs_io 6.1, dd and truncate of coreutils 9.1 and fallocate of util-linux 2.38.
 */
import { describe, expect, it } from "vitest";
import { opText } from "../../src/scenario/language/print-ops.js";
import { parseXfsIo } from "../../src/scenario/reports/xfs-io.js";
import type { Scenario } from "../../src/scenario/types.js";
import { renderDiagnostics } from "../../src/scenario/yaml/diagnostic.js";

function read(text: string): Scenario {
  const result = parseXfsIo(text, "a.sh");
  if ("diagnostics" in result) throw new Error(renderDiagnostics(result.diagnostics));
  return result.scenario;
}

/** What it does behind what is done first. */
function done(first: string, text: string): { ops: string; notes: string; isPart: boolean } {
  const before = read(first).threads.flatMap(({ ops }) => ops).length;
  const { threads, notes = [], isPart = false } = read(`${first}${text}\n`);
  const ops = threads.flatMap((one) => one.ops.map(opText)).slice(before);
  return { ops: ops.join("; "), notes: notes.join("; "), isPart };
}

const quotedAll = (commands: string): string =>
  commands
    .split("; ")
    .map((one) => ` -c "${one}"`)
    .join("");

describe("a command of xfs_io", () => {
  const BIG = 'xfs_io -f -c "truncate 64k" f\n';
  it.each<[string, string]>([
    ["truncate 010", "truncate 8"],
    ["truncate 0x10", "truncate 16"],
    ["truncate 1K", "truncate 1k"],
    ["truncate 2b", "truncate 8k"],
    ["truncate 2s", "truncate 1k"],
    ["t 5", "truncate 5"],
    ["pwrite 020 010", "write 16..24"],
    ["w 0X10 0x20", "write 16..48"],
    ["r 0 4k", "read 0..4k"],
    ["s; ds", "fsync; fsync"],
    ["pwrite 0 10k", "write 0..4k; write 4k..8k; write 8k..10k"],
    ["pwrite -b 8k 0 10k", "write 0..8k; write 8k..10k"],
    ["pwrite -b8k -q -S 0x61 0 10k", "write 0..8k; write 8k..10k"],
    ["pwrite -qb 8k 0 10k", "write 0..8k; write 8k..10k"],
    ["pwrite 0 10k -b 16k", "write 0..10k"],
    ["pwrite -F -Z 5 0 8k", "write 0..4k; write 4k..8k"],
    ["pwrite -O 0 10k", "write 0..10k"],
    ["pwrite -O -b 512 2k 4k", "write 2k..6k"],
    ["pwrite -O -V 2 0 16k", "write 0..8k"],
    ["pwrite -V 2 0 16k", "write 0..8k; write 8k..16k"],
    ["pwrite -V 3 0 10k", "write 0..10k"],
    ["pwrite -b 3k -V 2 1k 10k", "write 1k..7k; write 7k..11k"],
    ["pwrite -B 16k 8k", ""],
    ["pwrite -B 16k 16k", "write 12k..16k; write 8k..12k; write 4k..8k; write 0..4k"],
    ["pwrite -B 10k 10k", "write 8k..10k; write 4k..8k; write 0..4k"],
    ["pwrite -B 6k 16k", "write 4k..6k; write 0..4k"],
    ["pwrite -B -b 3k 16k 10k", "write 15k..16k; write 12k..15k"],
    ["pwrite -BF 0 8k", "write 0..4k; write 4k..8k"],
    ["pwrite -w 0 8k", "write 0..4k; write 4k..8k; fsync"],
    ["pwrite -W 0 1k", "write 0..1k; fsync"],
    ["pwrite -D 0 8k", "write 0..4k; write 4k..8k"],
    ["pwrite -D -V 1 0 8k", "write 0..4k; fsync 0..4k; write 4k..8k; fsync 4k..8k"],
    ["pwrite 0 0; pread 0 0", ""],
    ["pread 0 16k", "read 0..4k; read 4k..8k; read 8k..12k; read 12k..16k"],
    ["pread -v -b 8k 0 16k", "read 0..8k; read 8k..16k"],
    ["pread -V 2 0 16k", "read 0..8k; read 8k..16k"],
    ["pread -B 10k 10k", "read 8k..10k; read 4k..8k; read 0..4k"],
    ["pread -B -b 3k 16k 10k", "read 15k..16k; read 12k..15k"],
    ["pread -B 16k 8k", ""],
    ["falloc -p 0 4k", "punch 0..4k"],
    ["falloc -kp 0 4k", "punch 0..4k"],
    ["falloc -pk 0 4k", "fallocate 0..4k keep-size"],
    ["falloc -c 0 4k", "collapse 0..4k"],
    ["falloc -i 0 4k", "insert 0..4k"],
    ["falloc -u 0 4k", "unshare 0..4k"],
    ["fzero -k 0 4k", "zero 0..4k keep-size"],
    ["fadvise -d 0 4k", "fadvise 0..4k"],
    [
      "sync_range 0 4k; sync_range -w 4k 4k; sync_range -abw 0 4k",
      "writeback 0..4k; writeback 4k..8k; writeback 0..4k",
    ],
    ["fadvise -w 0 4k", "read 0..4k"],
    ["fadvise 0 4k; fadvise -r 0 4k; fadvise -dn 0 4k", ""],
    ["copy_range -s 0 -d 8k -l 4k f", "copy_range 0..4k to 8k"],
    ["copy_range -s 60k -d 0 f", "copy_range 60k..64k to 0"],
    ["mmap 0 8k; mwrite 3k 1k; mw", "store 3k..4k; store 0..8k"],
    ["mm 0 8k; mread -rv 0 1k; mr", "load 0..1k; load 0..8k"],
    ["mmap 0 4k; mmap 4k 4k; mwrite 4k 1k; mmap 0; mwrite 0 1k", "store 4k..5k; store 0..1k"],
    ["mmap 0 4k; mmap 4k 4k; mmap 0; munmap; mwrite 4k 1k", "store 4k..5k"],
    ["mmap 0 8k; mremap 4k; mwrite", "store 0..4k"],
    ["mmap -s 64k 0 4k; mremap 8k; mwrite", "store 0..8k"],
    ["mmap -w 0 4k; mread 3k 1k", "load 3k..4k"],
    ["mmap 0 4k; msync 0 4k; msync -a; ms -s 0 4k", "msync 0..4k"],
    ["mmap 0 4k; madvise -d; madvise -dw 0 1k; ma -dr", "madvise 0..4k; read 0..1k"],
    ["pwrite 0 1k; quit; pwrite 0 2k", "write 0..1k"],
    ["close; open -a f; pwrite 0 1k", "close; append 1k"],
  ])("%s", (commands, ops) => {
    expect(done(BIG, `xfs_io${quotedAll(commands)} f`)).toMatchObject({ ops, isPart: false });
  });

  it.each<[string, string, RegExp]>([
    ["pwrite -R 0 8k", "", /pwrite -R, at random offsets at 2:11, which is not read/],
    ["pwrite -Y 0 8k", "", /pwrite -Y at 2:11, which is not read/],
    ["fpunch -k 0 4k", "", /fpunch -k at 2:11/],
    ["pwrite 0 -1", "", /pwrite -1 at 2:11/],
    ["sync_range -a 0 4k", "", /sync_range -a, which only waits, at 2:11/],
    ["sync_range -w -b 0 4k", "", /sync_range -b, which only waits, at 2:11/],
    ["pwrite -V 2 0 8k; pwrite 0 4k", "write 0..8k", /pwrite calls behind those with -V at 2:33/],
    ["mmap 0 4k; mremap 8k", "", /mremap that grows without -m/],
    ["pwrite -i f 0 4k", "", /pwrite -i of the file itself/],
    ["open -a f; pwrite 0 1k", "append 1k", /open beside a file at 2:11/],
  ])("%s is a part", (commands, ops, note) => {
    const made = done(BIG, `xfs_io${quotedAll(commands)} f`);
    expect(made).toMatchObject({ ops, isPart: true });
    expect(made.notes).toMatch(note);
  });

  const SMALL = 'xfs_io -f -c "truncate 2k" f\n';
  it.each<[string, string, string, RegExp]>([
    ["", "mmap 0 16k; mwrite 8k 4k; truncate 8k", "store 8k..12k", /mwrite at 2:27 goes past/],
    [
      "",
      "mmap 0 16k; mwrite 3k 1k; mread 2k 4k; truncate 8k",
      "store 3k..4k; load 2k..6k",
      /mread at 2:45 goes past/,
    ],
    ["", "mmap 0 2k; mwrite 3k 1k; truncate 8k", "truncate 8k", /mwrite at 2:26 fails: it is outside/],
    ["", "mwrite 3k 1k; truncate 8k", "truncate 8k", /mwrite at 2:11 fails: nothing is mapped/],
    ["", "mmap 100 4k; mwrite 0 1k", "", /mmap at 2:11 fails: it does not begin at a page/],
    ["", "mmap -r 0 4k; mwrite 0 1k; truncate 8k", "", /mwrite at 2:29 fails: .* SIGSEGV/],
    [
      "",
      "mmap 0 4k; msync -s 100 100; msync -as; truncate 8k",
      "truncate 8k",
      /msync at 2:26 fails: it does not begin/,
    ],
    ["", "mmap 0 4k; munmap; mwrite 0 1", "", /mwrite at 2:38 fails: nothing is mapped/],
    ["", "close; pwrite 0 1k", "close", /pwrite at 2:22 fails: no file is open/],
    [
      "-r ",
      "pwrite 0 4k; truncate 8k; falloc 0 4k; mmap 0 4k; pread 0 1k; fsync",
      "read 0..1k; fsync",
      /pwrite at 2:14 fails: .*reading/,
    ],
    ["-r ", "mmap -r 0 4k; mread 0 1k", "load 0..1k", /^$/],
    ["-a ", "pwrite 0 8k", "append 4k; append 4k", /^$/],
    [
      "-s ",
      "pwrite 0 8k; falloc 0 1k",
      "write 0..4k; fsync 0..4k; write 4k..8k; fsync 4k..8k; fallocate 0..1k",
      /^$/,
    ],
    ["-as ", "pwrite 0 1k", "append 1k; fsync", /^$/],
    ["-t ", "pwrite 0 1k", "truncate 0; write 0..1k", /^$/],
    ["-FLxn -m 0600 ", "pwrite 0 1k", "write 0..1k", /^$/],
    ["-p name ", "fsync", "fsync", /^$/],
  ])("that fails or ends xfs_io: %s%s", (options, commands, ops, note) => {
    const made = done(SMALL, `xfs_io ${options}${quotedAll(commands).slice(1)} f`);
    expect(made).toMatchObject({ ops, isPart: false });
    expect(made.notes).toMatch(note);
  });

  it.each<[string, string]>([
    [`xfs_io -c"pwrite 4k 1k" f`, "write 4k..5k"],
    [`xfs_io -c'fsync' f`, "fsync"],
    [`xfs_io -fc"pwrite 4k 1k" f`, "write 4k..5k"],
    [`xfs_io -C "truncate 1k" -C fsync f`, "truncate 1k; fsync"],
    [`xfs_io f -c fsync`, "fsync"],
    [`xfs_io -c fsync -- f`, "fsync"],
    [`xfs_io -c fsync > /dev/null f`, "fsync"],
    [`opts="-t"; xfs_io $opts -c fsync f`, "truncate 0; fsync"],
  ])("%s", (line, ops) => {
    expect(done(BIG, line)).toEqual({ ops, isPart: false, notes: "" });
  });

  it.each([
    ["xfs_io $opts -c fsync f", /what "\$opts" is to xfs_io at 2:8/],
    ["xfs_io -Q -c fsync f", /xfs_io -Q at 2:/],
    ["xfs_io -T -c fsync f", /xfs_io -T at 2:/],
  ])("%s is a part", (line, note) => {
    const { notes, isPart } = done(BIG, line);
    expect(isPart).toBe(true);
    expect(notes).toMatch(note);
  });

  it("may be ended by what runs beside it", () => {
    const text = (more: string) =>
      `${SMALL}xfs_io -c "truncate 0" f &\nxfs_io -c "mmap 0 4k" -c "mwrite 0 1k"${more} f\nwait\n`;
    expect(read(text("")).isPart).toBeUndefined();
    expect(read(text(' -c "truncate 8k"'))).toMatchObject({ isPart: true });
    expect(read(text(' -c "truncate 8k"')).notes?.join()).toContain("what xfs_io does behind mwrite at 3:26");
  });

  it("is about another file where one in use was removed", () => {
    const text = (sign: string) =>
      `${SMALL}xfs_io -c "pwrite 0 1k" f ${sign}\nrm -f f\nxfs_io -f -c "pwrite 1k 1k" f\nwait\n`;
    const { setup, threads, isPart, notes } = read(text("&"));
    expect(setup.map(opText)).toEqual(["truncate 2k", "write 0..1k"]);
    expect({ threads, isPart }).toEqual({ threads: [], isPart: true });
    expect(notes?.join()).toContain("made anew while the removed one is in use");
    expect(read(text("")).isPart).toBeUndefined();
  });

  it("counts in blocks of the file system", () => {
    expect(done(`mkfs.xfs -b size=1k d\n${BIG}`, 'xfs_io -c "truncate 2b" f').ops).toBe("truncate 2k");
  });
});

describe("a command of the shell", () => {
  const BIG = 'xfs_io -f -c "truncate 64k" f\n';
  it.each<[string, string]>([
    ["dd if=/dev/zero of=f bs=1k count=1 oseek=8 conv=notrunc", "write 8k..9k"],
    ["dd if=/dev/zero of=f bs=1k count=1 seek=8 conv=notrunc", "write 8k..9k"],
    ["dd if=/dev/zero of=f ibs=512 obs=2k count=4 conv=notrunc", "write 0..2k"],
    [
      "dd if=/dev/zero of=f ibs=2k obs=512 count=1 conv=notrunc",
      "write 0..512; write 512..1k; write 1k..0x600; write 0x600..2k",
    ],
    ["dd if=/dev/zero of=f bs=1k ibs=512 obs=256 count=1", "truncate 0; write 0..1k"],
    ["dd if=/dev/zero of=f bs=1k count=1 seek=1024 oflag=seek_bytes conv=notrunc", "write 1k..2k"],
    ["dd if=/dev/null of=f bs=4k seek=1 count=1 conv=notrunc", ""],
    ["dd if=/dev/null of=f bs=4k seek=1 count=1", "truncate 4k"],
    ["dd if=/dev/null of=f", "truncate 0"],
    ["dd if=/dev/zero of=f bs=2k count=2 oflag=append conv=notrunc", "append 2k; append 2k"],
    [
      "dd if=/dev/zero of=f bs=2k count=2 oflag=sync conv=notrunc",
      "write 0..2k; fsync 0..2k; write 2k..4k; fsync 2k..4k",
    ],
    ["dd if=/dev/zero of=f bs=1b count=1 conv=notrunc", "write 0..512"],
    ["dd if=/dev/zero of=f bs=4k count=3B conv=notrunc", "write 0..3"],
    ["dd if=/dev/zero of=f bs=4k count=1 seek=1kB", "truncate 1000; write 1000..0x13e8"],
    ["dd if=/dev/zero of=f bs=2x512 count=1 conv=fsync", "truncate 0; write 0..1k; fsync"],
    ["dd if=/dev/zero of=f bs=4096 count=6k iflag=count_bytes conv=notrunc", "write 0..4k; write 4k..6k"],
    [
      "dd if=/dev/zero of=f count=010 bs=1w conv=notrunc",
      "write 0..2; write 2..4; write 4..6; write 6..8; write 8..10; write 10..12; write 12..14; write 14..16; write 16..18; write 18..20",
    ],
    ["dd if=/dev/zero of=f bs=1KiB count=1 conv=notrunc status=none", "write 0..1k"],
    ["dd if=/dev/zero of=f bs=2k count=1 conv=sync,fdatasync,notrunc", "write 0..2k; fsync"],
    ["dd if=/dev/zero of=f bs=2k count=2 seek=1 skip=5", "truncate 2k; write 2k..4k; write 4k..6k"],
    ["dd -- if=/dev/zero of=f bs=2k count=1 conv=notrunc", "write 0..2k"],
    ["dd if=f of=f bs=4k count=2 conv=notrunc", "read 0..4k; write 0..4k; read 4k..8k; write 4k..8k"],
    ["dd if=f of=f bs=4k count=2", "truncate 0"],
    ["dd if=f of=/dev/null bs=4k count=2 skip=1", "read 4k..8k; read 8k..12k"],
    ["dd if=f bs=32k", "read 0..32k; read 32k..64k"],
    ["dd if=f bs=32k > /dev/null 2>&1", "read 0..32k; read 32k..64k"],
    ["fallocate -po 0 -l 8k f", "punch 0..8k; fsync"],
    ["fallocate -nl 8k f", "fallocate 0..8k keep-size; fsync"],
    ["fallocate -pnl 8k f", "punch 0..8k; fsync"],
    ["fallocate --pun -o4k -l8k f", "punch 4k..12k; fsync"],
    ["fallocate -l 010 f", "fallocate 0..8; fsync"],
    ["fallocate -l 0x10 f", "fallocate 0..16; fsync"],
    ["fallocate -l 10kB f", "fallocate 0..0x2710; fsync"],
    ["fallocate -l 1.5k f", "fallocate 0..0x600; fsync"],
    ["fallocate -x -l 1KiB f", "fallocate 0..1k; fsync"],
    ["fallocate -zn -l 8k f", "zero 0..8k keep-size; fsync"],
    ["fallocate -c -l 8k f", "collapse 0..8k; fsync"],
    ["fallocate --length=4k --offset 4k f", "fallocate 4k..8k; fsync"],
    ["truncate -o -s 3 f", "truncate 12k"],
    ["truncate -s 10kB f", "truncate 0x2710"],
    ["truncate -s 010 f", "truncate 10"],
    ["truncate -s k f", "truncate 1k"],
    ["truncate -s 1m f", "truncate 1m"],
    ["truncate -s +4k f", "truncate 68k"],
    ["truncate -s -4k f", "truncate 60k"],
    ["truncate -s '%3k' f", "truncate 66k"],
    ["truncate --si=4k f", "truncate 4k"],
    ["truncate -cs4k f", "truncate 4k"],
    ["truncate -s 4k g f", "truncate 4k"],
  ])("%s", (line, ops) => {
    expect(done(BIG, line)).toEqual({ ops, isPart: false, notes: "" });
  });

  it.each<[string, RegExp]>([
    ["dd if=/dev/zero of=f bs=4k count=1 conv=sparse", /dd conv=sparse at 2:1, which is not read/],
    ["dd if=/dev/zero of=f bs=4k count=1 oflag=nocache", /dd oflag=nocache at 2:1/],
    ["dd if=/dev/zero of=f bs=4k", /dd without count= at 2:1/],
    ["dd of=f bs=4k count=1", /dd without if= at 2:1/],
    ["dd if=/dev/zero of=f foo=1", /dd foo=1 at 2:1/],
    ["dd if=/dev/zero of=f bs=1m count=1", /dd bs=1m at 2:1/],
    ["dd if=/dev/zero of=f bs=0x10 count=1", /dd a block of 0 bytes at 2:1/],
    ["fallocate -d f", /fallocate -d, which looks for zeroes at 2:1/],
    ["fallocate -pz -l 4k f", /fallocate -p with -z at 2:1/],
    ["fallocate -l 8b f", /fallocate without a length that it takes at 2:1/],
    ["fallocate -p f", /fallocate without a length/],
    ["fallocate -Q -l 4k f", /fallocate -Q at 2:1/],
    ["truncate -s 1b f", /truncate -s 1b at 2:1/],
    ["truncate -s 0x10 f", /truncate -s 0x10 at 2:1/],
    ["truncate -r g f", /truncate -r at 2:1/],
  ])("%s is a part", (line, note) => {
    const made = done(BIG, line);
    expect(made).toMatchObject({ ops: "", isPart: true });
    expect(made.notes).toMatch(note);
  });
});
