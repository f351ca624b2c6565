// What the server tells of a rule. `concordant.checks.explorer.tables.as_json` makes it; a test holds both together.

import type { Clause, Named, Truth } from "./places.js";
import type { Tree } from "./types.js";

/** One value. `says`: what may be typed there, empty where nothing may; `options`: all of it, where these can be listed. */
export interface Cell {
  text: string;
  says: string;
  options: string[];
}

/** Records, a row for each. `least`, `most`: how many there may be; `blank`: what a new one is like. */
export interface Rows {
  columns: string[];
  keys: string[];
  rows: Cell[][];
  least: number;
  most: number;
  blank: Cell[];
}

/** A field of a profile: one value, or a table. */
export interface Part {
  name: string;
  cell: Cell | null;
  table: Rows | null;
}

export interface Outcome {
  value: Tree;
  raised: string | null;
}

export interface RuleTable {
  link: string;
  name: string;
  stem: string;
  title: string;
  scope: string;
  shows: string;
  rule: string;
  lies: boolean;
  scopes: Named[];
  pitfalls: Named[];
  clauses: Clause[];
  parts: Part[];
  outcome: Outcome;
  right: Outcome | null;
  truths: Truth[];
  notation: string[];
}

/** The best that somebody can do by a misreport. `says`: what it says otherwise. */
export interface Lie {
  who: string;
  pays: boolean;
  says: string;
  gains: string;
  would_gain: string;
  honest: Tree;
  lying: Tree;
  link: string;
}

export interface Lies {
  says: string;
  tried: number;
  lies: Lie[];
}

/** What is typed: for each field a text, or of a table the texts of each row. */
export type Typed = (string | string[][])[];

export const typedOf = (parts: Part[]): Typed => parts.map((part) => (part.cell !== null ? part.cell.text : part.table!.rows.map((row) => row.map((cell) => cell.text))));
