/** Consoles of guests whose kernels had trouble, line by line as kernels of 5.10 to 7.2 print it. */
import { describe, expect, it } from "vitest";
import { guestTrouble } from "../../src/real/machine/guest-trouble.js";
import { deathOf } from "../../src/real/machine/trouble-signs.js";

const at = (message: string) => `[   12.345678] ${message}`;

describe("guestTrouble", () => {
  it.each([
    ["BUG: kernel NULL pointer dereference, address: 0000000000000000", "oops"],
    ["BUG: unable to handle page fault for address: ffffffffc0a01234", "oops"],
    ["Oops: 0002 [#1] SMP NOPTI", "oops"],
    ["Oops: Oops: 0000 [#1] PREEMPT SMP NOPTI", "oops"],
    ["general protection fault, probably for non-canonical address 0xdead: 0000 [#1] SMP", "oops"],
    ["Oops: general protection fault, probably for non-canonical address 0xdead: 0000 [#1] SMP", "oops"],
    ["invalid opcode: 0000 [#1] PREEMPT SMP", "oops"],
    ["kernel BUG at fs/iomap/buffered-io.c:1101!", "bug"],
    ["BUG: Bad page state in process player  pfn:12345", "bug"],
    ["BUG: KASAN: slab-use-after-free in xfs_iomap_valid+0x1a/0x60", "bug"],
    ["BUG: sleeping function called from invalid context at kernel/locking/rwsem.c:1493", "locks"],
    ["BUG: scheduling while atomic: player/77/0x00000002", "locks"],
    ["WARNING: possible circular locking dependency detected", "locks"],
    ["WARNING: possible recursive locking detected", "locks"],
    ["WARNING: inconsistent lock state", "locks"],
    ["WARNING: suspicious RCU usage", "locks"],
    ["WARNING: bad unlock balance detected!", "locks"],
    ["INFO: possible recursive locking detected", "locks"],
    ["INFO: trying to register non-static key.", "locks"],
    ["WARNING: lock held when returning to user space!", "locks"],
    ["WARNING: CPU: 0 PID: 77 at fs/xfs/xfs_aops.c:471 xfs_map_blocks+0x1/0x2 [xfs]", "warning"],
    ["WARNING: fs/xfs/xfs_aops.c:471 at xfs_map_blocks+0x1/0x2 [xfs], CPU#0: player/77", "warning"],
    ["------------[ ftrace bug ]------------", "warning"],
    ["UBSAN: array-index-out-of-bounds in fs/xfs/x.c:12:3", "warning"],
    ["INFO: task player:77 blocked for more than 120 seconds.", "hung task"],
    ["INFO: task kworker/u4:2:99 blocked for more than 241 seconds.", "hung task"],
    ["INFO: task a task of two words:99 blocked for more than 120 seconds.", "hung task"],
    ["watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [player:77]", "soft lockup"],
    ["BUG: workqueue lockup - pool cpus=0 node=0 flags=0x0 nice=0 stuck for 33s!", "soft lockup"],
    ["NMI watchdog: Watchdog detected hard LOCKUP on cpu 0", "hard lockup"],
    ["rcu: INFO: rcu_sched self-detected stall on CPU", "stall"],
    ["rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:", "stall"],
    ["rcu: INFO: rcu_preempt detected expedited stalls on CPUs/tasks: { 1-... }", "stall"],
    ["Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000009", "panic"],
    ["XFS (vda): Metadata corruption detected at xfs_agf_read_verify+0x1", "file system"],
    ["XFS (vda): Internal error ltrec.rm_startblock at line 1 of file x.c", "file system"],
    ["XFS (vda): User initiated shutdown received. Shutting down filesystem", "file system"],
    ["XFS: Assertion failed: ip != NULL, file: fs/xfs/xfs_x.c, line: 1", "file system"],
    ["Out of memory: Killed process 77 (player) total-vm:1kB", "memory"],
    ["player: page allocation failure: order:3, mode:0x40c40", "memory"],
  ])("%s", (message, kind) => {
    expect(guestTrouble(`first\r\n${at(message)}\r\n[   13.000000] next\r\n`)).toEqual([
      `${kind}: ${message}`,
    ]);
    expect(guestTrouble(`[  12.345678][  T77] ${message}`)).toEqual([`${kind}: ${message}`]);
    expect(guestTrouble(`half a line of ours${at(message)}`)).toEqual([`${kind}: ${message}`]);
  });

  it.each([
    "stalemap_hold: loading out-of-tree module taints kernel.",
    "stalemap_hold: module verification failed: signature and/or required key missing - tainting kernel",
    "XFS (vda): page discard on page ffffea0000123400, inode 0x83, offset 4096.",
    "XFS (vda): page discard on folio ffffea0000123400, inode 0x83, pos 4096.",
    "XFS (vda): Mounting V5 Filesystem",
    "vda: writeback error on inode 131, offset 4096, sector 96",
    "Spectre V2 : WARNING: Unprivileged eBPF is enabled with eIBRS on",
    "I/O error, dev vda, sector 96 op 0x1:(WRITE) flags 0x0 phys_seg 1 prio class 2",
    "INFO: lockdep is turned off.",
    "Call Trace:",
  ])("has nothing to say of: %s", (message) => expect(guestTrouble(at(message))).toEqual([]));

  it("takes no word of a program for the kernel's", () =>
    expect(guestTrouble("BUG: x\nWARNING: x\n@@stalemap problem Kernel panic\n")).toEqual([]));

  it("names the function where a report has one, and tells equal ones once", () => {
    const report = (n: number) => [
      `[   12.${n}] WARNING: CPU: 0 PID: 7 at kernel/trace/ftrace.c:2055`,
      `[   12.${n}] Modules linked in: stalemap_hold(OE) xfs`,
      `[   12.${n}] RIP: 0010:ftrace_bug.cold+0x1/0x2`,
      `[   12.${n}] Call Trace:`,
      `[   12.${n}]  __ftrace_hash_update_ipmodify+0x1/0x2`,
      `[   12.${n}] ---[ end trace 0000000000000000 ]---`,
      `[   12.${n}] INFO: task player:77 blocked for more than 120 seconds.`,
    ];
    expect(guestTrouble([...report(345678), ...report(345679)].join("\n"))).toEqual([
      "warning: WARNING: CPU: 0 PID: 7 at kernel/trace/ftrace.c:2055 in ftrace_bug.cold",
      "hung task: INFO: task player:77 blocked for more than 120 seconds.",
    ]);
  });

  it("stops at twenty", () => {
    const lines = Array.from({ length: 50 }, (_, i) => at(`WARNING: at x.c:${i}`));
    expect(guestTrouble(lines.join("\n"))).toHaveLength(20);
  });
});

describe("a dead kernel", () => {
  it.each([
    ["x watchdog: BUG: soft lockup - CPU#0", "watchdog: BUG: soft lockup - CPU#0"],
    ["kernel BUG at fs/x.c:1!", "kernel BUG at fs/x.c:1!"],
    ["Oops: Oops: 0002 [#1]", "Oops: Oops: 0002 [#1]"],
    ["WARNING: CPU: 0", undefined],
    ["INFO: task player:77 blocked for more than 120 seconds.", undefined],
    ["DEBUG: nothing", undefined],
  ])("%s", (line, death) => expect(deathOf(line)).toBe(death));
});
