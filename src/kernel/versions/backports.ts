/** Which patches go into a kernel together, and which proposal is written on which patch. */

/** Patches that go in as one: between them the kernel is worse than before, or the first does nothing. */
export const TOGETHER: readonly { readonly commits: readonly string[]; readonly why: string }[] = [
  {
    commits: ["add66fcbd3fb", "243145bc4336"],
    why: "the second repairs the length of a fault in the page of EOF, which the first breaks",
  },
  {
    commits: ["f43dc4dc3eff", "7a9d43eace88"],
    why: "the second keeps the scan that the first brings from warning of a page that is gone",
  },
  {
    commits: ["7348b322332d", "8ac5b996bf51"],
    why: "the second repairs an end off by one block that the first brings",
  },
  {
    commits: ["c5c810b94cfd", "proposed:truncdown-flushes-again"],
    why: "the first leaves the page of the new EOF writable while a truncation zeroes its tail",
  },
  {
    commits: ["d7b64041164c", "304a68b9c63b"],
    why: "the first only adds the hook that the second uses",
  },
];

/** A patch that is written on top of others: they go first. */
export const ON_TOP_OF: { readonly [commit: string]: readonly string[] } = {
  f43dc4dc3eff: ["198dd8aedee6"],
  "proposed:eof-punch-cure": ["f43dc4dc3eff"],
};
