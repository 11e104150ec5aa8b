/** Files that the package brings, found alike from the sources, from what was built and where it is installed. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The path of a file or folder, given from the root of the package. */
export function packageFile(path: string): string {
  let root = new URL(".", import.meta.url);
  while (!existsSync(new URL("package.json", root))) root = new URL("..", root);
  return fileURLToPath(new URL(path, root));
}
