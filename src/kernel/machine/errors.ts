/** Errors that a call can return, and the signal that a fault can end in; 0 is success. */
export const enum Errno {
  EFAULT = 1,
  ENOSPC = 2,
  EINTR = 3,
  EIO = 4,
  SIGBUS = 5,
  EAGAIN = 6,
  EFBIG = 7,
  EINVAL = 8,
  EOPNOTSUPP = 9,
}

/** Names by number. */
export const ERROR_NAMES: readonly string[] = [
  "ok",
  "EFAULT",
  "ENOSPC",
  "EINTR",
  "EIO",
  "SIGBUS",
  "EAGAIN",
  "EFBIG",
  "EINVAL",
  "EOPNOTSUPP",
];

/** Their numbers in Linux; SIGBUS is none. */
export const LINUX_ERRNO: { readonly [status: number]: number } = {
  [Errno.EFAULT]: 14,
  [Errno.ENOSPC]: 28,
  [Errno.EINTR]: 4,
  [Errno.EIO]: 5,
  [Errno.EAGAIN]: 11,
  [Errno.EFBIG]: 27,
  [Errno.EINVAL]: 22,
  [Errno.EOPNOTSUPP]: 95,
};
