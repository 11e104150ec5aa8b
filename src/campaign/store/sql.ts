/**
 * What the rest of the campaign needs of a database: queries and transactions, whoever runs PostgreSQL.
 */

/** A row as it comes: int8 is a number, everything that is not null is there. */
export type Row = { readonly [column: string]: unknown };

export interface Sql {
  /** Runs one statement with `$1` .. parameters. */
  query<R = Row>(text: string, values?: readonly unknown[]): Promise<R[]>;
  /** Runs several statements without parameters; gives the rows of the last. */
  script(text: string): Promise<Row[]>;
}

export interface Database extends Sql {
  /** All or nothing; what `work` throws undoes it. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
  /** What it is to be called in messages; no address and no password. */
  readonly name: string;
  /** Whether other processes may use it at the same time. */
  readonly isShared: boolean;
}

/** The store cannot be used; the message says why, `remedy` what to do. */
export class StoreProblem extends Error {
  readonly remedy: string | undefined;

  constructor(message: string, remedy?: string) {
    super(message);
    this.remedy = remedy;
  }
}
