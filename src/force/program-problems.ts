/** What keeps a program from being run on a real kernel. */
import { OPS } from "../kernel/ops.js";
import { stopProblems } from "./cut-write.js";
import { allPromises, dataIds, opsOf, type RealProgram } from "./real-program.js";

const MAX_DATA_IDS = 250;

/** What keeps a program from being run on a real kernel, one sentence each; empty when nothing does. */
export function problemsOf(program: RealProgram): string[] {
  const problems: string[] = [];
  if (program.file.page !== 4096)
    problems.push(`A page of ${program.file.page} bytes: only 4096 can be forced.`);
  const ids = dataIds(program);
  if (ids.length > MAX_DATA_IDS)
    problems.push(`${ids.length} operations carry data, at most ${MAX_DATA_IDS} can.`);
  for (const { id } of opsOf(program).filter((op) => op.shortCopy !== undefined))
    problems.push(
      `${id}: a short copy can leave uninitialised page memory readable; programs that show it are not exported.`,
    );
  const known = new Set([...ids, "zero"]);
  let stops: readonly number[] = [];
  for (const action of program.actions) {
    if (action.do === "start") {
      if (stops.length > 0) problems.push(`${action.op.id} starts while another write is stopped (IOLOCK).`);
      problems.push(...stopProblems(action.op, action.stops, program.file));
      stops = action.stops;
    } else if (action.do === "resume") {
      if (stops.length === 0) problems.push("resume, but no write is stopped.");
      stops = stops.slice(1);
    } else if (action.do === "fail" || action.do === "kill" || action.do === "retry") {
      if (stops.length === 0) problems.push(`${action.do}, but no write is stopped.`);
      if (action.do !== "retry") stops = [];
    } else if (action.do === "op") {
      if (stops.length > 0 && OPS[action.op.kind].takesIolock)
        problems.push(`${action.op.id}: ${action.op.kind} waits for IOLOCK, which the stopped write holds.`);
    }
  }
  if (stops.length > 0) problems.push("A write is still stopped at the end.");
  for (const promise of allPromises(program))
    for (const id of promise.allowed) if (!known.has(id)) problems.push(`No operation writes ${id}.`);
  return problems;
}
