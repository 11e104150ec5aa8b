/** What a page shows of a failing run, as plain data. Offsets are bytes, ranges half-open. */
import type { Film, Frame } from "../../explore/finding/film.js";

export interface FindingModel {
  readonly title: string;
  readonly headline: string;
  readonly kind: string;
  readonly facts: readonly string[];
  readonly story: readonly StoryLine[];
  /** What the words mean that stand on the page. */
  readonly words: readonly (readonly [word: string, meaning: string])[];
  readonly program: readonly (readonly [name: string, text: string])[];
  readonly cures: readonly string[];
  readonly again: readonly (readonly [label: string, command: string])[];
  readonly origins: readonly Origin[];
  readonly cells: Film["cells"];
  readonly run: RunModel;
  readonly cured?: RunModel | undefined;
  /** Where the two runs part, in words. */
  readonly parting?: string | undefined;
}

export interface StoryLine {
  /** On the steps of the diagram that the arrow joins. */
  readonly badge?: number | undefined;
  /** Step; absent where the line is about no one step. */
  readonly step?: number | undefined;
  readonly text: string;
}

/** Whose data a cell holds: how it is drawn and what that means. */
export interface Origin {
  readonly value: number;
  readonly letter: string;
  /** Which colour of the page's. */
  readonly look: string;
  readonly text: string;
}

export interface RunModel {
  readonly kernel: string;
  readonly lanes: readonly string[];
  readonly steps: readonly StepModel[];
  /** Before the first step, and after each. */
  readonly frames: readonly Frame[];
  readonly lost?: Lost | undefined;
}

export interface Lost {
  /** After this step. */
  readonly step: number;
  readonly from: number;
  readonly to: number;
  readonly band: "extents" | "content";
  /** What should be there, a value; undefined where it is about no value. */
  readonly wanted?: number | undefined;
}

export interface StepModel {
  readonly i: number;
  readonly lane: string;
  /** The operation that begins here, where its thread has several. */
  readonly begins?: string | undefined;
  readonly calls: readonly { readonly fn: string; readonly notes: readonly string[] }[];
  /** Its part in the race: a number, and what that is. */
  readonly part?: Part | undefined;
  /** How the failure depends on it, where that was looked for. */
  readonly need?: string | undefined;
}

export interface Part {
  readonly badge: number;
  readonly tag: string;
}
