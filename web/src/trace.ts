// A run to step through: the diagram, the moves in words with what each changed, and where the clause fails.

import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import "./spacetime.js";
import type { Change, Fact, Move, Trace } from "./types.js";
import { marked, written } from "./value.js";
import { trace as words } from "./words.js";

@customElement("c-trace")
export class TraceView extends LitElement {
  @property({ attribute: false }) trace!: Trace;
  @state() private at = 0;

  static override styles = css`
    :host { display: block; }
    .both { display: grid; grid-template-columns: minmax(0, auto) minmax(20rem, 1fr); gap: 1.5rem; align-items: start; }
    .picture { position: sticky; top: 0; max-height: 92vh; overflow: auto; }
    .legend { color: var(--dim); font-size: 0.85em; margin: 0.2rem 0; max-width: 42rem; }
    .legend span { display: inline-block; margin-right: 1.2em; }
    .controls { display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; margin: 0.5rem 0; }
    button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.15rem 0.6rem; cursor: pointer; }
    button:disabled { opacity: 0.4; cursor: default; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    kbd { font: 12px var(--mono); border: 1px solid var(--faint); border-radius: 3px; padding: 0 0.3em; }
    .hint { color: var(--dim); font-size: 0.85em; }
    ol { list-style: none; margin: 0; padding: 0; }
    li { border-left: 3px solid transparent; padding: 0.25rem 0 0.25rem 0.7rem; cursor: pointer; }
    li[aria-current="step"] { border-color: var(--accent); background: var(--hover); }
    li.later { opacity: 0.45; }
    .number { color: var(--dim); font: 12px var(--mono); margin-right: 0.4em; }
    .effect, .change { margin-left: 1.7rem; color: var(--dim); }
    .change, .fact { font: 13px/1.45 var(--mono); overflow-wrap: anywhere; color: var(--ink); }
    .same { color: var(--dim); }
    ins, del { text-decoration: none; border-radius: 2px; padding: 0 0.15em; }
    ins { background: var(--added); }
    del { background: var(--removed); text-decoration: line-through; }
    ins::before { content: "+"; }
    .acts { font-weight: 600; }
    .told { border-left: 3px solid var(--bad); padding: 0.3rem 0.8rem; margin: 0.8rem 0; }
    .told p { margin: 0.2rem 0; }
    @media (max-width: 60rem) { .both { grid-template-columns: minmax(0, 1fr); } .picture { position: static; max-height: none; } }
    @media print { li.later { opacity: 1; } .controls { display: none; } .both { grid-template-columns: minmax(0, 1fr); } }
  `;

  override willUpdate(changed: PropertyValues<this>) {
    if (changed.has("trace")) this.at = this.trace.moves.length;
  }

  override render() {
    const { moves } = this.trace;
    return html`<div tabindex="0" role="group" aria-label=${words.aRunOfMovesArrow(moves.length)} @keydown=${this.key} @step=${this.stepped}>
      <div class="controls">
        <button @click=${() => this.go(0)} ?disabled=${this.at === 0} aria-label=${words.beforeTheFirstMove}>|◀</button>
        <button @click=${() => this.go(this.at - 1)} ?disabled=${this.at === 0} aria-label=${words.previousMove}>◀</button>
        <button @click=${() => this.go(this.at + 1)} ?disabled=${this.at === moves.length} aria-label=${words.nextMove}>▶</button>
        <button @click=${() => this.go(moves.length)} ?disabled=${this.at === moves.length} aria-label=${words.lastMove}>▶|</button>
        <span>${words.moveOf(this.at, moves.length)}</span>
        <span class="hint"><kbd>←</kbd> <kbd>→</kbd> <kbd>Home</kbd> <kbd>End</kbd></span>
      </div>
      <div role="status" aria-live="polite" class="hint">${this.announced()}</div>
      ${this.trace.given.length ? html`<p class="fact">${words.given(facts(this.trace.given))}</p>` : nothing}
      <div class="both">
        <div class="picture">
          <c-spacetime .trace=${this.trace} .at=${this.at}></c-spacetime>
          ${this.trace.legend.length ? html`<p class="legend">${this.trace.legend.map((line) => html`<span>${line}</span>`)}</p>` : nothing}
          ${this.trace.notation.map((line) => html`<p class="legend">${line}</p>`)}
        </div>
        <div>
          <ol>
            ${moves.map((move, place) => this.move(move, place + 1))}
          </ol>
          ${this.trace.cycle === null ? nothing : html`<p>${this.trace.lasso}</p>`}
          ${this.trace.left.length ? html`<details><summary>${words.inFlightAtTheEnd(this.trace.left.length)}</summary>
            ${this.trace.left.map((each) => html`<div class="fact">${each.source} → ${each.to} ${each.label}${each.sent === null ? "" : words.from(each.sent)}</div>`)}</details>` : nothing}
          <div class="told">
            <p><strong>${this.trace.clause}</strong>: ${this.trace.sentence}</p>
            ${this.trace.facts.map((fact) => html`<p class="fact">${fact.name}: ${written(fact.value)}</p>`)}
          </div>
        </div>
      </div>
    </div>`;
  }

  private move(move: Move, number: number): TemplateResult {
    return html`<li class=${number > this.at ? "later" : ""} aria-current=${number === this.at ? "step" : "false"} @click=${() => this.go(number)}>
      <span class="number">${number}</span>${move.said}
      ${move.effects.map((effect) => html`<div class="effect">${effect}</div>`)} ${move.changes.map(changed)}
      ${number === this.trace.acts ? this.trace.instead.map((line) => html`<div class="effect acts">${line}</div>`) : nothing}
    </li>`;
  }

  private announced(): string {
    const move = this.trace.moves[this.at - 1];
    return move === undefined ? words.beforeTheFirstMove : [move.said, ...move.effects].join("; ");
  }

  private go(to: number) {
    this.at = Math.max(0, Math.min(this.trace.moves.length, to));
  }

  private stepped(event: CustomEvent<number>) {
    this.go(event.detail);
  }

  private key(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const to: Record<string, number> = {
      ArrowLeft: this.at - 1,
      ArrowUp: this.at - 1,
      k: this.at - 1,
      ArrowRight: this.at + 1,
      ArrowDown: this.at + 1,
      j: this.at + 1,
      Home: 0,
      End: this.trace.moves.length,
    };
    const wanted = to[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    this.go(wanted);
  }
}

function changed(change: Change): TemplateResult {
  const where = change.field ? `${change.who}.${change.field}` : change.who;
  return html`<div class="change">${where}: ${marked(change.before, change.after, "old")} → ${marked(change.after, change.before, "new")}</div>`;
}

function facts(given: Fact[]): string {
  return given.map((fact) => `${fact.name}: ${written(fact.value)}`).join(", ");
}
