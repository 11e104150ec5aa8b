/** Programs of syzkaller, call by call: how the file was opened, where descriptors stand, what fails, and the marks of calls. */
import { describe, expect, it } from "vitest";
import { opText } from "../../src/scenario/language/print-ops.js";
import { parseSyz } from "../../src/scenario/reports/syz.js";
import type { Scenario } from "../../src/scenario/types.js";
import { renderDiagnostics } from "../../src/scenario/yaml/diagnostic.js";

function read(text: string): Scenario {
  const result = parseSyz(text, "a.syz");
  if ("diagnostics" in result) throw new Error(renderDiagnostics(result.diagnostics));
  return result.scenario;
}

const PATH = "&(0x7f0000000000)='./file0\\x00'";
const open = (name: string, flags: string) =>
  `${name} = openat(0xffffffffffffff9c, ${PATH}, ${flags}, 0x1ff)\n`;
const MAP = "mmap(&(0x7f0000001000/0x1000)=nil, 0x1000, 0x3, 0x11, r0, 0x0)\n";
const MOUNT = (options: string, flags: string) =>
  `syz_mount_image$xfs(&(0x7f0000000180), &(0x7f00000001c0)='./file1\\x00', ${flags}, &(0x7f0000000080)={[${options}]}, 0x1, 0x0, 0x0)\n`;
const DATA = '&(0x7f0000000040)="00"';

function made(text: string): { ops: string; notes: string; isPart: boolean } {
  const { setup, threads, notes = [], isPart = false } = read(text);
  const all = [{ name: "setup", ops: setup }, ...threads];
  const ops = all.flatMap(({ name, ops }) =>
    ops.map((op) => `${name.replace("syz", "")} ${opText(op)}`.trim()),
  );
  return { ops: ops.join("; "), notes: notes.join("; "), isPart };
}

describe("calls", () => {
  const RW = open("r0", "0x42");
  it.each<[string, string, string]>([
    [
      "creat without a descriptor",
      `${RW}ftruncate(r0, 0x800)\ncreat(${PATH}, 0x1ff)\n`,
      "truncate 2k; truncate 0",
    ],
    [
      "O_TRUNC without a descriptor",
      `${RW}ftruncate(r0, 0x800)\nopen(${PATH}, 0x202, 0x0)\n`,
      "truncate 2k; truncate 0",
    ],
    ["O_TRUNC of an empty file", `${open("r0", "0x242")}ftruncate(r0, 0x800)\n`, "truncate 2k"],
    [
      "O_TRUNC behind an append",
      `${open("r0", "0x442")}write(r0, ${DATA}, 0x1000)\n${open("r1", "0x201")}write(r1, ${DATA}, 0x800)\n`,
      "append 4k; truncate 0; write 0..2k",
    ],
    [
      "O_TRUNC beside others",
      `${RW}ftruncate(r0, 0x800)\ncreat(${PATH}, 0x1ff) (async)\nfsync(r0)\n`,
      "setup truncate 2k; -1 truncate 0; fsync",
    ],
    ["O_SYNC", `${open("r0", "0x101042")}write(r0, ${DATA}, 0x1000)\n`, "write 0..4k; fsync 0..4k"],
    [
      "O_DSYNC",
      `${open("r0", "0x1042")}pwrite64(r0, ${DATA}, 0x10, 0x8)\nfallocate(r0, 0x0, 0x0, 0x10)\n`,
      "write 8..24; fsync 8..24; fallocate 0..16",
    ],
    ["O_SYNC and O_APPEND", `${open("r0", "0x101442")}write(r0, ${DATA}, 0x10)\n`, "append 16; fsync"],
    [
      "RWF_DSYNC and RWF_APPEND",
      `${RW}pwritev2(r0, &(0x7f0000000000)=[{&(0x7f0000000100)="00", 0x800}], 0x1, 0x0, 0x0, 0x2)\npwritev2(r0, &(0x7f0000000000)=[{&(0x7f0000000100)="00", 0x800}], 0x1, 0x0, 0x0, 0x10)\n`,
      "write 0..2k; fsync 0..2k; append 2k",
    ],
    [
      "a position behind an append",
      `${RW}ftruncate(r0, 0x800)\n${open("r1", "0x402")}write(r1, ${DATA}, 0x10)\n${open("r2", "0x2")}lseek(r2, 0x0, 0x2)\nwrite(r2, ${DATA}, 0x8)\n`,
      "truncate 2k; append 16; write 0x810..0x818",
    ],
    [
      "positions from where they are",
      `${RW}write(r0, ${DATA}, 0x10)\nlseek(r0, 0x10, 0x1)\nwrite(r0, ${DATA}, 0x8)\n`,
      "write 0..16; write 32..40",
    ],
    [
      "a read that ends with the file",
      `${RW}write(r0, ${DATA}, 0x10)\nlseek(r0, 0x0, 0x0)\nread(r0, ${DATA}, 0x64)\nwrite(r0, ${DATA}, 0x8)\n`,
      "write 0..16; read 0..100; write 16..24",
    ],
    [
      "a duplicate",
      `${RW}write(r0, ${DATA}, 0x10)\nr1 = dup(r0)\nwrite(r1, ${DATA}, 0x8)\nclose(r0)\nwrite(r1, ${DATA}, 0x8)\nclose(r1)\n`,
      "write 0..16; write 16..24; write 24..32; close",
    ],
    [
      "flags of sync_file_range",
      `${RW}ftruncate(r0, 0x1000)\nsync_file_range(r0, 0x0, 0x1000, 0x2)\nsync_file_range(r0, 0x10, 0x0, 0x7)\nsync_file_range(r0, 0x0, 0x1000, 0x0)\n`,
      "truncate 4k; writeback 0..4k; sync_file_range 16..4k",
    ],
    [
      "a mount with nothing that matters",
      `${MOUNT("{@wsync}, {@dax_never}, {@logbsize={'logbsize', 0x3d, 0x8000}}", "0x400")}${RW}ftruncate(r0, 0x8)\n`,
      "truncate 8",
    ],
    [
      "a read into a mapping of the file",
      `${RW}ftruncate(r0, 0x800)\n${MAP}pread64(r0, &(0x7f0000001c00)=""/1024, 0x1000, 0x600)\n`,
      "truncate 2k; read 0x600..0x1600; store 3k..0xe00",
    ],
    [
      "vectors in a mapping of the file",
      `${RW}${MAP}pwritev(r0, &(0x7f0000001000)=[{&(0x7f0000000100)="00", 0x8}, {&(0x7f0000000100), 0x8}], 0x2, 0x0, 0x0)\n`,
      "store 0..32; write 0..16",
    ],
    ["sync", `${RW}ftruncate(r0, 0x8)\nsync()\nsyncfs(r0)\n`, "truncate 8; fsync; fsync"],
    [
      "reruns",
      `${RW}write(r0, ${DATA}, 0x10) (rerun: 2)\nfsync(r0) (async, rerun: 1)\n`,
      "setup write 0..16; setup write 16..32; setup write 32..48; -1 fsync; -1 fsync",
    ],
  ])("%s", (_, text, ops) => {
    expect(made(text)).toEqual({ ops, notes: "", isPart: false });
  });

  it.each<[string, string, string, RegExp]>([
    [
      "writes of what is open for reading",
      `${RW}ftruncate(r0, 0x10)\n${open("r1", "0x0")}pwrite64(r1, ${DATA}, 0x10, 0x0)\nftruncate(r1, 0x0)\nfallocate(r1, 0x0, 0x0, 0x10)\nfsync(r1)\n`,
      "truncate 16; fsync",
      /pwrite64 at 4:1 fails: the file is not open for writing; ftruncate at 5:1 fails.*fallocate at 6:1 fails/,
    ],
    [
      "reads of what is open for writing",
      `${RW}ftruncate(r0, 0x10)\nr1 = creat(${PATH}, 0x1ff)\nread(r1, ${DATA}, 0x10)\nwrite(r1, ${DATA}, 0x8)\n`,
      "truncate 16; truncate 0; write 0..8",
      /read at 4:1 fails/,
    ],
    [
      "buffers that are not mapped",
      `${RW}ftruncate(r0, 0x10)\nwrite(r0, 0x0, 0x2800)\npwrite64(r0, 0xffffffffffffffff, 0x8, 0x0)\nmunmap(&(0x7f0000001000/0x1000)=nil, 0x1000)\npwrite64(r0, &(0x7f0000001010), 0x8, 0x10)\nwrite(r0, ${DATA}, 0x10)\nlseek(r0, 0x0, 0x2)\nwrite(r0, ${DATA}, 0x8)\n`,
      "truncate 16; write 0..10k fault-at 0; write 16..24 fault-at 16; write 0..16; write 16..24",
      /write at 3:1 fails: its buffer is not mapped; pwrite64 at 4:1 fails: .*; pwrite64 at 6:1 fails/,
    ],
    [
      "buffers that are not mapped, with O_SYNC",
      `${open("r0", "0x101042")}ftruncate(r0, 0x10)\nwrite(r0, nil, 0x8)\n`,
      "truncate 16; write 0..8 fault-at 0",
      /write at 3:1 fails/,
    ],
    [
      "flags of sync_file_range",
      `${RW}ftruncate(r0, 0x10)\nsync_file_range(r0, 0x0, 0x10, 0x8)\n`,
      "truncate 16",
      /sync_file_range at 3:1 fails/,
    ],
    [
      "closed descriptors",
      `${RW}ftruncate(r0, 0x10)\nclose(r0)\npwrite64(r0, ${DATA}, 0x10, 0x0)\n`,
      "truncate 16; close",
      /pwrite64 at 4:1 fails: the descriptor is closed/,
    ],
    [
      "no descriptor",
      `${RW}ftruncate(r0, 0x10)\nftruncate(${"0xffffffffffffffff"}, 0x100)\n`,
      "truncate 16",
      /ftruncate at 3:1 fails: there is no such descriptor/,
    ],
    [
      "modes that there are not",
      `${RW}fallocate(r0, 0x7, 0x0, 0x10)\nfallocate(r0, 0x2, 0x0, 0x10)\nfallocate(r0, 0x9, 0x0, 0x10)\nfallocate(r0, 0x3, 0x0, 0x10)\n`,
      "punch 0..16",
      /0x7; fallocate at 3:1 .*0x2; fallocate at 4:1 .*0x9/,
    ],
    [
      "stores by a mapping for which it is not open",
      `${open("r0", "0x40")}mmap(&(0x7f0000001000/0x1000)=nil, 0x1000, 0x3, 0x1, r0, 0x0)\npread64(r0, &(0x7f0000001000)="aa", 0x1, 0x0)\n`,
      "read 0..1",
      /mmap at 2:1 fails/,
    ],
    [
      "O_EXCL",
      `${RW}ftruncate(r0, 0x10)\n${open("r1", "0xc2")}`,
      "truncate 16",
      /openat at 3:6 fails: the file is there/,
    ],
    [
      "copies onto themselves",
      `${RW}ftruncate(r0, 0x10)\ncopy_file_range(r0, 0x0, r0, 0x0, 0x8)\n`,
      "truncate 16",
      /copy_file_range at 3:1 fails: it is onto itself/,
    ],
  ])("that fail: %s", (_, text, ops, note) => {
    const all = made(text);
    expect(all).toMatchObject({ ops, isPart: false });
    expect(all.notes).toMatch(note);
  });

  it.each<[string, string, RegExp]>([
    ["faults", `${RW}ftruncate(r0, 0x10) (fail_nth: 3)\n`, /that ftruncate is made to fail \(fail_nth: 3\)/],
    ...[0x1, 0x4, 0x5].map((flags): [string, string, RegExp] => [
      `sync_file_range with ${flags}`,
      `${RW}ftruncate(r0, 0x10)\nsync_file_range(r0, 0x0, 0x10, 0x${flags})\n`,
      /sync_file_range at 3:1 which only waits/,
    ]),
    [
      "sync_file_range with one wait",
      `${RW}ftruncate(r0, 0x10)\nsync_file_range(r0, 0x0, 0x10, 0x6)\n`,
      /sync_file_range at 3:1 which writes and waits once/,
    ],
    ["a read into no memory", `${RW}ftruncate(r0, 0x10)\nread(r0, 0x0, 0x8)\n`, /read at 3:1 whose buffer/],
    [
      "an append from no memory",
      `${open("r0", "0x442")}ftruncate(r0, 0x10)\nwrite(r0, 0x0, 0x8)\n`,
      /write at 3:1 whose buffer/,
    ],
    [
      "a read into a mapping beside others",
      `${RW}ftruncate(r0, 0x800)\n${MAP}fsync(r0) (async)\npread64(r0, &(0x7f0000001000), 0x8, 0x0)\n`,
      /pread64 at 5:1 into a mapping of the file/,
    ],
    [
      "a read past the mapped end of the file",
      `${RW}ftruncate(r0, 0x800)\nmmap(&(0x7f0000001000/0x3000)=nil, 0x3000, 0x3, 0x11, r0, 0x0)\npread64(r0, &(0x7f0000002000), 0x8, 0x0)\n`,
      /pread64 at 4:1 into a mapping/,
    ],
    [
      "a vector in a mapping",
      `${RW}ftruncate(r0, 0x800)\n${MAP}preadv(r0, &(0x7f0000000000)=[{&(0x7f0000001000), 0x8}], 0x1, 0x0, 0x0)\n`,
      /preadv at 4:1 into or out of/,
    ],
    [
      "a struct in a mapping",
      `${RW}ftruncate(r0, 0x800)\n${MAP}stat(${PATH}, &(0x7f0000001000)={0x0})\n`,
      /stat at 4:1 that puts what is not known/,
    ],
    ["a mount that syncs", `${MOUNT("{@wsync}", "0x10")}${RW}ftruncate(r0, 0x8)\n`, /mount option sync/],
    [
      "a mount for reading",
      `${MOUNT("", "0x1")}${RW}ftruncate(r0, 0x8)\n`,
      /syz_mount_image\$xfs at 1:1 with .* ro/,
    ],
    [
      "a mount's options",
      `${MOUNT("{@dax_inode}", "0x0")}${RW}ftruncate(r0, 0x8)\n`,
      /mount option dax=inode/,
    ],
    ["many reruns", `${RW}ftruncate(r0, 0x10) (rerun: 101)\n`, /rerun: 101 past 100 times/],
    ["marks that are not known", `${RW}ftruncate(r0, 0x10) (frob: 3)\n`, /\(frob: 3\) of ftruncate/],
    [
      "a position that depends on who comes first",
      `${RW}ftruncate(r0, 0x10)\n${open("r1", "0x402")}write(r1, ${DATA}, 0x8) (async)\nread(r1, ${DATA}, 0x8)\n`,
      /read where its position depends/,
    ],
    [
      "a position that is moved beside others",
      `${RW}write(r0, ${DATA}, 0x8) (async)\nwrite(r0, ${DATA}, 0x8)\n`,
      /write where its position/,
    ],
    ["a close beside others", `${RW}ftruncate(r0, 0x10)\nclose(r0) (async)\n`, /that close runs beside/],
    [
      "descriptors that are numbers",
      `${RW}ftruncate(r0, 0x10)\npwrite64(0x3, ${DATA}, 0x8, 0x0)\n`,
      /pwrite64/,
    ],
    [
      "flags of descriptors",
      `${RW}ftruncate(r0, 0x10)\nfcntl$setstatus(r0, 0x4, 0x400)\n`,
      /fcntl\$setstatus/,
    ],
  ])("that are a part: %s", (_, text, note) => {
    const all = made(text);
    expect(all.isPart).toBe(true);
    expect(all.notes).toMatch(note);
  });

  it.each(["dax", "dax_always", "dax='dax', 0x2c"])("that ask for DAX: %s", (option) => {
    expect(() => read(`${MOUNT(`{@wsync}, {@${option}}`, "0x0")}${RW}ftruncate(r0, 0x8)\n`)).toThrow(
      /the model has no DAX/,
    );
  });
});
