/** A program for a real kernel, as export writes it. */

/** A program as export writes it. */
export interface Exported {
  readonly name: string;
  /** By the model of this kernel the data is `verdict`. */
  readonly kernel: string;
  readonly verdict: "right" | "lost";
  /** Bytes. */
  readonly block: number;
  /** Of the finding that it shows; undefined when it shows none. */
  readonly kind: string | undefined;
  readonly note: string | undefined;
  readonly source: string;
  /** The file that has the source; undefined when the reader is to have it. */
  readonly output: string | undefined;
}

/** The C program, or where it is. */
export function exportText({ source, output, name, verdict, kernel }: Exported): string {
  return output === undefined ? source : `${output}: ${name}, data ${verdict} on ${kernel} by the model\n`;
}
