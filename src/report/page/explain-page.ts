/**
 * The page of an explanation: the run with what each step has to do with the failure, the order that makes every run
 * fail, locks and what may vary.
 */
import { variantName } from "../../kernel/versions/variant.js";
import { printOrder } from "../../scenario/language/schedule.js";
import {
  type Explained,
  locksWords,
  lockText,
  orderWords,
  shareText,
  variationText,
} from "../explain-text.js";
import { headline } from "../finding-text.js";
import { findingRows } from "../rows.js";
import { plural } from "../style.js";
import type { Needs } from "./finding-model.js";
import type { VerdictTable } from "./model.js";
import { documentWith } from "./pages.js";

export function explainPage(explained: Explained): string {
  const { run, finding, states, order = [], reported, locks, variations } = explained;
  const held = locksWords(explained);
  const head = {
    title: `${run.scenario.name} on ${variantName(run.variant)}, explained by stalemap`,
    verdict: { mark: "x" as const, text: headline(finding) },
    facts: [
      `by a look at all ${plural(states, "situation")} of its runs`,
      `The race as an order. ${orderWords(explained)}`,
      ...order.map(printOrder),
      ...(held === undefined ? [] : [`Locks. ${held} ${locks.map(lockText).map(plain).join("; ")}`]),
      `What may vary. ${variations.ops.map((one) => `${one.name}: ${variationText(one)}`).join("; ")}`,
    ],
    table: prospectsOf(explained),
  };
  return documentWith(head, [reported], needsOf(explained));
}

/** A table's columns in a sentence. */
function plain(text: string): string {
  return text.replace(/ {2,}/, " ");
}

function needsOf({ bound, noReturn }: Explained): Needs {
  const needs = new Map(bound.map((step) => [step, "* in the order"]));
  if (noReturn !== undefined) {
    const words = [needs.get(noReturn), "no run is right after this"];
    needs.set(noReturn, words.filter((word) => word !== undefined).join("; "));
  }
  return needs;
}

function prospectsOf(explained: Explained): VerdictTable {
  const { run, finding, prospects } = explained;
  const rows = findingRows(run.scenario, finding);
  const needs = needsOf(explained);
  return {
    caption:
      "Share of the runs that fail from each step on, each next step drawn alike. ok: some of them is still right; x: none is.",
    heads: ["after", "thread", "step", "fail", "what it has to do with it"],
    rows: prospects.map(({ step, failing, canBeRight }) => {
      const row = rows[step - 1];
      const cells = [
        step === 0 ? "start" : String(step),
        row?.thread ?? "",
        row?.calls[0]?.fn ?? "",
        canBeRight ? shareText(failing) : "all",
        needs.get(step) ?? "",
      ];
      return { mark: canBeRight ? ("ok" as const) : ("x" as const), cells };
    }),
  };
}
