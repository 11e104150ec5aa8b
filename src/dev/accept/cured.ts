/** `fuzz --kernel cured` for so many minutes on two cores: it must find nothing. */
import { spawnSync } from "node:child_process";

export function cured(minutes: number): boolean {
  const args = [
    "bin/stalemap.js",
    "fuzz",
    "--kernel",
    "cured",
    "--jobs",
    "2",
    "--time",
    `${Math.round(minutes * 60)}s`,
  ];
  const { status } = spawnSync(process.execPath, [...args, "--out", "scenarios/found/accept"], {
    stdio: "inherit",
  });
  console.log(`cured for ${minutes} minutes: ${status === 0 ? "nothing found" : `exit ${status}`}`);
  return status === 0;
}
