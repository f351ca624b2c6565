// What the server of the explorer tells. `concordant.checks.explorer.as_json` makes it; a test holds both together.

import type { Change, Fact, InFlight, Move, Tree } from "./types.js";

/** The run that leads to a place, as the diagram draws it. */
export interface Diagram {
  lanes: string[];
  moves: Move[];
  left: InFlight[];
  cycle: number | null;
  lasso: string;
  acts: number | null;
  instead: string[];
  legend: string[];
  notation: string[];
}

export interface Participant {
  who: string;
  up: boolean;
  state: Tree;
  before: Tree | null;
  view: Tree;
}

export interface Channel {
  source: string;
  to: string;
  messages: Tree[];
}

export interface Call {
  user: string;
  at: string;
}

export interface Allowance {
  what: string;
  left: number | null;
}

/** A move that can be made. `comes`: what comes of it, in words; `says_no`: the guard of its process that does, where one does. */
export interface Option {
  number: number;
  kind: string;
  said: string;
  whose: string;
  fault: boolean;
  comes: string[];
  changes: Change[];
  says_no: string;
}

export interface NearMiss {
  said: string;
  why: string;
}

/** What a clause says. `ways`: of a rule, in how many ways what it draws besides was drawn, where not in all. */
export interface Truth {
  clause: string;
  here: string;
  tone: "good" | "bad" | "open";
  facts: Fact[];
  ways: string;
}

/** A stage of a workflow. `stands`: waiting, running, done, failed or skipped. */
export interface StageShown {
  name: string;
  after: string[];
  stands: string;
}

/** What stood in a lane from one move to another; 0 is before the first. */
export interface Span {
  lane: string;
  first: number;
  last: number;
  holds: string;
}

export interface Picture {
  what: string;
  stages: StageShown[];
  spans: Span[];
}

export interface Place {
  link: string;
  run: number[];
  trace: Diagram;
  processes: Participant[];
  in_flight: Channel[];
  calls: Call[];
  history: Tree;
  left: Allowance[];
  options: Option[];
  near: NearMiss[];
  truths: Truth[];
  picture: Picture | null;
}

export interface Named {
  name: string;
  says: string;
}

/** A clause. `theorem`: the id of the theorem that says it, empty where there is none; `claim`: what that says, where the page was exported with it. */
export interface Clause {
  id: string;
  name: string;
  sentence: string;
  argument: string;
  reached: boolean;
  pitfalls: string[];
  theorem: string;
  claim: string;
}

export interface Setting {
  name: string;
  stem: string;
  title: string;
  scope: string;
  shows: string;
  scopes: Named[];
  situations: Named[];
  pitfalls: Named[];
  clauses: Clause[];
}

/** What a search that judges all says of a clause. `link`: where it is false, or reached. */
export interface ClauseNews {
  clause: string;
  says: string;
  tone: "good" | "bad" | "open";
  link: string;
}

/** What was heard of a search. `link`: where the clause tells, once found; `clauses`: of one that judges all. */
export interface News {
  id: string;
  state: "running" | "found" | "nowhere" | "stopped" | "failed";
  says: string;
  states: number;
  link: string;
  clauses: ClauseNews[];
}
