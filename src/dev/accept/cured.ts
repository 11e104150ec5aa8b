/** `fuzz --kernel cured` for so many minutes on two cores: it must find nothing. */
import { FOUND, stalemap } from "./built-program.js";

export function cured(minutes: number): boolean {
  const seconds = Math.round(minutes * 60);
  const { status } = stalemap(`fuzz --kernel cured --jobs 2 --time ${seconds}s ${FOUND}`, {
    stdio: "inherit",
  });
  console.log(`cured for ${minutes} minutes: ${status === 0 ? "nothing found" : `exit ${status}`}`);
  return status === 0;
}
