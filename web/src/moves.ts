// What can be done here: moves by whose they are, faults with what is left of them, and what cannot be done with the reason.

import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { held } from "./held.js";
import type { Option, Place } from "./places.js";
import { shared } from "./styles.js";
import { moves as words } from "./words.js";

@customElement("x-moves")
export class MovesView extends LitElement {
  @property({ attribute: false }) place!: Place;
  @property() wanted = "";
  @property({ type: Boolean }) near = false;

  static override styles = [
    shared,
    css`
      :host { display: block; }
      ul { list-style: none; margin: 0; padding: 0; }
      li { margin: 0.15rem 0; }
      button.move { display: grid; grid-template-columns: 1.6rem minmax(0, 1fr); width: 100%; text-align: left; padding: 0.25rem 0.5rem; }
      button.move:hover { background: var(--hover); }
      button.move:focus-visible { background: var(--hover); }
      .comes { display: block; color: var(--dim); font-size: 0.9em; overflow-wrap: anywhere; }
      .said { overflow-wrap: anywhere; }
      .no { display: block; color: var(--unknown); font-size: 0.9em; }
      .fault { border-style: dashed; }
      .key { align-self: start; }
      li.miss { color: var(--dim); padding-left: 0.6rem; overflow-wrap: anywhere; }
      li.miss span { display: block; font-size: 0.9em; color: var(--unknown); }
      .left { display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; font-weight: 400; }
      summary { margin-top: 0.7rem; }
      h4 { margin: 0.3rem 0 0; font-size: 0.85em; font-weight: 400; color: var(--dim); }
    `,
  ];

  override render() {
    const { options } = this.place;
    const wanted = this.wanted.toLowerCase();
    const shown = options.filter((each) => [each.said, ...each.comes].some((text) => text.toLowerCase().includes(wanted)));
    const steps = shown.filter((each) => !each.fault);
    const faults = shown.filter((each) => each.fault);
    const place = (each: Option) => shown.indexOf(each);
    return html`<section aria-labelledby="moves" @focusout=${() => this.look(null)} @mouseleave=${() => this.look(null)}>
      <h2 id="moves">${words.whatCanBeDone}</h2>
      ${options.length === 0 ? html`<p>${words.noMoveCanBeMade}</p>` : nothing}
      ${options.length > shown.length ? html`<p class="dim">${words.ofFitTheFilter(shown.length, options.length)}</p>` : nothing}
      ${grouped(steps, ({ whose }) => whose).map(([whose, each]) => html`<h3>${whose}</h3>${this.kinds(each, place)}`)}
      ${this.left(faults.length > 0)}
      ${this.kinds(faults, place)}
      <details ?open=${this.near} @toggle=${this.toggled}>
        <summary>${words.thatCannotBeMadeAnd(this.place.near.length, this.place.near.length === 1 ? words.move : words.moves)} <kbd>n</kbd></summary>
        <ul>${this.place.near.map((miss) => html`<li class="miss">${miss.said} <span>${miss.why}</span></li>`)}</ul>
      </details>
    </section>`;
  }

  /** The buttons of moves, in their order. */
  get buttons(): HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLButtonElement>("button.move")];
  }

  /** Moves by their kinds, with what these are where there are several. */
  private kinds(options: Option[], place: (each: Option) => number): TemplateResult[] {
    const kinds = grouped(options, ({ kind }) => kind);
    return kinds.map(
      ([kind, each]) => html`${kinds.length > 1 ? html`<h4>${words.kinds[kind] ?? kind}</h4>` : nothing}
        <ul>${each.map((option) => this.move(option, place(option)))}</ul>`,
    );
  }

  private left(any: boolean): TemplateResult | typeof nothing {
    const { left } = this.place;
    if (left.length === 0 && !any) return nothing;
    return html`<h3>
      ${words.faults}
      ${left.length ? html`<span class="left">${left.map((each) => html`<span>${words.left(each.what, each.left ?? words.anyNumber)}</span>`)}</span>` : nothing}
    </h3>`;
  }

  private move(option: Option, place: number): TemplateResult {
    const key = place < 9 ? `${place + 1}` : "";
    return html`<li>
      <button
        class="move ${option.fault ? "fault" : ""}"
        @click=${() => this.take(option)}
        @mouseenter=${() => this.look(option)}
        @focus=${() => this.look(option)}
      >
        <span class="key">${key ? html`<kbd aria-hidden="true">${key}</kbd>` : nothing}</span>
        <span class="said">
          ${option.said}
          <span class="comes">${option.comes.join("; ")}</span>
          ${option.says_no ? html`<span class="no">${option.says_no}</span>` : nothing}
          ${held?.has([...this.place.run, option.number]) === false ? html`<span class="no">${words.leadsBeyondThisPage}</span>` : nothing}
        </span>
      </button>
    </li>`;
  }

  private take(option: Option) {
    this.dispatchEvent(new CustomEvent("take", { detail: option.number }));
  }

  private look(option: Option | null) {
    this.dispatchEvent(new CustomEvent("look", { detail: option }));
  }

  private toggled(event: Event) {
    const { open } = event.target as HTMLDetailsElement;
    if (open !== this.near) this.dispatchEvent(new CustomEvent("near", { detail: open }));
  }
}

function grouped(options: Option[], by: (option: Option) => string): [string, Option[]][] {
  const found = new Map<string, Option[]>();
  for (const option of options) found.set(by(option), [...(found.get(by(option)) ?? []), option]);
  return [...found];
}
