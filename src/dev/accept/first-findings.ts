/** `fuzz --kernel 6.0 --oracle content`: wall time with start-up to the first finding, seeds 1 to 20. */
import { medianOf } from "../bench/sampling.js";
import { FOUND, stalemap } from "./built-program.js";

export function firstFindings(): boolean {
  const seconds: number[] = [];
  let found = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const start = performance.now();
    const { status } = stalemap(`fuzz --kernel 6.0 --oracle content --seed ${seed} -q ${FOUND}`);
    seconds.push((performance.now() - start) / 1000);
    if (status === 1) found++;
  }
  const median = medianOf(seconds);
  console.log(
    `first finding on 6.0: ${found} of 20 seeds, median ${median.toFixed(2)} s (at most 1), slowest ${Math.max(...seconds).toFixed(2)} s`,
  );
  return found === 20 && median < 1;
}
