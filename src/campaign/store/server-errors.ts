/** What goes wrong between here and a server: what passes, and how the rest is told, without address and password. */
import { StoreProblem } from "./sql.js";

/** Codes of a server that is not there now, or goes away, and may come back. */
export const PASSING = /^(57P0[123]|08\w{3}|53300|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT)$/;
/** A transaction that another one has got in the way of. */
export const AGAIN = /^(40001|40P01|55P03)$/;

export function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | undefined)?.code ?? "");
}

const REASONS: { readonly [code: string]: string } = {
  ECONNREFUSED: "nobody listens there",
  ENOENT: "there is no such socket",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "the name of its host cannot be looked up",
  ETIMEDOUT: "it does not answer",
  EHOSTUNREACH: "there is no way to its host",
};

/** What it is about, without where: messages of the server's name objects, those of the system name addresses. */
export function problem(error: unknown): StoreProblem {
  const code = codeOf(error);
  const ofSystem = /^E[A-Z_]+$/.test(code) ? (REASONS[code] ?? code) : undefined;
  const text = ofSystem ?? (error instanceof Error ? error.message : String(error));
  return new StoreProblem(
    `the database server cannot be used: ${text}`,
    "see --database, or the PG* environment",
  );
}
