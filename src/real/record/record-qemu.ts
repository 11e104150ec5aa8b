/**
 * Records traces on another kernel under QEMU: many in a boot, each on a disk of its own that starts as the same fresh
 * XFS image and is thrown away by QEMU. The traces come out through the serial console.
 */
import { boot, noResult } from "../machine/boot.js";
import { withCleanup } from "../machine/cleanup.js";
import { type FreeSpace, freeSpaceOf } from "../machine/free-space.js";
import { driveOf, imageIn, makeImage, type Workplace, workplaceIn } from "../machine/image.js";
import { type KernelPackage, resolveKernel, versionOf } from "../machine/kernel-package.js";
import { kernelLabel } from "../machine/running-kernel.js";
import { parseRecordConsole, recordCommands } from "./record-console.js";
import { compileRecorders } from "./record-here.js";
import { type RecordRequest, recorderName, traceName } from "./recorder.js";
import { checkedTrace, NotThatTrace, type RecordedTrace } from "./recording.js";

interface RecordQemuOptions {
  /** As for runQemu. */
  readonly kernel: string;
  /** Where the images are made; the system's temporary directory unless said. */
  readonly imageDir?: string | undefined;
}

/** PCI functions of the slots that q35 leaves free, some kept back. */
const DISKS_PER_BOOT = 160;
const FUNCTIONS_PER_SLOT = 8;
const FIRST_SLOT = 2;
const BOOT_LIMIT_MS = 120_000;
/** An operation takes some 10 ms under emulation. */
const OP_LIMIT_MS = 150;
const RUN_LIMIT_SECONDS = 600;
/** Debian's default hides memory that nobody has initialised. */
const APPEND = "init_on_alloc=0";

/** Ask qemuProblems first; `onTrace` hears of each trace after its boot. Throws Interrupted after cleaning up. */
export function recordQemu(
  requests: readonly RecordRequest[],
  onTrace: (trace: RecordedTrace) => void,
  options: RecordQemuOptions,
): Promise<void> {
  return withCleanup(async (scope) => {
    const place = workplaceIn(scope, options.imageDir);
    const kernel = await resolveKernel(options.kernel, place);
    const label = kernelLabel(versionOf(kernel));
    await compileRecorders(requests, label, place);
    const layouts = new Map<number, FreeSpace>();
    const all: Wanted[] = [];
    for (const request of requests) {
      const { block } = request;
      const layout = layouts.get(block) ?? (await freeSpaceOf(await makeImage(place, block), place));
      layouts.set(block, layout);
      all.push({ request, layout });
    }
    for (let at = 0; at < all.length; at += DISKS_PER_BOOT) {
      const batch = all.slice(at, at + DISKS_PER_BOOT);
      const { missing, why } = await recordSome(batch, onTrace, { kernel, label, place });
      if (missing.length === 0) continue;
      // What got lost on its way out of the guest is had again; where nothing comes, a second boot is no better.
      const again =
        missing.length === batch.length
          ? { missing, why }
          : await recordSome(missing, onTrace, { kernel, label, place });
      if (again.missing.length > 0) throw new Error(again.why);
    }
  });
}

const diskName = (i: number) => `trace${i}`;

interface Wanted {
  readonly request: RecordRequest;
  /** Of the image that it is recorded on. */
  readonly layout: FreeSpace;
}

interface Where {
  readonly kernel: KernelPackage;
  readonly label: string;
  readonly place: Workplace;
}

/** One boot: what did not come, and why. A trace that came whole is good whatever became of the kernel after it. */
async function recordSome(
  wanted: readonly Wanted[],
  onTrace: (trace: RecordedTrace) => void,
  { kernel, label, place }: Where,
): Promise<{ readonly missing: readonly Wanted[]; readonly why: string }> {
  const tasks = wanted.map(({ request }, i) => ({
    name: traceName(request),
    program: recorderName(request),
    disk: diskName(i),
    seed: request.seed,
  }));
  const programs = new Set(tasks.map(({ program }) => program));
  const init = recordCommands(tasks, RUN_LIMIT_SECONDS);
  const disks = wanted.flatMap(({ request }, i) => diskArguments(imageIn(place.dir, request.block), i));
  const limitMs = BOOT_LIMIT_MS + wanted.reduce((sum, { request }) => sum + request.ops * OP_LIMIT_MS, 0);
  const result = await boot({ kernel, place, programs, init, disks, append: APPEND, limitMs });
  const missing = new Map(wanted.map((one) => [traceName(one.request), one]));
  const wrong = new Map<string, string>();
  const report = parseRecordConsole(result.stdout, (name, json) => {
    const one = missing.get(name);
    if (one === undefined) return;
    try {
      onTrace(checkedTrace(one.request, label, json, one.layout));
      missing.delete(name);
    } catch (error) {
      if (!(error instanceof NotThatTrace)) throw error;
      wrong.set(name, error.message);
    }
  });
  const why = noResult(kernel, report.problems, result);
  const lost = [...missing];
  const [first] = lost;
  if (first === undefined) {
    if (report.problems.length > 0) throw new Error(why);
    return { missing: [], why };
  }
  const [name] = first;
  const others = lost.length > 1 ? `; ${lost.length - 1} more are missing` : "";
  return {
    missing: lost.map(([, one]) => one),
    why: `recording ${name}: ${wrong.get(name) ?? report.failures.get(name) ?? why}${others}`,
  };
}

/** All share the image; what is written goes to a temporary file that QEMU removes. */
function diskArguments(image: string, i: number): string[] {
  const name = diskName(i);
  const slot = FIRST_SLOT + Math.floor(i / FUNCTIONS_PER_SLOT);
  const address = `addr=${slot.toString(16)}.${i % FUNCTIONS_PER_SLOT},multifunction=on`;
  return [
    "-drive",
    driveOf(image, `if=none,id=${name},snapshot=on,cache=unsafe`),
    "-device",
    `virtio-blk-pci,drive=${name},serial=${name},num-queues=1,${address}`,
  ];
}
