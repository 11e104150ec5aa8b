/** Which kernel runs, by its upstream version, and which modelled one stands for it. */
import { readFileSync } from "node:fs";
import { distributionOf, modelOf } from "../../kernel/versions/releases.js";
import type { KernelVariant } from "../../kernel/versions/variant.js";

/** The label where none is to be found. */
export const UNKNOWN_KERNEL = "unknown";

/**
 * The upstream version of a running kernel. Distributions put it into /proc/version ("Debian 6.1.192-2") while their
 * release string stays at 6.1.0-56-amd64. Where the number says little, the mark of the distribution is kept:
 * 4.18.0.el8, 5.10.0.oe2203.
 */
export function kernelLabel(procVersion: string): string {
  // What stands before the build number is of compilers.
  const at = procVersion.search(/#\d/);
  const built = at < 0 ? "" : procVersion.slice(at);
  const debian = /\bDebian (\d{1,9}\.\d{1,9}(?:\.\d{1,9})?)-/.exec(built);
  const release = /Linux version (\d{1,9}\.\d{1,9}(?:\.\d{1,9})?)/.exec(procVersion);
  const number = debian?.[1] ?? release?.[1];
  if (number === undefined) return UNKNOWN_KERNEL;
  const [, name = ""] = /Linux version (\S+)/.exec(procVersion) ?? [];
  const tag = distributionOf(name);
  return tag === undefined ? number : `${number}.${tag}`;
}

/** The label of the kernel of this machine. */
export function runningKernel(): string {
  return kernelLabel(readFileSync("/proc/version", "utf8"));
}

/** The model of a real kernel; undefined when there is none. */
export function modelFor(label: string): KernelVariant | undefined {
  const base = modelOf(label);
  return base === undefined ? undefined : { base, with: [], without: [] };
}

/** The model of a real kernel that is to be held against it; throws when there is none. */
export function neededModelFor(label: string): KernelVariant {
  const model = modelFor(label);
  if (model === undefined) throw new Error(`there is no model of ${label}`);
  return model;
}
