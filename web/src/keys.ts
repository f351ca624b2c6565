// The keys of both pages in one table: what each does in words, and on which page. A page that has no action for one of its keys is not compiled.

import { keys as words } from "./words.js";

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
  { key: "1", also: ["2", "3", "4", "5", "6", "7", "8", "9"], shown: "1 … 9", says: words.makeThatMove, on: "run" },
  { key: "ArrowUp", also: ["k"], shown: words.orK, says: words.toTheMoveAbove, on: "run" },
  { key: "ArrowDown", also: ["j"], shown: words.orJ, says: words.toTheMoveBelowEnter, on: "run" },
  { key: "ArrowLeft", also: ["h"], shown: words.orH, says: words.back, on: "run" },
  { key: "ArrowRight", also: ["l"], shown: words.orL, says: words.forwardAgain, on: "run" },
  { key: "Home", shown: "Home", says: words.toTheStart, on: "run" },
  { key: "End", shown: "End", says: words.forwardAsFarAsYou, on: "run" },
  { key: "m", shown: "m", says: words.keepThisPlaceToCompare, on: "run" },
  { key: "d", shown: "d", says: words.onlyWhatChanged, on: "run" },
  { key: "v", shown: "v", says: words.whatIsSeenOfEach, on: "run" },
  { key: "n", shown: "n", says: words.whatCannotBeDoneAnd, on: "run" },
  { key: "f", shown: "f", says: words.foldStepsInWhichNobody, on: "run" },
  { key: "r", shown: "r", says: words.runOnAtRandomEach, on: "run" },
  { key: "a", shown: "a", says: words.judgeTheClausesInAll, on: "run" },
  { key: "s", shown: "s", says: words.toTheDiagram, on: "run" },
  { key: "t", shown: "t", says: words.toTheRunAndIts, on: "run" },
  { key: "/", shown: "/", says: words.filterMovesAndClauses, on: "run" },
  { key: "e", shown: "e", says: words.toTheFirstCell, on: "rule" },
  { key: "", shown: "↑ ↓ Enter", says: words.inATableToThe, on: "rule" },
  { key: "g", shown: "g", says: words.whoGainsByLyingHere, on: "rule" },
  { key: "", shown: "Esc", says: words.outOfWhatOneTypes },
  { key: "c", shown: "c", says: words.toTheClauses },
  { key: "y", shown: "y", says: words.copyTheLinkToWhat },
  { key: "?", shown: "?", says: words.theseKeys },
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
