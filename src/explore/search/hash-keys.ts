/** Multipliers that the hash of a state mixes with. */
export const A = 0x9e3779b1 | 0;
export const B = 0x85ebca77 | 0;
export const C = 0xc2b2ae3d | 0;
