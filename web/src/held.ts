// The places that an exported page holds. `concordant.checks.explorer.exported` writes them: what occurs often stands there once.

import type { Place, Setting } from "./places.js";
import type { Lies, RuleTable } from "./tables.js";
import type { Move } from "./types.js";

type Kept = Place & { trace: { moves: Move[]; after?: string } };

interface Whole {
  home: string;
  setting: Setting;
  places: Record<string, Kept>;
  /** Of a rule: its profiles, by what is typed for them, and which of them the page begins with. */
  tables?: Record<string, RuleTable>;
  lies?: Record<string, Lies>;
}

export class Held {
  private whole: Whole;

  constructor(text: string) {
    const { parts, whole } = JSON.parse(text) as { parts: unknown[]; whole: unknown };
    const made: unknown[] = [];
    const filled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(filled);
      if (value === null || typeof value !== "object") return value;
      if ("$" in value) return made[value.$ as number];
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filled(each)]));
    };
    for (const part of parts) made.push(filled(part));
    this.whole = filled(whole) as Whole;
  }

  get setting(): Setting {
    return this.whole.setting;
  }

  get size(): number {
    return Object.keys(this.whole.tables ?? this.whole.places).length;
  }

  get kind(): "rule" | "system" {
    return this.whole.tables === undefined ? "system" : "rule";
  }

  table(link: string): RuleTable | null {
    return this.whole.tables?.[this.typed(link)] ?? null;
  }

  lies(link: string): Lies | null {
    return this.whole.lies?.[this.typed(link)] ?? null;
  }

  private typed(link: string): string {
    return new URLSearchParams(link.split("?")[1]).get("r") ?? this.whole.home;
  }

  /** The run of a link: that of the page where it names none, and null where it leads to something else. */
  run(link: string): number[] | null {
    const [name, query] = link.split("?");
    const p = new URLSearchParams(query).get("p");
    if (decodeURIComponent(name ?? "") !== (link ? this.setting.name : "")) return null;
    return numbers(p === null ? this.whole.home : p, p === null ? 10 : 36);
  }

  has(run: number[]): boolean {
    return run.join(".") in this.whole.places;
  }

  place(run: number[]): Place | null {
    const found = this.whole.places[run.join(".")];
    if (found === undefined) return null;
    const { after } = found.trace;
    if (after === undefined) return found;
    const before = this.place(numbers(after, 10))!.trace.moves;
    return { ...found, trace: { ...found.trace, moves: [...before, ...found.trace.moves] } };
  }
}

const numbers = (text: string, base: number) => (text ? text.split(".").map((each) => parseInt(each, base)) : []);

const element = document.getElementById("explored");
/** What this page holds; null where it has a server. */
export const held = element === null ? null : new Held(element.textContent ?? "");
