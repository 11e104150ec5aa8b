/**
 * The shell that has a kernel write down its events of one file system while a command runs there. It uses an instance of its
 * own of the tracing directory, so that nobody else's tracing is touched, and takes it away again.
 */

/** Events that the model has a use for; a kernel has most of them. */
const EVENTS: Readonly<Record<string, readonly string[]>> = {
  xfs: [
    ..."read write"
      .split(" ")
      .flatMap((word) => [`xfs_file_buffered_${word}`, `xfs_file_direct_${word}`, `xfs_${word}_fault`]),
    ..."file_splice_read file_fsync filemap_fault setattr zero_eof destroy_inode delalloc_enospc unwritten_convert setfilesize"
      .split(" ")
      .map((name) => `xfs_${name}`),
    ..."alloc free zero collapse insert".split(" ").map((word) => `xfs_${word}_file_space`),
    ..."iomap_found iomap_alloc iomap_invalid map_blocks_found map_blocks_alloc"
      .split(" ")
      .map((name) => `xfs_${name}`),
    "xfs_reflink_remap_range",
  ],
  iomap: [
    "iomap_apply",
    "iomap_apply_dstmap",
    "iomap_iter",
    "iomap_iter_dstmap",
    "iomap_writepage",
    "iomap_writeback_folio",
    "iomap_add_to_ioend",
    "iomap_readpage",
    "iomap_readahead",
  ],
  filemap: ["mm_filemap_add_to_page_cache", "mm_filemap_delete_from_page_cache"],
  syscalls:
    "pread64 pwrite64 read write lseek fallocate ftruncate truncate fsync fdatasync msync sync_file_range fadvise64 copy_file_range open openat"
      .split(" ")
      .flatMap((name) => [`sys_enter_${name}`, `sys_exit_${name}`]),
};

export interface EventRun {
  /** Mount point of the file system, which the command runs in. */
  readonly mountPoint: string;
  /** Words of the command, for the shell as they are. */
  readonly command: readonly string[];
  readonly output: string;
  /** Of the buffer of each CPU. */
  readonly bufferBytes: number;
}

/** Exit statuses of the shell that are not the command's. */
export const NO_TRACING = 201;

/** A word as the shell takes it for itself. */
const word = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The lines; the last status is the command's. */
export function eventCommands({ mountPoint, command, output, bufferBytes }: EventRun): string[] {
  const names = Object.entries(EVENTS).flatMap(([system, events]) =>
    events.map((name) => `${system}/${name}`),
  );
  return [
    "T=/sys/kernel/tracing",
    `[ -e $T/trace ] || mount -t tracefs tracefs $T 2>/dev/null`,
    "close() { echo 0 > $1/tracing_on; echo 0 > $1/events/enable; rmdir $1; }",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's.
    "for old in $T/instances/stalemap-*; do [ -e $old ] && [ ! -d /proc/${old##*-} ] && close $old; done",
    "I=$T/instances/stalemap-$$",
    `mkdir $I || exit ${NO_TRACING}`,
    "trap 'close $I' EXIT; trap 'exit 143' INT TERM HUP",
    "echo 0 > $I/tracing_on",
    `echo ${Math.ceil(bufferBytes / 1024)} > $I/buffer_size_kb`,
    `d=$(stat -c %d ${word(mountPoint)})`,
    "dev=$(( (((d >> 8) & 4095) << 20) | (d & 255) | ((d >> 12) & 1048320) ))",
    `for e in ${names.join(" ")}; do [ -e $I/events/$e/enable ] && echo 1 > $I/events/$e/enable; done`,
    'for s in xfs iomap; do echo "dev == $dev" > $I/events/$s/filter; done 2>/dev/null',
    'echo "s_dev == $dev" > $I/events/filemap/filter 2>/dev/null',
    "echo 1 > $I/tracing_on",
    `(cd ${word(mountPoint)} && exec ${command.map(word).join(" ")})`,
    "status=$?",
    "echo 0 > $I/tracing_on",
    `cat $I/trace > ${word(output)}`,
    "(exit $status)",
  ];
}
