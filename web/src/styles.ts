// What the parts of the explorer look like alike.

import { css } from "lit";

export const shared = css`
  h2 { font-size: 1rem; margin: 0 0 0.4rem; }
  h3 { font-size: 0.9rem; margin: 0.7rem 0 0.2rem; color: var(--dim); font-weight: 600; }
  p { margin: 0.2rem 0; }
  button, select, input, .button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.15rem 0.6rem; }
  button, summary, .button, select { cursor: pointer; }
  a { color: var(--accent); }
  .button { display: inline-block; }
  button:disabled { opacity: 0.4; cursor: default; }
  button.plain { border: 0; padding: 0; background: none; color: var(--accent); text-decoration: underline; text-align: left; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
  kbd { font: 12px var(--mono); border: 1px solid var(--faint); border-radius: 3px; padding: 0 0.3em; color: var(--dim); }
  .value { font: 13px/1.5 var(--mono); overflow-wrap: anywhere; }
  .dim { color: var(--dim); }
  .good { color: var(--good); }
  .bad { color: var(--bad); }
  .open { color: var(--unknown); }
  .same { color: inherit; }
  ins, del { text-decoration: none; border-radius: 2px; padding: 0 0.15em; }
  ins { background: var(--added); }
  del { background: var(--removed); text-decoration: line-through; }
  ins::before { content: "+"; }
`;
