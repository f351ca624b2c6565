// Two runs side by side, from the first move that differs: the one to a place that was kept, and the one to where one is.

import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Place } from "./places.js";
import { shared } from "./styles.js";
import { named } from "./value.js";
import { compared as words } from "./words.js";

@customElement("x-compared")
export class ComparedView extends LitElement {
  @property({ attribute: false }) kept!: Place;
  @property({ attribute: false }) place!: Place;
  /** The name of a clause, by its id. */
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();

  static override styles = [
    shared,
    css`
      :host { display: block; }
      .wide { overflow: auto; max-height: 50vh; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: left; vertical-align: top; padding: 0.1rem 0.6rem 0.1rem 0; border-bottom: 1px solid var(--faint); overflow-wrap: anywhere; }
      thead th { color: var(--dim); font-size: 0.9em; }
      th[scope="row"] { color: var(--dim); font: 12px/1.8 var(--mono); white-space: nowrap; }
      td { width: 50%; }
      .first td { border-left: 3px solid var(--unknown); padding-left: 0.5rem; }
      button { border: 0; text-align: left; padding: 0.1rem 0; background: none; }
      button:hover { background: var(--hover); }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 0.8rem; margin: 0.3rem 0 0; }
      dt { font: 600 13px/1.5 var(--mono); overflow-wrap: anywhere; }
      dd { margin: 0; }
      @media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { padding-left: 0.7rem; } }
    `,
  ];

  override render() {
    const [ours, theirs] = [this.place.run, this.kept.run];
    const alike = beginAlike(ours, theirs);
    const longest = Math.max(ours.length, theirs.length);
    const before = alike === 0 ? words.theyDifferFromTheFirst : words.theSame(alike === 1 ? words.theFirstMoveIs : words.theFirstMovesAre(alike));
    return html`<section aria-labelledby="compared">
      <h2 id="compared">${words.comparedWithThePlaceThat}</h2>
      <p class="dim" role="status">${alike === longest ? words.thisIsThatPlaceGo : `${before}.`}</p>
      ${alike === longest ? nothing : html`${this.runs(alike, longest)} ${this.states()}`}
    </section>`;
  }

  private runs(alike: number, longest: number): TemplateResult {
    const rows = Array.from({ length: longest - alike }, (_, index) => alike + index);
    return html`<div class="wide" tabindex="0" role="group" aria-label=${words.twoRunsSideBySide}>
      <table>
        <thead><tr><th scope="col"></th><th scope="col">${words.theRunThatIsKept}</th><th scope="col">${words.thisRun}</th></tr></thead>
        <tbody>
          ${rows.map(
            (row) => html`<tr class=${row === alike ? "first" : ""}>
              <th scope="row">${row === alike ? html`<span title=${words.theFirstDifference}>◆</span> ` : nothing}${row + 1}</th>
              ${this.cell(this.kept, row)} ${this.cell(this.place, row)}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private cell(of: Place, row: number): TemplateResult {
    const move = of.trace.moves[row];
    if (move === undefined) return html`<td class="dim">${row === of.run.length ? words.itEndsHere : ""}</td>`;
    return html`<td><button @click=${() => this.go(of.run.slice(0, row + 1))}>${move.said}</button></td>`;
  }

  /** What is otherwise where both stand: processes, and what clauses say. */
  private states(): TemplateResult {
    const before = new Map(this.kept.processes.map((each) => [each.who, each]));
    const processes = this.place.processes.flatMap((each) => {
      const there = before.get(each.who);
      if (there === undefined) return [];
      const [was, is] = [named(there.state, each.state, "old"), named(each.state, there.state, "new")];
      const differs = JSON.stringify(there.state) !== JSON.stringify(each.state) || there.up !== each.up;
      return differs ? [html`<dt>${each.who}</dt><dd class="value">${was}${there.up ? "" : words.down} → ${is}${each.up ? "" : words.down}</dd>`] : [];
    });
    const said = new Map(this.kept.truths.map((truth) => [truth.clause, truth.here]));
    const clauses = this.place.truths
      .filter((truth) => said.get(truth.clause) !== truth.here)
      .map((truth) => html`<dt>${this.names.get(truth.clause) ?? truth.clause}</dt><dd>${said.get(truth.clause)} → ${truth.here}</dd>`);
    if (processes.length + clauses.length === 0) return html`<p class="dim">${words.allProcessesStandAlikeAt}</p>`;
    return html`<p class="dim">${words.whereBothEndThereHere}</p><dl>${processes} ${clauses}</dl>`;
  }

  private go(run: number[]) {
    this.dispatchEvent(new CustomEvent("go", { detail: run }));
  }
}

/** How many moves two runs begin with alike. */
function beginAlike(one: number[], other: number[]): number {
  const first = one.findIndex((number, place) => number !== other[place]);
  return first < 0 ? one.length : first;
}
