/** Archives of files in the form newc of cpio. */

export interface ArchiveFile {
  readonly path: string;
  readonly content: Buffer | string;
}

const DIRECTORY = 0o040755;
const PROGRAM = 0o100755;

/** Directories are made for every path that has some. */
export function cpioArchive(files: readonly ArchiveFile[]): Buffer {
  const dirs = files.flatMap(({ path }) => {
    const parts = path.split("/").slice(0, -1);
    return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
  });
  const entries = [
    ...[...new Set(dirs)].sort().map((path) => ({ path, content: "", mode: DIRECTORY })),
    ...files.map((file) => ({ ...file, mode: PROGRAM })),
    { path: "TRAILER!!!", content: "", mode: 0 },
  ];
  return Buffer.concat(entries.map((file, i) => entry(file, file.mode, i + 1)));
}

function entry({ path, content }: ArchiveFile, mode: number, inode: number): Buffer {
  const name = Buffer.from(`${path}\0`);
  const data = Buffer.from(content as string);
  const fields = [inode, mode, 0, 0, 1, 0, data.length, 0, 0, 0, 0, name.length, 0];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, "0")).join("")}`;
  return Buffer.concat([padded(Buffer.concat([Buffer.from(header), name])), padded(data)]);
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}
