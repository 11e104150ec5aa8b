/**
 * Records traces on another kernel under QEMU: many in a boot, each on a disk of its own that starts as the same fresh
 * XFS image and is thrown away by QEMU. The traces come out through the serial console.
 */
import { join } from "node:path";
import { boot, MODULES, noResult } from "../machine/boot.js";
import { type Scope, withCleanup } from "../machine/cleanup.js";
import { type FreeSpace, freeSpaceOf } from "../machine/free-space.js";
import { makeImage, temporaryDir } from "../machine/image.js";
import { baseFiles, programFiles } from "../machine/initramfs.js";
import { type KernelPackage, modulesInOrder, resolveKernel, versionOf } from "../machine/kernel-package.js";
import { kernelLabel } from "../machine/running-kernel.js";
import { parseRecordConsole, recordScript } from "./record-console.js";
import {
  compileRecorders,
  type RecordedTrace,
  type RecordRequest,
  recorderName,
  traceName,
  withLayout,
} from "./record-here.js";

export interface RecordQemuOptions {
  /** As for runQemu. */
  readonly kernel: string;
  readonly cacheDir?: string | undefined;
  /** Where the images are made; the system's temporary directory unless said. */
  readonly imageDir?: string | undefined;
  readonly onOutput?: (text: string) => void;
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
    const { cacheDir, imageDir } = options;
    const kernel = await resolveKernel(options.kernel, { cacheDir, signal: scope.signal });
    const dir = temporaryDir(scope, imageDir);
    const layouts = new Map<number, FreeSpace>();
    for (const block of new Set(requests.map((request) => request.block))) {
      const image = imageOf(dir, block);
      await makeImage(image, block, scope.signal);
      layouts.set(block, await freeSpaceOf(image, scope.signal));
    }
    const traces: RecordedTrace[] = [];
    for (let at = 0; at < requests.length; at += DISKS_PER_BOOT) {
      const some = requests.slice(at, at + DISKS_PER_BOOT);
      const recorded = await recordSome(some, { kernel, dir, scope, options });
      for (const { request, json } of recorded) {
        const layout = layouts.get(request.block);
        if (layout === undefined) throw new Error(`no image with ${request.block}-byte blocks`);
        const path = `${labelOf(kernel)}/${traceName(request)}.json`;
        traces.push({ request, path, json: withLayout(json, layout) });
      }
    }
    return traces;
  });
}

const imageOf = (dir: string, block: number) => join(dir, `${block}.img`);
const labelOf = (kernel: KernelPackage) => kernelLabel(versionOf(kernel));
const diskName = (i: number) => `trace${i}`;

interface Where {
  readonly kernel: KernelPackage;
  readonly dir: string;
  readonly scope: Scope;
  readonly options: RecordQemuOptions;
}

/** One boot. */
async function recordSome(
  requests: readonly RecordRequest[],
  { kernel, dir, scope, options }: Where,
): Promise<{ readonly request: RecordRequest; readonly json: string }[]> {
  const label = labelOf(kernel);
  const binaries = await compileRecorders(requests, { kernel: label, dir, signal: scope.signal });
  const modules = modulesInOrder(kernel, MODULES);
  const tasks = requests.map((request, i) => ({
    name: traceName(request),
    program: recorderName(request),
    disk: diskName(i),
    seed: request.seed,
  }));
  const names = modules.map((module) => module.name);
  const files = [
    ...baseFiles(modules, recordScript(names, tasks, RUN_LIMIT_SECONDS)),
    ...programFiles(binaries),
  ];
  const limitMs = BOOT_LIMIT_MS + requests.reduce((sum, { ops }) => sum + ops * OP_LIMIT_MS, 0);
  const disks = requests.flatMap(({ block }, i) => diskArguments(imageOf(dir, block), i));
  const { onOutput } = options;
  const result = await boot({ kernel, dir, files, disks, append: APPEND, limitMs, onOutput }, scope);
  const report = parseRecordConsole(result.stdout);
  return requests.map((request) => {
    const name = traceName(request);
    const json = report.traces.get(name);
    if (json !== undefined) return { request, json };
    const why = report.failures.get(name) ?? noResult(kernel, report, result);
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
