// A case of a rule: the table of honesty and lie where there is one, the facts, and what was drawn.

import { LitElement, css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Drawn } from "./types.js";
import { written } from "./value.js";
import { drawn as words } from "./words.js";

@customElement("c-drawn")
export class DrawnView extends LitElement {
  @property({ attribute: false }) drawn!: Drawn;

  static override styles = css`
    :host { display: block; overflow-x: auto; }
    table { border-collapse: collapse; margin: 0.5rem 0; }
    th, td { text-align: left; padding: 0.25rem 0.9rem 0.25rem 0; border-bottom: 1px solid var(--faint); font: 13px/1.4 var(--mono); }
    th { font-family: inherit; }
    .fact { font: 13px/1.5 var(--mono); margin: 0.15rem 0; overflow-wrap: anywhere; }
    .legend { color: var(--dim); font-size: 0.85em; margin: 0.2rem 0; }
    .told { border-left: 3px solid var(--bad); padding: 0.3rem 0.8rem; margin: 0.8rem 0; }
  `;

  override render() {
    const [head, ...rows] = this.drawn.table;
    return html`<div class="told">
      <p><strong>${this.drawn.clause}</strong>: ${this.drawn.sentence}</p>
      ${head === undefined
        ? this.drawn.facts.map((fact) => html`<p class="fact">${fact.name}: ${written(fact.value)}</p>`)
        : html`<table>
            <thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
            <tbody>${rows.map(([name, ...cells]) => html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
          </table>`}
      ${this.drawn.notation.map((line) => html`<p class="legend">${line}</p>`)}
      ${this.drawn.given.length ? html`<p class="fact">${words.drawn} ${this.drawn.given.map((fact) => `${fact.name}: ${written(fact.value)}`).join(", ")}</p>` : nothing}
    </div>`;
  }
}
