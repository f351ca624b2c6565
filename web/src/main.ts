// The page: of a system its explorer, of a rule its table. Which of them, the name in the address says.

import "./explorer.js";
import "./rule.js";
import * as client from "./client.js";
import type { ExplorerView } from "./explorer.js";
import type { RuleView } from "./rule.js";

const ELEMENTS = { system: "x-explorer", rule: "x-rule" } as const;
let shown: ExplorerView | RuleView | null = null;
let asked = 0;
let about: string | null = null;

async function followed() {
  const link = location.hash.slice(1);
  const name = link.split(/[?&][mpr]=/)[0]!;
  if (shown !== null && name === about) return shown.followed();
  asked += 1;
  const number = asked;
  const kind = await client.kind(link).catch(() => "system" as const); // why there is none, the explorer will be told
  if (number !== asked) return;
  about = name;
  if (shown?.localName === ELEMENTS[kind]) return shown.followed();
  shown?.remove();
  shown = document.createElement(ELEMENTS[kind]) as ExplorerView | RuleView;
  document.body.append(shown);
}

addEventListener("hashchange", () => void followed());
void followed();
