/**
 * Has a kernel write down its events while a command runs on a fresh XFS: this machine's, or another under QEMU, where the
 * command is a static binary that is taken along, or one of busybox.
 */
import { copyFileSync, existsSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { boot, noResult } from "../machine/boot.js";
import { withCleanup } from "../machine/cleanup.js";
import { driveOf, imageIn, makeImage, workplaceIn } from "../machine/image.js";
import { resolveKernel, versionOf } from "../machine/kernel-package.js";
import { openMounts } from "../machine/mounts.js";
import { lastOf } from "../machine/run-command.js";
import { kernelLabel, runningKernel } from "../machine/running-kernel.js";
import { parseRecordConsole } from "../record/record-console.js";
import { eventCommands, NO_TRACING } from "./event-commands.js";
import { type KeptEvents, keptEvents } from "./event-text.js";

const LIMIT_MS = 600_000;

export interface EventRequest {
  readonly command: readonly string[];
  readonly block: number;
  readonly bufferBytes: number;
  /** A kernel to boot; else the running one. */
  readonly kernel?: string | undefined;
  readonly imageDir?: string | undefined;
}

export interface RecordedEvents extends KeptEvents {
  /** Label of the kernel. */
  readonly kernel: string;
  /** What the command printed, both streams. */
  readonly printed: string;
  /** The command's. */
  readonly status: number;
}

export function recordEvents(request: EventRequest): Promise<RecordedEvents> {
  return request.kernel === undefined ? here(request) : underQemu(request, request.kernel);
}

function here({ command, block, bufferBytes, imageDir }: EventRequest): Promise<RecordedEvents> {
  return withCleanup(async (scope) => {
    const place = workplaceIn(scope, imageDir);
    const mounts = await openMounts(scope, place);
    const mountPoint = await mounts.mount(block);
    const output = join(place.dir, "events");
    const [program = "", ...args] = command;
    const words = [program.includes("/") ? resolve(program) : program, ...args];
    const lines = eventCommands({ mountPoint, command: words, output, bufferBytes });
    const run = await mounts.run("sh", ["-c", lines.join("\n")], LIMIT_MS);
    scope.signal.throwIfAborted();
    const printed = run.stdout + run.stderr;
    if (run.killed !== undefined) throw new Error(`${program} was ended: ${run.killed}`);
    if (run.code === NO_TRACING || !existsSync(output))
      throw new Error(
        `no tracing on this kernel (${lastOf(printed) || "tracefs"}): it needs root, CONFIG_FTRACE and tracefs; or --qemu`,
      );
    const kernel = runningKernel();
    return {
      ...keptEvents(readFileSync(output, "utf8"), kernel, block),
      kernel,
      printed,
      status: run.code ?? 1,
    };
  });
}

function underQemu(
  { command, block, bufferBytes, imageDir }: EventRequest,
  packageName: string,
): Promise<RecordedEvents> {
  return withCleanup(async (scope) => {
    const place = workplaceIn(scope, imageDir);
    const kernel = await resolveKernel(packageName, place);
    await makeImage(place, block);
    const [program = "", ...args] = command;
    const isFile = existsSync(program) && statSync(program).isFile();
    const name = `command-${basename(program)}`;
    if (isFile) copyFileSync(program, join(place.dir, name));
    const words = [isFile ? `/programs/${name}` : program, ...args];
    const run = { mountPoint: "/xfs", command: words, output: "/tmp/events", bufferBytes };
    const init = [
      "mkdir -p /xfs; mount -t xfs /dev/vda /xfs || echo '@@stalemap problem no disk'",
      "cat > /tmp/run.sh <<'END-OF-COMMANDS'",
      ...eventCommands(run),
      "END-OF-COMMANDS",
      "sh /tmp/run.sh > /tmp/printed 2>&1; echo $? > /tmp/status",
      ...["status", "printed", "events"].map(
        (what) =>
          `echo "@@stalemap trace ${what}"; gzip -c /tmp/${what} | base64; echo "@@stalemap end ${what}"`,
      ),
    ];
    const drive = driveOf(imageIn(place.dir, block), "if=none,id=disk,snapshot=on,cache=unsafe");
    const disks = ["-drive", drive, "-device", "virtio-blk-pci,drive=disk"];
    const programs = isFile ? [name] : [];
    const result = await boot({
      kernel,
      place,
      programs,
      init,
      disks,
      append: "init_on_alloc=0",
      limitMs: LIMIT_MS,
    });
    const files = new Map<string, string>();
    const { problems } = parseRecordConsole(result.stdout, (what, text) => files.set(what, text));
    const events = files.get("events");
    const printed = files.get("printed") ?? "";
    if (events === undefined) throw new Error(noResult(kernel, [...problems, lastOf(printed)], result));
    const label = kernelLabel(versionOf(kernel));
    const status = Number(files.get("status") ?? 1);
    return { ...keptEvents(events, label, block), kernel: label, printed, status };
  });
}
