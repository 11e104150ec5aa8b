/** Timers of any length: Node's own act at once when they are set to more than 2^31 - 1 ms. */
const LONGEST_MS = 2 ** 31 - 1;

/** Acts once `ms` have passed; the function that comes back cancels that. */
export function after(ms: number, act: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (left: number): void => {
    const now = Math.min(left, LONGEST_MS);
    timer = setTimeout(() => (left > now ? wait(left - now) : act()), now);
  };
  wait(ms);
  return () => clearTimeout(timer);
}
