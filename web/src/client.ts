// What the page asks of its server; or finds in itself, where it was exported with some places in it.

import { held } from "./held.js";
import type { News, Place, Setting, Truth } from "./places.js";
import type { Lies, RuleTable } from "./tables.js";
import { client as words } from "./words.js";

/** The server refused, and says why. `status`: by which number. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

async function asked<T>(path: string, query: Record<string, string>, init: RequestInit = {}): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(`${path}?${new URLSearchParams(query)}`, init);
  } catch {
    throw new Refused(0, words.theServerOfThisPage);
  }
  const told = (await answer.json().catch(() => ({ error: words.theServerAnswered(answer.status) }))) as T & { error?: string };
  if (!answer.ok) throw new Refused(answer.status, told.error ?? words.theServerAnswered(answer.status));
  return told;
}

const at = (link: string): Record<string, string> => (link ? { at: link } : {});

/** Whether a link leads to a rule, which has a table, or to a system. */
export const kind = async (link: string): Promise<"rule" | "system"> => (held !== null ? held.kind : (await asked<{ kind: "rule" | "system" }>("/api/kind", at(link))).kind);

export const table = async (link: string): Promise<RuleTable> => {
  if (held === null) return asked<RuleTable>("/api/table", at(link));
  const found = held.table(link);
  if (found === null) throw new Refused(404, words.thisPageHoldsProfilesAnd(held.size, link));
  return found;
};

export const lies = async (link: string): Promise<Lies> => held?.lies(link) ?? asked<Lies>("/api/lies", at(link));

export const setting = async (link: string): Promise<Setting> => held?.setting ?? asked<Setting>("/api/setting", at(link));

export const place = async (link: string, { back = 0, take = null }: { back?: number; take?: number | null } = {}): Promise<Place> => {
  if (held === null) return asked<Place>("/api/place", { ...at(link), ...(back ? { back: `${back}` } : {}), ...(take === null ? {} : { take: `${take}` }) });
  const run = held.run(link);
  const found = run === null ? null : held.place([...run.slice(0, run.length - back), ...(take === null ? [] : [take])]);
  if (found === null) throw new Refused(404, words.thisPageHoldsPlacesAnd(held.size, link));
  return found;
};

/** What a clause says at each place of the run to a place. */
export const along = (link: string, clause: string) => asked<Truth[]>("/api/along", { at: link, clause });

/** What a theorem says. */
export const claim = async (theorem: string) => (await asked<{ claim: string }>("/api/theorem", { theorem })).claim;

/** Some moves further, at random. */
export const wander = (link: string, seed: number) => asked<Place>("/api/place", { ...at(link), wander: `${seed}` });

export const search = (link: string, clause: string) => asked<News>("/api/search", { at: link, clause }, { method: "POST" });

/** Begin to judge all clauses in all that can be reached. */
export const explored = (link: string) => asked<News>("/api/explored", { at: link }, { method: "POST" });

export const news = (id: string) => asked<News>(`/api/search/${id}`, {});

export const stop = (id: string) => asked<News>(`/api/search/${id}`, {}, { method: "DELETE" });

export const opened = (text: Blob) => asked<Place & { departs: string | null }>("/api/trace", {}, { method: "POST", body: text });

export const file = (link: string, format: string) => `/api/file?${new URLSearchParams({ at: link, format })}`;
