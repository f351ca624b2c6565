// Where one has been: a tree of places, so that going back loses nothing. The server keeps none of it.

import type { Place } from "./places.js";

export interface Node {
  run: number[];
  /** What the last move of the run was, in words; empty at the start. */
  said: string;
  /** The link, once the place was looked at. */
  link: string | null;
  children: Map<number, Node>;
  /** The move that was gone on by last. */
  last: number | null;
}

/** How to ask for a place: from a link, some moves back, and perhaps one on. */
export interface Way {
  at: string;
  back: number;
}

export class Walk {
  readonly root: Node = node([], "");

  /** Note a place, and those on the way to it. */
  visit(place: Place) {
    let here = this.root;
    place.run.forEach((number, index) => {
      let next = here.children.get(number);
      if (next === undefined) {
        next = node(place.run.slice(0, index + 1), place.trace.moves[index]?.said ?? "");
        here.children.set(number, next);
      }
      here.last = number;
      here = next;
    });
    here.link = place.link;
  }

  at(run: number[]): Node | null {
    let here: Node | null = this.root;
    for (const number of run) here = here?.children.get(number) ?? null;
    return here;
  }

  /** How to come to a node: by its own link, or back from one further on, which there always is. */
  way(to: Node): Way {
    let here = to;
    while (here.link === null) here = here.children.get(here.last ?? [...here.children.keys()][0]!)!;
    return { at: here.link, back: here.run.length - to.run.length };
  }

  /** The node to which one went on from here last, and the one as far on as one has been. */
  forward(run: number[]): Node | null {
    const here = this.at(run);
    return here === null || here.last === null ? null : here.children.get(here.last) ?? null;
  }

  end(run: number[]): Node | null {
    let here = this.forward(run);
    for (let next = here; next !== null; next = this.forward(next.run)) here = next;
    return here;
  }
}

function node(run: number[], said: string): Node {
  return { run, said, link: null, children: new Map(), last: null };
}
