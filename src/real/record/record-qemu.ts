/**
 * Records traces on another kernel under QEMU: many in a boot, each on a disk of its own that starts as the same fresh
 * XFS image and is thrown away by QEMU. The traces come out through the serial console.
 */
import { boot, noResult } from "../machine/boot.js";
import { type Scope, withCleanup } from "../machine/cleanup.js";
import { type FreeSpace, freeSpaceOf } from "../machine/free-space.js";
import { imageIn, makeImage, temporaryDir } from "../machine/image.js";
import { type KernelPackage, resolveKernel, versionOf } from "../machine/kernel-package.js";
import { kernelLabel } from "../machine/running-kernel.js";
import { parseRecordConsole, recordCommands } from "./record-console.js";
import {
  compileRecorders,
  type RecordedTrace,
  type RecordRequest,
  recorderName,
  traceName,
  withLayout,
} from "./record-here.js";

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

/** Ask qemuProblems first. Throws Interrupted on SIGINT and SIGTERM, after cleaning up. */
export function recordQemu(
  requests: readonly RecordRequest[],
  options: RecordQemuOptions,
): Promise<RecordedTrace[]> {
  return withCleanup(async (scope) => {
    const kernel = await resolveKernel(options.kernel, scope.signal);
    const label = kernelLabel(versionOf(kernel));
    const dir = temporaryDir(scope, options.imageDir);
    await compileRecorders(requests, label, dir, scope.signal);
    const layouts = new Map<number, FreeSpace>();
    const all: Wanted[] = [];
    for (const request of requests) {
      const { block } = request;
      const layout =
        layouts.get(block) ?? (await freeSpaceOf(await makeImage(dir, block, scope.signal), scope.signal));
      layouts.set(block, layout);
      all.push({ request, layout });
    }
    const traces: RecordedTrace[] = [];
    for (let at = 0; at < all.length; at += DISKS_PER_BOOT) {
      const some = all.slice(at, at + DISKS_PER_BOOT);
      traces.push(...(await recordSome(some, { kernel, label, dir, scope })));
    }
    return traces;
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
  readonly dir: string;
  readonly scope: Scope;
}

/** One boot. */
async function recordSome(
  wanted: readonly Wanted[],
  { kernel, label, dir, scope }: Where,
): Promise<RecordedTrace[]> {
  const tasks = wanted.map(({ request }, i) => ({
    name: traceName(request),
    program: recorderName(request),
    disk: diskName(i),
    seed: request.seed,
  }));
  const programs = new Set(tasks.map(({ program }) => program));
  const init = recordCommands(tasks, RUN_LIMIT_SECONDS);
  const disks = wanted.flatMap(({ request }, i) => diskArguments(imageIn(dir, request.block), i));
  const limitMs = BOOT_LIMIT_MS + wanted.reduce((sum, { request }) => sum + request.ops * OP_LIMIT_MS, 0);
  const result = await boot({ kernel, dir, programs, init, disks, append: APPEND, limitMs }, scope);
  const report = parseRecordConsole(result.stdout);
  return wanted.map(({ request, layout }) => {
    const name = traceName(request);
    const json = report.traces.get(name);
    if (json !== undefined) return { request, path: `${label}/${name}.json`, json: withLayout(json, layout) };
    const why = report.failures.get(name) ?? noResult(kernel, report.problems, result);
    throw new Error(`recording ${name}: ${why.trim()}`);
  });
}

/** All share the image; what is written goes to a temporary file that QEMU removes. */
function diskArguments(image: string, i: number): string[] {
  const name = diskName(i);
  const slot = FIRST_SLOT + Math.floor(i / FUNCTIONS_PER_SLOT);
  const address = `addr=${slot.toString(16)}.${i % FUNCTIONS_PER_SLOT},multifunction=on`;
  return [
    "-drive",
    `file=${image},format=raw,if=none,id=${name},snapshot=on,cache=unsafe`,
    "-device",
    `virtio-blk-pci,drive=${name},serial=${name},num-queues=1,${address}`,
  ];
}
