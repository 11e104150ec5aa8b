/**
 * The built program as a process that runs many command lines one after the other, so that a test need not start it for
 * each: one JSON object a line on stdin, {words, cwd, stopAt}, and an outcome a line on stdout. At the text `stopAt` on
 * stderr it is interrupted.
 */
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { main } from "../../dist/main.js";

const BIN = process.argv[2];
process.setMaxListeners(0);

function kept(heard = () => {}) {
  let text = "";
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      heard(text);
      done();
    },
  });
  return { stream, text: () => text };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { words, cwd, stopAt } = JSON.parse(line);
  process.chdir(cwd);
  process.argv = [process.execPath, BIN, ...words];
  let isStopped = stopAt === undefined;
  const out = kept();
  const err = kept((text) => {
    if (isStopped || !text.includes(stopAt)) return;
    isStopped = true;
    setImmediate(() => process.emit("SIGINT"));
  });
  await main(process.argv, out.stream, err.stream);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(signal);
  const outcome = { status: process.exitCode, stdout: out.text(), stderr: err.text() };
  process.exitCode = 0;
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
}
