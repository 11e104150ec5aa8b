import type { Engine } from "./engine.js";
import type { Transitions } from "./transitions.js";

export class Independence {
  constructor(_engine: Engine, _transitions: Transitions) {}
  look(_list: Int16Array, _n: number): void {}
  independentOf(_transition: number, _sleep: number): number {
    return 0;
  }
  persistent(_list: Int16Array, n: number): number {
    return n;
  }
}
