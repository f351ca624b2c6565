// What Python embeds in the page. `concordant.checks.page.scenes` makes it; a test holds both together.

export type Tree =
  | { text: string }
  | { name: string; fields: [string, Tree][] }
  | { kind: "tuple" | "set" | "bag"; items: Tree[] }
  | { kind: "map"; entries: [Tree, Tree][] };

export interface Row {
  start: string;
  end: string;
  mark: "arrives" | "inside" | "down" | "lost" | "up";
  label: string;
  sent: number | null;
  again: boolean;
}

export interface Change {
  who: string;
  field: string;
  before: Tree;
  after: Tree;
}

export interface Move {
  said: string;
  row: Row;
  effects: string[];
  changes: Change[];
}

export interface Fact {
  name: string;
  value: Tree;
}

export interface InFlight {
  source: string;
  to: string;
  label: string;
  sent: number | null;
}

/** A run of a system: a counterexample, or an example of what is reached. */
export interface Trace {
  kind: "trace";
  clause: string;
  sentence: string;
  lanes: string[];
  moves: Move[];
  left: InFlight[];
  cycle: number | null;
  lasso: string;
  acts: number | null;
  instead: string[];
  given: Fact[];
  facts: Fact[];
  legend: string[];
  notation: string[];
}

/** A case of a rule: what was drawn, and of a lie the table of honesty beside it. */
export interface Drawn {
  kind: "drawn";
  clause: string;
  sentence: string;
  table: string[][];
  facts: Fact[];
  given: Fact[];
  notation: string[];
}

export type Scene = Trace | Drawn;

export interface Line {
  id: string;
  what: string;
  sentence: string;
  word: string;
  tone: "good" | "bad" | "open";
  numbers: string;
  notes: string[];
  command: string;
  scene: Scene | null;
}

/** What exploring came to: branches, inputs, clauses; empty where coverage was not asked for. */
export interface Coverage {
  what: string;
  came: string;
  under: string;
  never: string[];
}

export interface Protocol {
  stem: string;
  title: string;
  word: string;
  tone: "good" | "bad" | "open";
  lines: Line[];
  coverage: Coverage[];
}

export interface Report {
  command: string;
  version: string;
  conclusion: string;
  tone: "good" | "bad" | "open";
  totals: string;
  never_judged: string[];
  protocols: Protocol[];
}
