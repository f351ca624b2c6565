// How the page of the explorer is laid out, and in which formats it saves a run.

import { css } from "lit";
import { page as words } from "./words.js";

export const FORMATS: [string, string, string][] = [
  ["svg", words.pictureSvg, "run.svg"],
  ["itf", words.traceToOpenAgainItf, "run.itf.json"],
  ["mermaid", "Mermaid", "run.mmd"],
  ["pytest", words.testForAnImplementation, "test_run.py"],
];

const frame = css`
  :host { display: block; max-width: 110rem; margin: 0 auto; padding: 0.8rem 1rem 3rem; }
  h1 { font-size: 1.25rem; margin: 0; overflow-wrap: anywhere; }
  header { display: flex; flex-wrap: wrap; gap: 0.3rem 1.5rem; align-items: baseline; justify-content: space-between; }
  header p { margin: 0; flex-basis: 100%; }
  select { width: 20rem; max-width: 100%; box-sizing: border-box; }
  .problem { border: 1px solid var(--bad); border-radius: 4px; padding: 0.5rem 0.8rem; margin: 0.6rem 0; overflow-wrap: anywhere; }
  .problem p { white-space: pre-line; }
  .beyond { overflow-wrap: anywhere; }
  .legend { color: var(--dim); font-size: 0.85em; }
  dialog { color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 6px; max-width: 32rem; }
  dialog dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1rem; margin: 0.5rem 0; }
  dialog dd { margin: 0; }
`;

export const page = [
  frame,
  css`
  .bar { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; padding: 0.5rem 0; margin-bottom: 0.4rem; background: var(--paper); border-bottom: 1px solid var(--faint); }
  .bar .space { flex: 1; }
  .bar input[type="search"] { width: 10rem; }
  .menu { position: relative; }
  .menu > summary { list-style: none; border: 1px solid var(--faint); border-radius: 4px; padding: 0.15rem 0.6rem; }
  .menu > summary::-webkit-details-marker { display: none; }
  .menu > div { position: absolute; right: 0; top: 110%; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.5rem 0.9rem; display: grid; gap: 0.4rem; white-space: nowrap; z-index: 2; }
  .file { position: absolute; width: 1px; height: 1px; opacity: 0; }
  .file:focus-visible + .button { outline: 2px solid var(--accent); }
  .last { border-left: 3px solid var(--accent); padding: 0.2rem 0.8rem; margin: 0.6rem 0; }
  .last .effect { color: var(--dim); }
  .told { border-left: 3px solid var(--bad); padding: 0.2rem 0.8rem; margin: 0.6rem 0; }
  .told.reached { border-color: var(--good); }
  .columns { display: grid; grid-template: "a b" auto "a c" 1fr / minmax(0, 5fr) minmax(0, 6fr); gap: 1.5rem 2rem; align-items: start; }
  .columns > div { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); }
  .a { grid-area: a; }
  .b { grid-area: b; }
  .c { grid-area: c; }
  c-spacetime { max-height: 60vh; overflow: auto; }
  .acts { border-left: 3px solid var(--unknown); padding: 0.1rem 0.8rem; margin: 0.4rem 0; font-size: 0.9em; overflow-wrap: anywhere; }
  .drawing { display: flex; flex-wrap: wrap; gap: 0.3rem 1rem; align-items: center; font-size: 0.9em; }
  .drawing select { width: auto; }
  .legend span { display: inline-block; margin-right: 1.2em; }
  @media (min-width: 110rem) { .columns { grid-template: "a b c" / minmax(0, 5fr) minmax(0, 7fr) minmax(0, 5fr); } }
  @media (max-width: 60rem) { .columns { grid-template: "a" "b" "c" / minmax(0, 1fr); } c-spacetime { max-height: 70vh; } }
  @media (max-width: 40rem) { .bar { position: static; } .menu > div { right: auto; left: 0; } .bar .space { display: none; } }
`,
];

export const rulePage = [
  frame,
  css`
  .bar { display: flex; flex-wrap: wrap; gap: 0.4rem; padding: 0.5rem 0; margin-bottom: 0.6rem; border-bottom: 1px solid var(--faint); }
  .main { border-color: var(--accent); }
  .columns { display: grid; grid-template: "a c" / minmax(0, 6fr) minmax(0, 5fr); gap: 1.5rem 2rem; align-items: start; }
  .a { grid-area: a; display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); }
  .c { grid-area: c; }
  .came > div { border-left: 3px solid var(--accent); padding: 0.2rem 0.8rem; }
  .beside { color: var(--dim); }
  .beside.differs { color: inherit; border-left: 3px solid var(--unknown); padding-left: 0.6rem; }
  .wide { overflow-x: auto; }
  table { border-collapse: collapse; margin: 0.4rem 0; }
  th, td { text-align: left; padding: 0.2rem 0.9rem 0.2rem 0; border-bottom: 1px solid var(--faint); vertical-align: baseline; }
  thead th { color: var(--dim); font-size: 0.9em; }
  @media (max-width: 60rem) { .columns { grid-template: "a" "c" / minmax(0, 1fr); } }
  `,
];
