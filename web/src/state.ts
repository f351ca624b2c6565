// The state: each process in the protocol's words with what the last move changed.

import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Option, Participant, Place } from "./places.js";
import { shared } from "./styles.js";
import type { Change, Tree } from "./types.js";
import { named } from "./value.js";
import { state as words } from "./words.js";

@customElement("x-state")
export class StateView extends LitElement {
  @property({ attribute: false }) place!: Place;
  /** A move that is looked at before it is made. */
  @property({ attribute: false }) looked: Option | null = null;
  /** Who is named in the first case of a clause that is false here. */
  @property({ attribute: false }) named: ReadonlySet<string> = new Set();
  @property({ type: Boolean }) changed = false;
  @property({ type: Boolean }) views = false;

  static override styles = [
    shared,
    css`
      :host { display: block; }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 0.8rem; margin: 0; }
      dt { font: 600 13px/1.5 var(--mono); padding: 0.15rem 0 0.15rem 0.5rem; border-left: 3px solid transparent; }
      dd { margin: 0; padding: 0.15rem 0; }
      dt.moved { border-color: var(--accent); }
      dt.would { border-left-style: dashed; border-color: var(--accent); }
      .told { color: var(--bad); text-decoration: underline; }
      .down { color: var(--bad); font-weight: 600; }
      .seen { color: var(--dim); }
      .toggles { display: flex; flex-wrap: wrap; gap: 0 1rem; font-size: 0.9em; color: var(--dim); }
      label { display: inline-flex; gap: 0.3rem; align-items: center; cursor: pointer; }
      @media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { padding: 0 0 0.35rem 0.7rem; } }
    `,
  ];

  override render() {
    const { processes } = this.place;
    const shown = this.changed ? processes.filter((each) => this.has(each)) : processes;
    const hidden = processes.length - shown.length;
    return html`<section aria-labelledby="state">
      <h2 id="state">${words.state}${this.looked === null ? "" : html` <span class="dim">${words.ifThatMoveWereMade}</span>`}</h2>
      <dl>${shown.map((each) => this.process(each))}</dl>
      ${hidden ? html`<p class="dim">${words.unchangedHidden(hidden, hidden === 1 ? words.is : words.are)}</p>` : nothing}
      <div class="toggles">
        <label><input type="checkbox" .checked=${this.changed} @change=${() => this.toggle("changed")} /> ${words.onlyWhatChanged} <kbd>d</kbd></label>
        <label><input type="checkbox" .checked=${this.views} @change=${() => this.toggle("views")} /> ${words.whatIsSeenFromOutside} <kbd>v</kbd></label>
      </div>
    </section>`;
  }

  private has(each: Participant): boolean {
    return this.looked === null ? each.before !== null : this.looked.changes.some((change) => change.who === each.who);
  }

  private process(each: Participant): TemplateResult {
    const after = this.looked === null ? null : changedTo(each, this.looked.changes);
    const shown =
      after !== null
        ? html`${named(each.state, after, "old")} → ${named(after, each.state, "new")}`
        : each.before !== null && this.looked === null
          ? named(each.state, each.before, "new")
          : named(each.state);
    const mark = after !== null ? "would" : each.before !== null && this.looked === null ? "moved" : "";
    return html`<dt class=${mark}>
        <span class=${this.named.has(each.who) ? "told" : ""} title=${this.named.has(each.who) ? words.namedWhereAClauseIs : ""}>${each.who}</span>${each.up ? nothing : html` <span class="down">${words.down}</span>`}</dt>
      <dd class="value">
        ${shown} ${this.views ? html`<div class="seen">${words.fromOutside} ${named(each.view)}</div>` : nothing}
      </dd>`;
  }

  private toggle(what: string) {
    this.dispatchEvent(new CustomEvent("toggle", { detail: what }));
  }
}

/** The state of a process after changes, or null where they leave it alone. */
function changedTo(each: Participant, changes: Change[]): Tree | null {
  const own = changes.filter((change) => change.who === each.who);
  if (own.length === 0) return null;
  let found = each.state;
  for (const change of own) {
    if (change.field === "") found = change.after;
    else if ("fields" in found) {
      found = { ...found, fields: found.fields.map(([name, part]) => [name, name === change.field ? change.after : part]) };
    }
  }
  return found;
}
