// The keys of both pages in one table: what each does in words, and on which page. A page that has no action for one of its keys is not compiled.

export type Page = "run" | "rule";

/** `key` and `also`: as the browser calls them, none where the browser or a part of the page hears it; `shown`: as the help names them; `on`: the one page that knows it. */
interface Key {
  key: string;
  also?: readonly string[];
  shown: string;
  says: string;
  on?: Page;
}

const KEYS = [
  { key: "1", also: ["2", "3", "4", "5", "6", "7", "8", "9"], shown: "1 … 9", says: "make that move", on: "run" },
  { key: "ArrowUp", also: ["k"], shown: "↑ or k", says: "to the move above", on: "run" },
  { key: "ArrowDown", also: ["j"], shown: "↓ or j", says: "to the move below; Enter makes it", on: "run" },
  { key: "ArrowLeft", also: ["h"], shown: "← or h", says: "back", on: "run" },
  { key: "ArrowRight", also: ["l"], shown: "→ or l", says: "forward again", on: "run" },
  { key: "Home", shown: "Home", says: "to the start", on: "run" },
  { key: "End", shown: "End", says: "forward as far as you have been", on: "run" },
  { key: "m", shown: "m", says: "keep this place, to compare other runs with it; again: no more", on: "run" },
  { key: "d", shown: "d", says: "only what changed", on: "run" },
  { key: "v", shown: "v", says: "what is seen of each process from outside", on: "run" },
  { key: "n", shown: "n", says: "what cannot be done, and why not", on: "run" },
  { key: "f", shown: "f", says: "fold steps in which nobody hears anything", on: "run" },
  { key: "r", shown: "r", says: "run on at random, each time otherwise", on: "run" },
  { key: "a", shown: "a", says: "judge the clauses in all that can be reached", on: "run" },
  { key: "s", shown: "s", says: "to the diagram", on: "run" },
  { key: "t", shown: "t", says: "to the run and its branches", on: "run" },
  { key: "/", shown: "/", says: "filter moves and clauses", on: "run" },
  { key: "e", shown: "e", says: "to the first cell", on: "rule" },
  { key: "", shown: "↑ ↓ Enter", says: "in a table: to the same column of the next row", on: "rule" },
  { key: "g", shown: "g", says: "who gains by lying here?", on: "rule" },
  { key: "", shown: "Esc", says: "out of what one types into" },
  { key: "c", shown: "c", says: "to the clauses" },
  { key: "y", shown: "y", says: "copy the link to what is shown" },
  { key: "?", shown: "?", says: "these keys" },
] as const satisfies readonly Key[];

type Other<P extends Page> = P extends "run" ? "rule" : "run";
type KeyOf<P extends Page> = Exclude<Exclude<(typeof KEYS)[number], { on: Other<P> }>["key"], "">;

/** What each key of a page does. */
export type Actions<P extends Page> = Record<KeyOf<P>, (pressed: string) => void>;

const keysOn = (page: Page): Key[] => (KEYS as readonly Key[]).filter(({ on }) => on === undefined || on === page);

/** The keys of a page, as its help lists them. */
export const keysOf = (page: Page): [string, string][] => keysOn(page).map(({ shown, says }) => [shown, says]);

/** Do what a key does, unless one types, or reads the help. */
export function heard<P extends Page>(event: KeyboardEvent, page: P, help: HTMLDialogElement | null, actions: Actions<P>) {
  const target = event.composedPath()[0] as HTMLElement;
  if (event.altKey || event.ctrlKey || event.metaKey || help?.open) return;
  if (event.key === "Escape") target.blur?.();
  if (target.matches?.("input:not([type=checkbox]), select, textarea")) return;
  const known = keysOn(page).find(({ key, also }) => key !== "" && (key === event.key || also?.includes(event.key)));
  if (known === undefined) return;
  event.preventDefault();
  actions[known.key as KeyOf<P>](event.key);
}
