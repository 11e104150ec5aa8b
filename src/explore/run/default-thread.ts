/** The thread that goes on where nobody decides, and what a choice makes of it. */
import type { View } from "../strategies/strategy.js";

/** The thread that choice `value` means at this point, or -1 when out of range; 0 enabled threads give -1. */
export function threadOfChoice(engine: View, last: number, value: number): number {
  const standard = defaultThread(engine, last);
  if (value === 0) return standard;
  let n = 0;
  for (let i = 0; i <= engine.reclaim; i++) {
    if (i !== standard && engine.isEnabled(i) && ++n === value) return i;
  }
  return -1;
}

/** Stay on the running thread, else the lowest enabled; -1 when nothing but reclaim is. */
export function defaultThread(engine: View, last: number): number {
  if (last >= 0 && last !== engine.reclaim && engine.isEnabled(last) && !engine.rests(last)) return last;
  let lowest = -1;
  // One rests only while another can run that does not.
  for (let i = 0; i < engine.reclaim && lowest < 0; i++)
    if (engine.isEnabled(i) && !engine.rests(i)) lowest = i;
  if (lowest >= 0 && last === engine.reclaim && engine.isEnabled(last)) return last;
  return lowest;
}

export function countEnabled(engine: View): number {
  let n = 0;
  for (let i = 0; i <= engine.reclaim; i++) if (engine.isEnabled(i)) n++;
  return n;
}
