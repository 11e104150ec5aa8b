/** All programs that guards of reductions are there for. */
import { DEAD_PROGRAMS } from "./dead-programs.js";
import { ORDER_PROGRAMS } from "./order-programs.js";

export const PROGRAMS = { ...DEAD_PROGRAMS, ...ORDER_PROGRAMS };
