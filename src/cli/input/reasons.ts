/**
 * What the system says about a path, in words, and what may help.
 */

/** Tells readers apart what names a path. */
const REASONS: { readonly [code: string]: string } = {
  ENOENT: "no such file",
  EISDIR: "it is a directory",
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOTDIR: "a part of the path is not a directory",
  ELOOP: "too many symbolic links",
  ENAMETOOLONG: "the name is too long",
  ENOSPC: "no space left on the device",
  EDQUOT: "the disk quota is used up",
  EROFS: "the file system is read-only",
  EEXIST: "a file of that name is in the way",
  EBUSY: "it is a directory or in use",
  EIO: "the device reports an error",
  ENXIO: "it is a socket, or nobody is at the other end",
};

export function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return REASONS[code] ?? (code === "" ? String(error) : code);
}
